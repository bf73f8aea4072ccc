import type { Operation } from '../../model/operation.ts';
import { tryToKeep } from './keep.ts';
import type { World } from '../world.ts';

/** Secrets that one process reads from Intune at the same time. */
const mostAtOnce = 20;

/**
 * Reads secrets that are due as errands: a Graph that is slow holds up neither the clock nor what must be hidden. One that
 * is read, or waits for its turn, is not begun a second time.
 */
export function createReadings(world: World): (operation: Operation) => void {
  const begun = new Set<string>();
  const turn = createTurns(mostAtOnce);
  return (operation) => {
    const { id } = operation;
    if (begun.has(id)) return;
    begun.add(id);
    world.errands.run(id, () => turn(() => tryToKeep(world, operation)).finally(() => begun.delete(id)));
  };
}

/** So many at a time; the others wait, in order. */
function createTurns(most: number) {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work: () => Promise<void>): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
