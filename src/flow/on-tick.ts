import { duesOf } from '../model/operation.ts';
import type { Operation, OperationIn, Running } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { Looked } from '../ports.ts';
import { follow, refuse } from './dispatch.ts';
import { entryOf } from './journal.ts';
import { moveFrom } from './move.ts';
import { announce, tellAgain } from './notify.ts';
import { deedOf } from './present.ts';
import { hideSecret } from './reveal.ts';
import { track } from './track.ts';
import type { World } from './world.ts';

/** As many operations as one tick takes: one `$batch` of Graph. */
export const fullTick = 20;

/** The third door: time has passed. Answers how many operations were due. Telling goes on beside it. */
export async function onTick(world: World): Promise<number> {
  const now = world.clock.now();
  const due = await world.store.claimDue(now, fullTick, now + world.settings.lease);
  const running = due.filter((operation): operation is OperationIn<Running> => isDueLook(operation, now));
  const looked = running.length ? await world.graph.look(running.map(({ state }) => state.sending.lookup)) : [];
  const work = await Promise.allSettled([
    ...running.map((operation, index) => advance(world, operation, looked[index])),
    ...due.map((operation) => settle(world, operation, now)),
  ]);
  for (const done of work)
    if (done.status === 'rejected') world.log.error({ fault: String(done.reason) }, 'a due operation was not moved');
  return due.length;
}

const isDueLook = (operation: Operation, now: Instant) =>
  operation.state.is === 'running' && duesOf(operation).state <= now;

/** Everything but a look. */
async function settle(world: World, operation: Operation, now: Instant): Promise<void> {
  const dues = duesOf(operation);
  if (dues.secret <= now) world.errands.run(operation.id, () => hideSecret(world, operation));
  if (dues.telling <= now) tellAgain(world, operation);
  if (operation.state.is === 'proposed' && dues.state <= now) await expire(world, operation);
  if (operation.state.is === 'claimed' && dues.state <= now) await takeOver(world, operation);
}

async function advance(world: World, operation: OperationIn<Running>, looked: Looked | undefined): Promise<void> {
  if (!looked) return;
  const now = world.clock.now();
  if (looked.is === 'notNow') world.log.warn({ operation: operation.id, fault: looked.message }, 'could not look');
  const next = track(operation, looked, now, world.settings.patience);
  const entry =
    next.state.is === 'finished' ? entryOf('finished', next, now, undefined, next.state.outcome) : undefined;
  const moved = await world.store.move(operation, next, entry);
  if (!moved) return;
  if (entry) world.log.info({ operation: operation.id, outcome: entry.note, action: operation.action }, 'finished');
  announce(world, operation, moved);
}

/** Nobody confirmed in time: the buttons go. */
async function expire(world: World, operation: Operation): Promise<void> {
  const at = world.clock.now();
  const moved = await moveFrom(
    world,
    operation.id,
    'proposed',
    (now) => ({
      ...now,
      steps: [...now.steps, { is: 'dropped', at, by: '', note: 'expired' }],
      state: { is: 'dropped', why: 'expired', at },
      untold: { tries: 0, nextTryAt: at, said: true },
    }),
    entryOf('expired', operation, at),
  );
  if (moved) announce(world, operation, moved);
}

/** Whoever claimed it did not get to its end: what may have been sent is looked for, what was not is given up. */
async function takeOver(world: World, operation: Operation): Promise<void> {
  if (operation.state.is !== 'claimed') return;
  const { sending } = operation.state;
  world.log.warn({ operation: operation.id, sent: sending !== undefined }, 'took over a claimed operation');
  if (sending) return follow(world, operation, sending, { is: 'unsure', message: 'left behind', requestId: '' });
  await refuse(world, operation, {
    code: 'leftBehind',
    understood: deedOf(world, operation),
    why: 'I was interrupted before I could send it, so nothing was sent.',
    instead: 'Type the command again if you still want it.',
  });
}
