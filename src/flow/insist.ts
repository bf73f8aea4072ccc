import { StoreFault } from '../storePort.ts';
import type { World } from './world.ts';

const firstWait = 500;
const longestWait = 30_000;

/**
 * Writes down what is known and would be lost otherwise, as often as it takes for the store to come back. Whatever else
 * goes wrong is thrown.
 */
export async function insist(world: World, write: () => Promise<void>): Promise<void> {
  for (let wait = firstWait; ; wait = Math.min(2 * wait, longestWait)) {
    try {
      return await write();
    } catch (fault) {
      if (!(fault instanceof StoreFault)) throw fault;
      world.log.error({ reason: fault.reason, fault: fault.message }, 'an answer of Graph is not written down yet');
      await world.wait(wait);
    }
  }
}
