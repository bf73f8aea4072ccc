import type { Operation, OperationIn, Proposed, Running } from '../model/operation.ts';
import type { Looked } from '../ports.ts';
import { entryOf } from './journal.ts';
import { notify, redraw } from './notify.ts';
import { hideSecret } from './reveal.ts';
import { track } from './track.ts';
import type { World } from './world.ts';

/** One `$batch` of Graph. */
const most = 20;

/** The third door: time has passed. Answers how many operations were due. */
export async function onTick(world: World): Promise<number> {
  const now = world.clock.now();
  const due = await world.store.claimDue(now, most, now + world.settings.lease);
  const running = due.filter((operation): operation is OperationIn<Running> => isDueLook(operation));
  const looked = running.length ? await world.graph.look(running.map(({ state }) => state.sending.lookup)) : [];
  const work = await Promise.allSettled([
    ...running.map((operation, index) => advance(world, operation, looked[index])),
    ...due.filter((operation) => operation.secretShown).map((operation) => hideSecret(world, operation)),
    ...due.filter(isProposed).map((operation) => expire(world, operation)),
  ]);
  for (const done of work)
    if (done.status === 'rejected') world.log.error({ fault: String(done.reason) }, 'a due operation was not moved');
  return due.length;
}

const isProposed = (operation: Operation): operation is OperationIn<Proposed> => operation.state.is === 'proposed';
const isDueLook = (operation: Operation) => operation.state.is === 'running' && !operation.secretShown;

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
  await notify(world, operation, moved);
}

/** Nobody confirmed in time: the buttons go. */
async function expire(world: World, operation: OperationIn<Proposed>): Promise<void> {
  const at = world.clock.now();
  const next: Operation = {
    ...operation,
    steps: [...operation.steps, { is: 'dropped', at, by: '', note: 'nobody confirmed in time' }],
    state: { is: 'dropped', why: 'expired', at },
  };
  const moved = await world.store.move(operation, next, entryOf('expired', operation, at));
  if (moved?.message) await redraw(world, moved);
}
