import type { Answered, Pressed } from '../../doors.ts';
import type { Operation, OperationIn, Running } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import { toClicker } from '../answers.ts';
import { entryOf } from '../journal.ts';
import { moveFrom } from '../move.ts';
import { deedOf } from '../present.ts';
import { showOpen } from './showOpen.ts';
import { refuseToTend } from './tend.ts';
import type { World } from '../world.ts';

/** Milliseconds between two looks out of turn at one operation. */
const leastPause = 5_000;

/** Due at once, like any other look: within the same budget, by whichever process comes first. */
function hurried({ state, ...operation }: OperationIn<Running>, now: Instant): Operation | undefined {
  const isDue = state.nextLookAt <= now;
  const isFresh = state.hurriedAt !== undefined && now - state.hurriedAt < leastPause;
  return isDue || isFresh ? undefined : { ...operation, state: { ...state, nextLookAt: now, hurriedAt: now } };
}

/** "Look now". */
export async function lookNow(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const no = await refuseToTend(world, pressed.person, operation);
  if (no) return toClicker(no);
  const now = world.clock.now();
  const entry = entryOf('lookedNow', operation, now, pressed.person);
  const moved = await moveFrom(world, operation.id, 'running', (latest) => hurried(latest, now), entry);
  const latest = moved ?? (await world.store.operation(operation.id));
  return showOpen(world, pressed, { status: statusOf(deedOf(world, operation), moved !== undefined, latest) });
}

function statusOf(deed: string, isHurried: boolean, latest: Operation | undefined): string {
  if (isHurried) return `${deed}: I am asking Intune now. Press “Refresh” in a moment to see what it says.`;
  return latest?.state.is === 'running'
    ? `${deed}: I am asking Intune already. Press “Refresh” in a moment.`
    : `${deed}: it is not under way any more.`;
}
