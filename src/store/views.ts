import type { Instant } from '../model/person.ts';
import type { Before, OperationFilter, Operations } from '../storePort.ts';
import type { Backing } from './backing.ts';
import { confirmedSince } from './ceilings.ts';
import { operationColumns, operationOf } from './operationRow.ts';
import type { OperationRow } from './operationRow.ts';
import { list, partsOf } from './placeholders.ts';
import { openStates } from './schema.ts';

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

/** All that must be true of an operation, and the values for it, after the first. */
function conditionsOf(filter: OperationFilter, before: Before | undefined) {
  const { deviceId, personId, ticket, open, endedSince } = filter;
  const sought = Object.entries({ device_id: deviceId, asker_id: personId, ticket }).filter(
    ([, value]) => value !== undefined,
  );
  const next = sought.length + 2;
  const conditions = [
    ...sought.map(([column], index) => `${column} = $${index + 2}`),
    ...(open ? [openStates] : []),
    ...(before ? [`(asked_at, id) < ($${next}, $${next + 1})`] : []),
    ...(endedSince === undefined ? [] : [`ended_at >= $${next + (before ? 2 : 0)}`]),
  ];
  const values = [
    ...sought.map(([, value]) => value),
    ...(before ? [before.askedAt, before.id] : []),
    endedSince,
  ].filter((value) => value !== undefined);
  return { text: conditions.join(' AND ') || '1 = 1', values };
}

type Views = Pick<Operations, 'operation' | 'operationsOf' | 'operationsOn' | 'confirmedSince' | 'census'>;

/** Everything that only looks at operations. */
export const viewsOn = ({ engine }: Backing): Views => ({
  async operation(id) {
    const [row] = await engine.read<OperationRow>(`SELECT ${operationColumns} FROM operation WHERE id = $1`, [id]);
    return row && operationOf(row);
  },
  async operationsOf(filter, limit, before) {
    const { text, values } = conditionsOf(filter, before);
    const rows = await engine.read<OperationRow>(
      `SELECT ${operationColumns} FROM operation WHERE ${text} ORDER BY asked_at DESC, id DESC LIMIT $1`,
      [limit, ...values],
    );
    return rows.map(operationOf);
  },
  async operationsOn(deviceIds, since) {
    const found: OperationRow[] = [];
    for (const part of partsOf([...new Set(deviceIds)]))
      found.push(
        ...(await engine.read<OperationRow>(
          `SELECT ${operationColumns} FROM operation WHERE asked_at >= $1 AND device_id IN (${list(part.length, 2)})`,
          [since, ...part],
        )),
      );
    return found.map(operationOf);
  },
  confirmedSince: (personId, since) => confirmedSince(engine, personId, since),
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
