import type { Instant } from '../../model/person.ts';
import type { Census } from '../../storePort.ts';
import type { World } from '../world.ts';

const second = 1_000;
/** Counting costs more than a look; what it is for changes slowly. */
const countEvery = 15 * second;
/** Whatever is due for longer than this has stuck: a tick, however full, gets round to everything before. */
const stuckAfter = 10 * 60 * second;
const reportEvery = 5 * 60 * second;

/** Knows how much is under way, and reports what has stuck. */
export function createWatch(world: World): () => Promise<Census> {
  let census: Census | undefined;
  let countedAt = -Infinity;
  let reportedAt = -Infinity;
  return async () => {
    const now = world.clock.now();
    if (census && now - countedAt < countEvery) return census;
    census = await world.store.census(now);
    countedAt = now;
    const stuck = stuckIn(census, now);
    if (Object.keys(stuck).length > 0 && now - reportedAt >= reportEvery) {
      world.log.error({ ...stuck, tracked: census.tracked, tellings: census.tellings }, 'something has stuck');
      reportedAt = now;
    }
    return census;
  };
}

/** Minutes since when each kind of work is due and not done. Pure. */
export function stuckIn(
  { lookSince, choreSince, tellingSince }: Census,
  now: Instant,
): Readonly<Record<string, number>> {
  const since = { looksDueFor: lookSince, dutiesDueFor: choreSince, tellingsDueFor: tellingSince };
  return Object.fromEntries(
    Object.entries(since).flatMap(([what, at]) =>
      at !== undefined && now - at > stuckAfter ? [[what, Math.floor((now - at) / (60 * second))]] : [],
    ),
  );
}
