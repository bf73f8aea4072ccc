import type { Answered, Pressed } from '../../doors.ts';
import type { Operation, OperationIn, Running } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import type { Refusal } from '../../model/refusal.ts';
import { toClicker } from '../answers.ts';
import { entryOf } from '../journal.ts';
import { moveFrom } from '../move.ts';
import { deedOf } from '../present.ts';
import { keepUnwatched } from '../secrets/keep.ts';
import { showOpen } from './showOpen.ts';
import { refuseToTend } from './tend.ts';
import { unwatchedCode } from '../twin.ts';
import type { World } from '../world.ts';

/** "Stop watching": asked once more, on the same card, because it cannot be taken back. */
export async function stopWatching(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const no = await refuseToTend(world, pressed.person, operation);
  if (no) return toClicker(no);
  return operation.state.is === 'running'
    ? showOpen(world, pressed, { sure: operation.id })
    : showOpen(world, pressed, { status: overAlready(world, operation) });
}

/**
 * "Stop watching for good": ends our following, and nothing else. A secret that Intune may still make for it is fetched all
 * the same; one of which Intune showed nothing yet cannot be told from others, see `isRivalOf`.
 */
export async function stopWatchingSure(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const no = await refuseToTend(world, pressed.person, operation);
  if (no) return toClicker(no);
  const now = world.clock.now();
  const { name } = pressed.person;
  const entry = entryOf('stoppedWatching', operation, now, pressed.person);
  const moved = await moveFrom(
    world,
    operation.id,
    'running',
    (latest) => keepUnwatched(world, unwatched(latest, now, name), now),
    entry,
  );
  return showOpen(world, pressed, {
    status: moved ? `${deedOf(world, operation)}: I no longer watch it.` : overAlready(world, operation),
  });
}

const overAlready = (world: World, operation: Operation): string =>
  `${deedOf(world, operation)}: it is not under way any more, so there is nothing to stop.`;

function unwatched(operation: OperationIn<Running>, at: Instant, by: string): Operation {
  const { sending, result } = operation.state;
  const reason: Refusal = {
    code: unwatchedCode,
    understood: '',
    why: `${by} stopped watching it, so I no longer look. It may still happen.`,
    instead: 'Check the device in Intune.',
  };
  return {
    ...operation,
    steps: [...operation.steps, { is: 'finished', at, by, note: 'stoppedWatching' }],
    state: { is: 'finished', outcome: 'unproven', at, sending, reason, ...(result ? { result } : {}) },
  };
}
