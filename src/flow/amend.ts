import type { Operation } from '../model/operation.ts';
import type { JournalEntry } from '../ports.ts';
import type { World } from './world.ts';

/**
 * Changes something beside the state (where its cards are), whatever state it has reached meanwhile. Undefined when
 * there is nothing to change any more.
 */
export async function amend(
  world: World,
  id: string,
  change: (operation: Operation) => Operation | undefined,
  entry?: JournalEntry,
): Promise<Operation | undefined> {
  for (;;) {
    const now = await world.store.operation(id);
    const changed = now && change(now);
    if (!changed) return undefined;
    const moved = await world.store.move(now, changed, entry);
    if (moved) return moved;
  }
}
