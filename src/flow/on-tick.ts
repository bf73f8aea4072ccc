import { createAllowance } from './allowance.ts';
import { createChores } from './chores.ts';
import { createElsewhere } from './hearing/elsewhere.ts';
import { lookAround } from './track/look.ts';
import { createSummaries } from './hearing/summaries.ts';
import { createWatch } from './track/watch.ts';
import type { World } from './world.ts';

/** As many operations as one tick takes: one `$batch` of Graph. */
export const fullTick = 20;

/** One kind of what time brings; answers how much was due. */
type Beat = () => Promise<number>;

/**
 * The third door: time has passed. Each beat goes at its own pace: the first one never waits for Graph, so that nothing
 * stands longer than it may; the other one asks it. Telling goes on beside them.
 */
export const createBeats = (world: World): readonly Beat[] => [createChores(world, fullTick), createLooks(world)];

/** All beats at once, and to the end. Answers the most that one of them had due. */
export const tickOf =
  (beats: readonly Beat[]): Beat =>
  () =>
    atOnce(beats.map((beat) => beat()));

async function atOnce(work: readonly Promise<number>[]): Promise<number> {
  await Promise.allSettled(work);
  return Math.max(...(await Promise.all(work)));
}

function createLooks(world: World): Beat {
  const { store, clock, settings } = world;
  const allowance = createAllowance(store, clock, 'looks', settings.rates.looks, 1);
  const watch = createWatch(world);
  const lookElsewhere = createElsewhere(world);
  const tellSummaries = createSummaries(world);
  return async () => {
    const { tracked } = await watch();
    lookElsewhere();
    return atOnce([lookAround(world, allowance, tracked, fullTick), tellSummaries()]);
  };
}
