import type { Operation } from '../model/operation.ts';
import { Unreachable } from '../ports.ts';
import { entryOf } from './journal.ts';
import type { World } from './world.ts';

/** Speaks; false, and in the journal, where nobody can be spoken to any more. Any other failure is thrown. */
export async function reach(world: World, operation: Operation, speak: () => Promise<unknown>): Promise<boolean> {
  try {
    await speak();
    return true;
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault;
    world.log.warn({ operation: operation.id, fault: fault.message }, 'a place cannot be reached');
    await world.store.journal(entryOf('notTold', operation, world.clock.now()));
    return false;
  }
}
