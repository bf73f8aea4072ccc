import { createAllowance } from './allowance.ts';
import { doChores } from './chores.ts';
import { createElsewhere } from './hearing/elsewhere.ts';
import { lookAround } from './track/look.ts';
import { tellSummaries } from './hearing/summaries.ts';
import { createWatch } from './track/watch.ts';
import type { World } from './world.ts';

/** As many operations as one tick takes: one `$batch` of Graph. */
export const fullTick = 20;

/** What time brings beside looks and duties on operations; each answers how much was due. */
const duties: readonly ((world: World) => Promise<number>)[] = [tellSummaries];

/** The third door: time has passed. Answers how many operations were due. Telling goes on beside it. */
export function createTick(world: World): () => Promise<number> {
  const { store, clock, settings } = world;
  const allowance = createAllowance(store, clock, 'looks', settings.rates.looks, 1);
  const watch = createWatch(world);
  const lookElsewhere = createElsewhere(world);
  return async () => {
    const { tracked } = await watch();
    const work = [
      lookAround(world, allowance, tracked, fullTick),
      doChores(world, fullTick),
      lookElsewhere(),
      ...duties.map((duty) => duty(world)),
    ];
    // Side by side, and to the end: a Graph that is slow must not keep a secret standing.
    await Promise.allSettled(work);
    return Math.max(...(await Promise.all(work)));
  };
}
