import type { Finished, Operation, OperationIn, State } from '../model/operation.ts';
import type { JournalEntry } from '../ports.ts';
import { amend } from './amend.ts';
import type { World } from './world.ts';

/** Milliseconds after which an end that was not told is told again. */
const retellAfter = 30_000;

/**
 * Moves an operation on from one kind of state, whatever else was noted on it meanwhile (where its cards are). Undefined
 * when it has left that state: somebody else moved it.
 */
export const moveFrom = <Is extends State['is']>(
  world: World,
  id: string,
  is: Is,
  change: (operation: OperationIn<Extract<State, { is: Is }>>) => Operation,
  entry?: JournalEntry,
): Promise<Operation | undefined> =>
  amend(
    world,
    id,
    (now) => (now.state.is === is ? change(now as OperationIn<Extract<State, { is: Is }>>) : undefined),
    entry,
  );

/** The operation at its end, with the duty to tell of it. */
export const ended = (operation: Operation, state: Finished): Operation => ({
  ...operation,
  state,
  untold: { tries: 0, nextTryAt: state.at + retellAfter },
});
