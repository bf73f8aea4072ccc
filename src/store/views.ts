import type { Instant } from '../model/person.ts';
import type { Operations } from '../storePort.ts';
import type { Backing } from './backing.ts';
import { operationColumns, operationOf } from './operationRow.ts';
import type { OperationRow } from './operationRow.ts';

/** Each answered by an index alone. A lane that is dead keeps nobody waiting. */
const census = `SELECT
  (SELECT COUNT(*) FROM operation WHERE look_at IS NOT NULL) AS tracked,
  (SELECT MIN(look_at) FROM operation WHERE look_at <= $1) AS look,
  (SELECT MIN(chore_at) FROM operation WHERE chore_at <= $1) AS chore,
  (SELECT since FROM telling JOIN lane ON lane.id = telling.lane
    WHERE lane.dead_at IS NULL AND since <= $1 ORDER BY since LIMIT 1) AS telling,
  (SELECT COUNT(*) FROM telling) AS tellings,
  (SELECT COUNT(*) FROM lane WHERE dead_at IS NOT NULL) AS dead`;

interface Counted {
  readonly tracked: number;
  readonly look: number | null;
  readonly chore: number | null;
  readonly telling: number | null;
  readonly tellings: number;
  readonly dead: number;
}

type Views = Pick<Operations, 'operation' | 'operationsOf' | 'census'>;

/** Everything that only looks at operations. */
export const viewsOn = ({ engine }: Backing): Views => ({
  async operation(id) {
    const [row] = await engine.read<OperationRow>(`SELECT ${operationColumns} FROM operation WHERE id = $1`, [id]);
    return row && operationOf(row);
  },
  async operationsOf({ deviceId, personId }, limit) {
    const sought = [
      { column: 'device_id', value: deviceId },
      { column: 'asker_id', value: personId },
    ].filter(({ value }) => value !== undefined);
    const conditions = sought.map(({ column }, index) => `${column} = $${index + 2}`).join(' AND ') || '1 = 1';
    const rows = await engine.read<OperationRow>(
      `SELECT ${operationColumns} FROM operation WHERE ${conditions} ORDER BY asked_at DESC, id DESC LIMIT $1`,
      [limit, ...sought.map(({ value }) => value)],
    );
    return rows.map(operationOf);
  },
  async census(now: Instant) {
    const [row] = await engine.read<Counted>(census, [now]);
    if (!row) throw new Error('a census without an answer');
    return {
      tracked: row.tracked,
      lookSince: row.look ?? undefined,
      choreSince: row.chore ?? undefined,
      tellingSince: row.telling ?? undefined,
      tellings: row.tellings,
      deadPlaces: row.dead,
    };
  },
});
