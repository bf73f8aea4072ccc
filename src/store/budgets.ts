import type { Budgets } from '../storePort.ts';
import { drawFrom, heldUntil, untouched } from './allowance.ts';
import type { Allowance } from './allowance.ts';
import type { Engine, Sql } from './engine.ts';

type Change = <T>(name: string, change: (allowance: Allowance) => { after: Allowance; answer: T }) => Promise<T>;

/** The only process need not write down what it has drawn. */
function alone(): Change {
  const allowances = new Map<string, Allowance>();
  return async (name, change) => {
    const { after, answer } = change(allowances.get(name) ?? untouched);
    allowances.set(name, after);
    return answer;
  };
}

async function lockBudget(sql: Sql, name: string): Promise<Allowance | undefined> {
  const [row] = await sql.all<Allowance>(
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
      let allowance = await lockBudget(sql, name);
      if (!allowance) {
        await sql.all(
          'INSERT INTO budget (name, window_start, used, not_before) VALUES ($1, 0, 0, 0) ON CONFLICT DO NOTHING',
          [name],
        );
        allowance = (await lockBudget(sql, name)) ?? untouched;
      }
      const { after, answer } = change(allowance);
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
      change(name, (allowance) => {
        const { after, drawn } = drawFrom(allowance, wanted, rule, now);
        return { after, answer: drawn };
      }),
    hold: (name, until) => change(name, (allowance) => ({ after: heldUntil(allowance, until), answer: undefined })),
  };
}
