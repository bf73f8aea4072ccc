import { operationOf } from './carry.ts';
import { entryOf } from '../journal.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { Delivery, Telling, ToldAlong } from '../../outboxPort.ts';
import type { World } from '../world.ts';

/**
 * What is written when a telling is given up: the journal says that nobody was told, and an end that cannot be told
 * where it was asked for is told to the asker alone.
 */
export async function undeliverable(world: World, { telling }: Delivery): Promise<ToldAlong> {
  const at = world.clock.now();
  const { what } = telling;
  const isNews = what.is === 'news' && what.about.is === 'operation';
  const operation = isNews ? await world.store.operation(what.about.id) : await operationOf(world, telling);
  const event = telling.what.is === 'secretHide' ? 'notHidden' : 'notTold';
  if (!operation) return { entry: strayEntry(telling, event, at) };
  const entry = entryOf(event, operation, at, undefined, telling.what.is);
  if (telling.what.is !== 'end' || telling.to.is !== 'place') return { entry };
  const alone = { is: 'person', person: operation.asker, near: operation.place } as const;
  return { entry, tell: [{ to: alone, what: telling.what }] };
}

function strayEntry({ to, what }: Telling, event: string, at: number): JournalEntry {
  const tenantId = to.is === 'place' ? to.place.tenantId : to.is === 'person' ? to.person.tenantId : '';
  return { at, event, tenantId, personId: '', note: what.is };
}
