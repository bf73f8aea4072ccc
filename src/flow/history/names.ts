import type { Operation } from '../../model/operation.ts';
import type { Person } from '../../model/person.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { NameOf } from './historyFacts.ts';
import type { World } from '../world.ts';

const peopleOf = ({ asker, state }: Operation): readonly Person[] =>
  state.is === 'claimed' ? [asker, state.by] : [asker];

/**
 * Names for the people that these entries tell of by id. The journal has no names; whoever ever asked for something is
 * known by name from that.
 */
export async function namesIn(
  world: World,
  operations: readonly Operation[],
  entries: readonly JournalEntry[],
): Promise<NameOf> {
  const names = new Map(operations.flatMap(peopleOf).map(({ id, name }) => [id, name]));
  const unknown = new Set(entries.map(({ personId }) => personId).filter((id) => id !== '' && !names.has(id)));
  for (const personId of unknown) {
    const [any] = await world.store.operationsOf({ personId }, 1);
    if (any) names.set(personId, any.asker.name);
  }
  return (personId) => names.get(personId) ?? 'somebody';
}
