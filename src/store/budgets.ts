import type { Budgets } from '../storePort.ts';
import { drawFrom, heldUntil, untouched } from './budgetState.ts';
import type { BudgetState } from './budgetState.ts';
import type { Engine, Sql } from './engine.ts';

type Change = <T>(name: string, change: (state: BudgetState) => { after: BudgetState; answer: T }) => Promise<T>;

/** The only process need not write down what it has drawn. */
function alone(): Change {
  const states = new Map<string, BudgetState>();
  return async (name, change) => {
    const { after, answer } = change(states.get(name) ?? untouched);
    states.set(name, after);
    return answer;
  };
}

async function lockBudget(sql: Sql, name: string): Promise<BudgetState | undefined> {
  const [row] = await sql.all<BudgetState>(
    `SELECT window_start AS start, used, not_before AS "notBefore" FROM budget WHERE name = $1 /*pg:FOR UPDATE*/`,
    [name],
  );
  return row;
}

const together =
  (engine: Engine): Change =>
  (name, change) =>
    engine.transaction(async (sql) => {
      // What was drawn need not outlive a crash of the database.
      await sql.all('/*pg:SET LOCAL synchronous_commit TO off*/');
      let state = await lockBudget(sql, name);
      if (!state) {
        await sql.all(
          'INSERT INTO budget (name, window_start, used, not_before) VALUES ($1, 0, 0, 0) ON CONFLICT DO NOTHING',
          [name],
        );
        state = (await lockBudget(sql, name)) ?? untouched;
      }
      const { after, answer } = change(state);
      await sql.all('UPDATE budget SET window_start = $2, used = $3, not_before = $4 WHERE name = $1', [
        name,
        after.start,
        after.used,
        after.notBefore,
      ]);
      return answer;
    });

/** What all processes together may ask of the far side. */
export function budgetsOn(engine: Engine): Budgets {
  const change = engine.shared ? together(engine) : alone();
  return {
    draw: (name, wanted, rule, now) =>
      change(name, (state) => {
        const { after, drawn } = drawFrom(state, wanted, rule, now);
        return { after, answer: drawn };
      }),
    hold: (name, until) => change(name, (state) => ({ after: heldUntil(state, until), answer: undefined })),
  };
}
