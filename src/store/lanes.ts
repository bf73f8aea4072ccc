import type { Instant } from '../model/person.ts';
import type { Pace } from '../model/telling.ts';
import type { Delivery, Lane, Telling } from '../outboxPort.ts';
import type { Sql } from './engine.ts';
import { list } from './placeholders.ts';

const mostPerLane = 20;

interface LaneRow {
  readonly id: string;
  readonly pace: string;
  readonly dead_at: number | null;
}

interface TellingRow {
  readonly lane: string;
  readonly number: number;
  readonly wish: number;
  readonly tries: number;
  readonly since: number;
  readonly data: string;
}

const deliveryOf = ({ data, ...rest }: TellingRow): Delivery => ({ ...rest, telling: JSON.parse(data) as Telling });

/** What waits in a dead lane until it is alive again; nothing else may. */
const waits = `(subject LIKE 'card/%' OR subject LIKE 'secretHide/%' OR subject LIKE 'bulletin/%')`;

/**
 * The oldest of each lane, of a dead one those that may not wait: one short walk along the index per lane, however much
 * is there.
 */
async function oldestOf(sql: Sql, lanes: readonly LaneRow[]): Promise<readonly Delivery[]> {
  const parts = lanes.map(
    ({ dead_at: dead }, index) =>
      `SELECT * FROM (SELECT lane, number, wish, tries, since, data FROM telling WHERE lane = $${index + 1}
         ${dead === null ? '' : `AND (subject IS NULL OR NOT ${waits})`}
         ORDER BY number LIMIT ${mostPerLane}) AS lane_${index}`,
  );
  const ids = lanes.map(({ id }) => id);
  const rows = await sql.all<TellingRow>(`${parts.join(' UNION ALL ')} ORDER BY lane, number`, ids);
  return rows.map(deliveryOf);
}

/** Leases up to `limit` lanes that are due, longest due first, passing over those that others are just writing to. */
export async function leaseLanes(
  sql: Sql,
  { now, limit, leaseUntil, owner }: { now: Instant; limit: number; leaseUntil: Instant; owner: string },
): Promise<readonly Lane[]> {
  const rows = await sql.all<LaneRow>(
    `SELECT id, pace, dead_at FROM lane WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2
     /*pg:FOR UPDATE SKIP LOCKED*/`,
    [now, limit],
  );
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  await sql.all(`UPDATE lane SET due_at = $1, owner = $2, seen = calls WHERE id IN (${list(ids.length, 3)})`, [
    leaseUntil,
    owner,
    ...ids,
  ]);
  const deliveries = await oldestOf(sql, rows);
  const lanes = rows.map(({ id, pace, dead_at: dead }) => ({
    id,
    deliveries: deliveries.filter(({ lane }) => lane === id),
    pace: JSON.parse(pace) as Pace,
    leaseUntil,
    ...(dead === null ? {} : { deadSince: dead }),
  }));
  return withoutEmpty(sql, lanes);
}

/** What waited there may have been told elsewhere since. */
async function withoutEmpty(sql: Sql, lanes: readonly Lane[]): Promise<readonly Lane[]> {
  for (const { id, deliveries, leaseUntil } of lanes) if (deliveries.length === 0) await endLease(sql, id, leaseUntil);
  return lanes.filter(({ deliveries }) => deliveries.length > 0);
}

/**
 * Ends the lease on a lane whose row is locked by this transaction. Only a statement begun after that lock sees
 * everything that was told there: whoever tells takes the lock first. In a dead lane only what may not wait, or was told
 * since the lease began, is still to be looked at.
 */
export const endLease = (sql: Sql, lane: string, until: Instant) =>
  sql.all(
    `UPDATE lane SET owner = NULL, due_at = CASE
       WHEN NOT EXISTS (SELECT 1 FROM telling WHERE telling.lane = lane.id) THEN NULL
       WHEN dead_at IS NULL OR calls > seen OR EXISTS (SELECT 1 FROM telling
         WHERE telling.lane = lane.id AND (subject IS NULL OR NOT ${waits})) THEN CAST($2 AS BIGINT) END
     WHERE id = $1`,
    [lane, until],
  );

/** Lanes in which nothing happened since `before`; what they know of their rates has lapsed. */
export const dropIdleLanes = (sql: Sql, before: Instant) =>
  sql.all(
    `DELETE FROM lane WHERE id IN (SELECT id FROM lane
       WHERE due_at IS NULL AND dead_at IS NULL AND used_at < $1 /*pg:FOR UPDATE SKIP LOCKED*/)`,
    [before],
  );
