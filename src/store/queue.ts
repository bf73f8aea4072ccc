import type { Instant } from '../model/person.ts';
import { baseOf, laneOf, noPace } from '../model/telling.ts';
import type { Telling } from '../outboxPort.ts';
import type { Sql } from './engine.ts';
import { keyOf } from './about.ts';
import { partsOf, tuples } from './placeholders.ts';

interface Queued {
  readonly lane: string;
  /** Of what has a subject, one waits at most. */
  readonly subject: string | undefined;
  readonly wishes: number;
  readonly data: string;
}

function subjectOf({ to, what }: Telling): string | undefined {
  switch (what.is) {
    case 'said':
      return undefined;
    case 'news':
      return `news/${keyOf(what.about)}`;
    case 'bulletin':
      return `bulletin/${laneOf(to)}`;
    default:
      return `${what.is}/${what.operationId}`;
  }
}

/** What is told twice at once is told once; the later words count, in the earlier place. */
function queuedOf(tellings: readonly Telling[]): readonly Queued[] {
  const queued = new Map<string | Telling, Queued>();
  for (const telling of tellings) {
    const subject = subjectOf(telling);
    const key = subject ?? telling;
    const wishes = (queued.get(key)?.wishes ?? -1) + 1;
    queued.set(key, { lane: laneOf(telling.to), subject, wishes, data: JSON.stringify(telling) });
  }
  return [...queued.values()];
}

const laneTypes = ['TEXT', 'TEXT', 'BIGINT', 'BIGINT', 'BIGINT', 'BIGINT', 'BIGINT', 'TEXT'] as const;
const fresh = JSON.stringify(noPace);

/** A lane in which nothing was told yet. */
const newLane = (
  id: string,
  { due, last, calls, now }: { due?: Instant; last: number; calls: number; now: Instant },
) => [id, baseOf(id), due, last, calls, 0, now, fresh];

const laneColumns = 'id, base, due_at, last_number, calls, seen, used_at, pace';

/**
 * Locks these lanes in the order of their ids, for whoever already works in one and is going to tell in others. Those that
 * are not there are made, for what is not there cannot be locked in its order.
 */
export async function lockLanes(sql: Sql, ids: readonly string[], now: Instant): Promise<void> {
  for (const part of partsOf([...new Set(ids)].sort()))
    await sql.all(
      `/*pg:INSERT INTO lane (${laneColumns}) VALUES ${tuples(part.length, laneTypes)}
        ON CONFLICT (id) DO UPDATE SET used_at = lane.used_at WHERE FALSE*/`,
      part.flatMap((id) => newLane(id, { last: now, calls: 0, now })),
    );
}

/**
 * Locks these lanes in the order of their ids, makes those that were not there, wakes those that were idle; answers the
 * number after which each may go on. A new lane counts from the present time, so that no number ever comes again in it
 * after it was thrown away.
 */
async function wake(sql: Sql, lanes: readonly string[], count: number, now: Instant): Promise<Map<string, number>> {
  const rows = await sql.all<{ id: string; last_number: number }>(
    `INSERT INTO lane (${laneColumns}) VALUES ${tuples(lanes.length, laneTypes)}
     ON CONFLICT (id) DO UPDATE SET last_number = lane.last_number + CAST($${lanes.length * laneTypes.length + 1} AS BIGINT),
       calls = lane.calls + 1, due_at = COALESCE(lane.due_at, excluded.due_at), used_at = excluded.used_at
     RETURNING id, last_number`,
    [...lanes.flatMap((id) => newLane(id, { due: now, last: now + count, calls: 1, now })), count],
  );
  return new Map(rows.map(({ id, last_number: last }) => [id, last - count]));
}

const tellingTypes = ['TEXT', 'BIGINT', 'TEXT', 'BIGINT', 'BIGINT', 'BIGINT', 'TEXT'] as const;

/** In the same lane it keeps its place; told elsewhere, it goes there. */
const upsert = (rows: number) =>
  `INSERT INTO telling (lane, number, subject, wish, tries, since, data) VALUES ${tuples(rows, tellingTypes)}
   ON CONFLICT (subject) DO UPDATE SET wish = telling.wish + excluded.wish + 1, data = excluded.data,
     lane = excluded.lane,
     number = CASE WHEN telling.lane = excluded.lane THEN telling.number ELSE excluded.number END`;

async function queuePart(sql: Sql, queued: readonly Queued[], now: Instant): Promise<void> {
  const lanes = [...new Set(queued.map(({ lane }) => lane))].sort();
  const last = await wake(sql, lanes, queued.length, now);
  const rows = queued.map(({ lane, subject, wishes, data }, index) => {
    const number = (last.get(lane) ?? 0) + index + 1;
    return [lane, number, subject, wishes, 0, now, data];
  });
  await sql.all(upsert(rows.length), rows.flat());
}

/** Without news, where nobody wants to hear any. */
async function wanted(sql: Sql, tellings: readonly Telling[]): Promise<readonly Telling[]> {
  if (!tellings.some(({ what }) => what.is === 'news')) return tellings;
  const [some] = await sql.all('SELECT id FROM subscription LIMIT 1');
  return some ? tellings : tellings.filter(({ what }) => what.is !== 'news');
}

/** Queues these tellings, each in its lane, in the order given; news only while somebody subscribes to any. */
export async function queue(sql: Sql, tellings: readonly Telling[], now: Instant): Promise<void> {
  for (const part of partsOf(queuedOf(await wanted(sql, tellings)))) await queuePart(sql, part, now);
}
