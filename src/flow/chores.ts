import { choresOf } from '../model/operation.ts';
import type { Claimed, Operation, OperationIn } from '../model/operation.ts';
import type { Instant, Person } from '../model/person.ts';
import { authorise } from './may/authorise.ts';
import { dispatch, follow, refuse } from './dispatch.ts';
import { entryOf } from './journal.ts';
import { removeSecret } from './secrets/keep.ts';
import { moveFrom } from './move.ts';
import { deedOf } from './present.ts';
import { createReadings } from './secrets/readings.ts';
import { hideWhatIsDue } from './secrets/shown.ts';
import type { World } from './world.ts';

/** Milliseconds after a click within which it is still carried out, when whoever was to do it is gone. */
const stillWanted = 15 * 60_000;

/**
 * Everything that time brings to an operation beside looks; answers how many were due. It never waits for Graph: a secret
 * stands no longer than its minute, however slow Graph is. What asks Graph goes on as an errand.
 */
export function createChores(world: World, most: number): () => Promise<number> {
  const readSecret = createReadings(world);
  return async () => {
    const now = world.clock.now();
    const due = await world.store.claimChores(now, most, now + world.settings.lease);
    for (const done of await Promise.allSettled(due.map((operation) => settle(world, operation, now, readSecret))))
      if (done.status === 'rejected') world.log.error({ fault: String(done.reason) }, 'a duty was not done');
    return due.length;
  };
}

async function settle(
  world: World,
  operation: Operation,
  now: Instant,
  readSecret: (operation: Operation) => void,
): Promise<void> {
  const { state, keeping } = operation;
  const dues = choresOf(operation);
  if (dues.secret <= now) await hideWhatIsDue(world, operation);
  if (dues.keeping <= now && keeping?.is === 'due') readSecret(operation);
  if (dues.keeping <= now && keeping?.is === 'kept') await removeSecret(world, operation);
  if (dues.state > now) return;
  if (state.is === 'proposed') await expire(world, operation);
  if (state.is === 'claimed') await takeOver(world, { ...operation, state });
}

/** Nobody confirmed in time: the buttons go. */
async function expire(world: World, operation: Operation): Promise<void> {
  const at = world.clock.now();
  await moveFrom(
    world,
    operation.id,
    'proposed',
    (now) =>
      now.state.expiresAt > at
        ? undefined
        : {
            ...now,
            steps: [...now.steps, { is: 'dropped', at, by: '', note: 'expired' }],
            state: { is: 'dropped', why: 'expired', at },
          },
    entryOf('expired', operation, at),
  );
}

/**
 * Whoever claimed it did not get to its end. What may have been sent is looked for. What was not, is carried on while the
 * click is fresh and the person may still do it, and given up otherwise.
 */
async function takeOver(world: World, operation: OperationIn<Claimed>): Promise<void> {
  const { sending, by, at } = operation.state;
  const now = world.clock.now();
  world.log.warn({ operation: operation.id, sent: sending !== undefined }, 'took over a claimed operation');
  if (sending) {
    const lost = { is: 'unsure', message: 'left behind', requestId: '' } as const;
    return void (await follow(world, operation, sending, lost, { leftBehind: true }));
  }
  if (now - at > stillWanted) return void (await giveUp(world, operation));
  const overdueAt = now + world.settings.settleAfter;
  // The stamp shows the one who was slow that it is no longer theirs.
  const ours = await moveFrom(world, operation.id, 'claimed', (latest) =>
    latest.state.overdueAt === operation.state.overdueAt && !latest.state.sending
      ? { ...latest, state: { ...latest.state, overdueAt } }
      : undefined,
  );
  if (ours?.state.is === 'claimed') carryOn(world, { ...ours, state: ours.state }, by);
}

/** Whoever clicked must still be allowed to. */
export const carryOn = (world: World, claim: OperationIn<Claimed>, by: Person): void =>
  world.errands.run(claim.id, async () => {
    const { action, device } = claim;
    const { refusal } = await authorise(world, by, deedOf(world, claim), { action, device, isConfirmed: true });
    await (refusal ? refuse(world, claim, refusal) : dispatch(world, claim.id));
  });

const giveUp = (world: World, operation: OperationIn<Claimed>): Promise<boolean> =>
  refuse(world, operation, {
    code: 'leftBehind',
    understood: deedOf(world, operation),
    why: 'I was interrupted before I could send it, so nothing was sent.',
    instead: 'Type the command again if you still want it.',
  });
