import type { Operation, OperationIn, State } from '../model/operation.ts';
import type { JournalEntry } from '../model/journalEntry.ts';
import { amend } from './amend.ts';
import type { World } from './world.ts';

/**
 * Moves an operation on from one kind of state, whatever else was noted on it meanwhile (where its cards are). Undefined
 * when it has left that state, or `change` finds nothing to do any more.
 */
export const moveFrom = <Is extends State['is']>(
  world: World,
  id: string,
  is: Is,
  change: (operation: OperationIn<Extract<State, { is: Is }>>) => Operation | undefined,
  entry?: JournalEntry,
): Promise<Operation | undefined> =>
  amend(
    world,
    id,
    (now) => (now.state.is === is ? change(now as OperationIn<Extract<State, { is: Is }>>) : undefined),
    entry,
  );
