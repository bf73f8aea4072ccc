import type { Operation } from '../model/operation.ts';
import type { JournalEntry } from '../model/journalEntry.ts';
import type { Along } from '../outboxPort.ts';
import { tellingsOf } from './tellings.ts';
import type { World } from './world.ts';

/**
 * Writes a change, with its journal entry, a sealed secret, and all that must be told because of it. Undefined: somebody
 * else was first.
 */
export async function write(
  world: World,
  from: Operation,
  to: Operation,
  entry?: JournalEntry,
  secret?: Along['secret'],
): Promise<Operation | undefined> {
  const tell = tellingsOf(world, from, to);
  const moved = await world.store.move(from, to, { entry, tell, ...(secret ? { secret } : {}) });
  if (moved && tell.length > 0) world.nudge();
  return moved;
}

/**
 * Changes an operation whatever became of it meanwhile. Undefined when there is nothing to change any more.
 */
export async function amend(
  world: World,
  id: string,
  change: (operation: Operation) => Operation | undefined,
  entry?: JournalEntry,
  secret?: Along['secret'],
): Promise<Operation | undefined> {
  for (;;) {
    const now = await world.store.operation(id);
    const changed = now && change(now);
    if (!changed) return undefined;
    const moved = await write(world, now, changed, entry, secret);
    if (moved) return moved;
  }
}
