import type { Operation } from '../model/operation.ts';
import type { Along } from '../outboxPort.ts';
import type { Ceiling, Claim, Created, Move, Operations } from '../storePort.ts';
import type { Backing } from './backing.ts';
import { ceilingHit, lockAsker } from './ceilings.ts';
import type { Sql } from './engine.ts';
import { hear } from './heard.ts';
import { moveAll, writeAlong } from './moves.ts';
import { newRowOf, offerKeyOf, operationColumns, operationOf } from './operationRow.ts';
import type { OperationRow } from './operationRow.ts';
import { list } from './placeholders.ts';
import { openStates } from './schema.ts';
import type { Upkeep } from './upkeep.ts';

async function inserted(sql: Sql, operation: Operation): Promise<boolean> {
  const rows = await sql.all(
    `INSERT INTO operation
       (id, version, tenant_id, device_id, asker_id, state, asked_at, look_at, chore_at, offer, action, confirmed_at,
        ended_at, ticket, data)
     VALUES (${list(15)}) ON CONFLICT DO NOTHING RETURNING id`,
    newRowOf(operation),
  );
  return rows.length > 0;
}

/** Where the same offer stands; one that is over by now makes room. */
async function openOffer(sql: Sql, operation: Operation): Promise<Operation | undefined> {
  const [row] = await sql.all<OperationRow>(
    `SELECT ${operationColumns} FROM operation WHERE offer = $1 /*pg:FOR UPDATE*/`,
    [offerKeyOf(operation)],
  );
  const open = row && operationOf(row);
  if (open?.state.is !== 'proposed' || open.state.expiresAt > operation.askedAt) return open;
  await sql.all('UPDATE operation SET offer = NULL WHERE id = $1', [open.id]);
  return undefined;
}

/** Between the insertion that failed and the look at what stood in its way, that may be gone: hence more than one try. */
async function createOrFind(sql: Sql, operation: Operation): Promise<Created> {
  for (let tries = 0; tries < 5; tries += 1) {
    if (await inserted(sql, operation)) return { is: 'created' };
    const open = await openOffer(sql, operation);
    if (open) return { is: 'open', operation: open };
    const [same] = await sql.all('SELECT id FROM operation WHERE id = $1', [operation.id]);
    if (same) return { is: 'heard' };
  }
  throw new Error('an offer stood in the way five times, and was gone each time');
}

async function claimIn(
  sql: Sql,
  step: Pick<Move, 'from' | 'to'>,
  isRival: (other: Operation) => boolean,
  ceilings: readonly Ceiling[],
): Promise<Claim> {
  const { from } = step;
  if (ceilings.length > 0) await lockAsker(sql, from.asker.id);
  const onDevice = `FROM operation WHERE device_id = $1 AND ${openStates} ORDER BY id`;
  // What came while waiting for these locks is seen by the second statement only.
  await sql.all(`/*pg:SELECT id ${onDevice} FOR UPDATE*/`, [from.device.id]);
  const rows = await sql.all<OperationRow>(`SELECT ${operationColumns} ${onDevice}`, [from.device.id]);
  const rival = rows.map(operationOf).find((other) => other.id !== from.id && isRival(other));
  if (rival) return { is: 'rival', rival };
  const ceiling = await ceilingHit(sql, from, ceilings);
  if (ceiling) return { is: 'ceiling', ceiling };
  const [operation] = await moveAll(sql, [step]);
  return operation ? { is: 'moved', operation } : { is: 'late' };
}

type Changes = Pick<Operations, 'create' | 'move' | 'record' | 'claim'>;

/** Everything that changes an operation. */
export function changesOn({ engine, clock }: Backing, upkeep: Upkeep): Changes {
  const record = (moves: readonly Move[]) =>
    engine.transaction(async (sql) => {
      const written = await moveAll(sql, moves);
      const made = moves.filter((_, index) => written[index]);
      await writeAlong(sql, made, clock.now());
      return written;
    });
  return {
    record,
    async create(operation: Operation, along: Along) {
      const created = await engine.transaction(async (sql): Promise<Created> => {
        if (!(await hear(sql, operation.origin, operation.askedAt))) return { is: 'heard' };
        const result = await createOrFind(sql, operation);
        if (result.is === 'created') await writeAlong(sql, [along], clock.now());
        return result;
      });
      await upkeep.after(operation.askedAt);
      return created;
    },
    async move(from, to, along = {}) {
      const [written] = await record([{ from, to, ...along }]);
      return written;
    },
    claim: (from, to, isRival, along, ceilings = []) =>
      engine.transaction(async (sql) => {
        const claim = await claimIn(sql, { from, to }, isRival, ceilings);
        if (claim.is === 'moved') await writeAlong(sql, [along], clock.now());
        return claim;
      }),
  };
}
