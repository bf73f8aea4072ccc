import type { Operation } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import type { OperationFilter } from '../../storePort.ts';
import type { World } from '../world.ts';

const day = 24 * 60 * 60_000;
const page = 200;
/** A day with more is told as it is counted so far: a bound on what one summary may read. */
const mostPages = 100;

/** What one day's summary is made of. */
export interface DayCount {
  readonly since: Instant;
  readonly until: Instant;
  /** All that were asked for or ended in that time, or are still open, newest first. */
  readonly operations: readonly Operation[];
}

/** The 24 hours before `until`. */
export async function countDay(world: World, until: Instant): Promise<DayCount> {
  const since = until - day;
  const found = [
    ...(await all(world, {}, since)),
    ...(await all(world, { endedSince: since })),
    ...(await all(world, { open: true })),
  ];
  const byId = new Map(found.map((operation) => [operation.id, operation]));
  const operations = [...byId.values()].toSorted((one, other) => other.askedAt - one.askedAt);
  return { since, until, operations };
}

/** All that were asked for since then, newest first. */
async function all(world: World, filter: OperationFilter, since = 0): Promise<readonly Operation[]> {
  const found: Operation[] = [];
  for (let pages = 0; pages < mostPages; pages += 1) {
    const next = await world.store.operationsOf(filter, page, found.at(-1));
    found.push(...next.filter(({ askedAt }) => askedAt >= since));
    if (next.length < page || (next.at(-1)?.askedAt ?? 0) < since) break;
  }
  return found;
}
