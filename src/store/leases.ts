import type { Operation } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { Operations } from '../storePort.ts';
import type { Backing } from './backing.ts';
import type { Sql } from './engine.ts';
import { operationColumns, operationOf } from './operationRow.ts';
import type { OperationRow } from './operationRow.ts';
import { list, partsOf } from './placeholders.ts';
import { openStates } from './schema.ts';
import type { Workers } from './workers.ts';

/** A lease is a due time that was pushed forward: whoever holds it and dies need not give it back. */
type Due = 'look_at' | 'chore_at';

const isDue = (due: Due) => `SELECT id FROM operation WHERE ${due} <= $1 LIMIT 1`;

/** Rows that somebody else is just claiming are passed over. */
const dueRows = (due: Due) =>
  `SELECT ${operationColumns} FROM operation WHERE ${due} <= $1 ORDER BY ${due}, id LIMIT $2
   /*pg:FOR UPDATE SKIP LOCKED*/`;

/** Of these operations' devices, what else waits for a look that nobody has claimed. */
async function siblingsOf(sql: Sql, operations: readonly Operation[], now: Instant): Promise<readonly Operation[]> {
  const devices = [...new Set(operations.map(({ device }) => device.id))];
  const known = new Set(operations.map(({ id }) => id));
  const found: Operation[] = [];
  for (const part of partsOf(devices)) {
    const rows = await sql.all<OperationRow>(
      `SELECT ${operationColumns} FROM operation WHERE device_id IN (${list(part.length, 2)}) AND ${openStates}
         AND look_at IS NOT NULL AND (owner IS NULL OR look_at <= $1) ORDER BY look_at, id /*pg:FOR UPDATE SKIP LOCKED*/`,
      [now, ...part],
    );
    found.push(...rows.map(operationOf).filter(({ id }) => !known.has(id)));
  }
  return found;
}

async function each(sql: Sql, operations: readonly Operation[], change: string, values: readonly (string | number)[]) {
  for (const part of partsOf(operations))
    await sql.all(`UPDATE operation SET ${change} AND id IN (${list(part.length, values.length + 1)})`, [
      ...values,
      ...part.map(({ id }) => id),
    ]);
}

type Leases = Pick<Operations, 'claimLooks' | 'postponeLooks' | 'claimChores'>;

/** Who does what is due. */
export function leasesOn({ engine, owner }: Backing, workers: Workers): Leases {
  /** Asks first without a transaction: mostly nothing is due. */
  async function claim(due: Due, now: Instant, work: (sql: Sql) => Promise<readonly Operation[]>) {
    await workers.beat(now);
    const [some] = await engine.read(isDue(due), [now]);
    return some ? engine.transaction(work) : [];
  }
  return {
    claimLooks: (now, limit, leaseUntil) =>
      claim('look_at', now, async (sql) => {
        const due = (await sql.all<OperationRow>(dueRows('look_at'), [now, limit])).map(operationOf);
        const claimed = [...due, ...(await siblingsOf(sql, due, now))];
        await each(sql, claimed, 'look_at = $1, owner = $2 WHERE look_at IS NOT NULL', [leaseUntil, owner]);
        return claimed;
      }),
    postponeLooks: (operations, until) =>
      engine.transaction((sql) =>
        each(sql, operations, 'look_at = $1, owner = NULL WHERE look_at IS NOT NULL AND owner = $2', [until, owner]),
      ),
    claimChores: (now, limit, leaseUntil) =>
      claim('chore_at', now, async (sql) => {
        const due = (await sql.all<OperationRow>(dueRows('chore_at'), [now, limit])).map(operationOf);
        await each(sql, due, 'chore_at = $1, chore_owner = $2 WHERE chore_at IS NOT NULL', [leaseUntil, owner]);
        return due;
      }),
  };
}
