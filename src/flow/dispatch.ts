import type { Operation, Running, Sending, Step } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Sent } from '../ports.ts';
import { entryOf } from './journal.ts';
import { lastLook } from './lastLook.ts';
import { ended, moveFrom } from './move.ts';
import { announce } from './notify.ts';
import { refusedByGraph } from './refusedByGraph.ts';
import type { World } from './world.ts';

/**
 * Carries a claimed operation to Intune: looks at the device once more, writes down that it will send, sends once,
 * writes down what came of it, and tells.
 */
export async function dispatch(world: World, id: string): Promise<void> {
  const claimed = await world.store.operation(id);
  if (claimed?.state.is !== 'claimed') return;
  const { by } = claimed.state;
  const checked = await lastLook(world, claimed, claimed.state.standing);
  if ('refusal' in checked) return refuse(world, claimed, checked.refusal);
  const { sending } = checked;
  const entry = entryOf('sending', claimed, sending.sentAt, by);
  const ready = await moveFrom(world, id, 'claimed', (now) => ({ ...now, state: { ...now.state, sending } }), entry);
  if (!ready) return;
  const action = world.catalogue.action(claimed.action);
  const sent = await world.graph.send(action.request(claimed.device, claimed.options, world.settings.tenant));
  if (sent.is === 'refused') return refuse(world, ready, refusedByGraph(world, claimed, sent), sent.requestId);
  await follow(world, ready, sending, sent);
}

/** Nothing was done, and everybody hears why. */
export async function refuse(world: World, from: Operation, reason: Refusal, requestId = ''): Promise<void> {
  const at = world.clock.now();
  const step: Step = { is: 'refused', at, by: '', note: requestId };
  const moved = await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ended({ ...now, steps: [...now.steps, step] }, { is: 'finished', outcome: 'refused', at, reason }),
    entryOf('refused', from, at, undefined, reason.code),
  );
  if (moved) announce(world, from, moved);
}

/** Intune has it, or may have it: from now on it is looked for. */
export async function follow(
  world: World,
  from: Operation,
  sending: Sending,
  sent: Exclude<Sent, { is: 'refused' }>,
): Promise<void> {
  const at = world.clock.now();
  const nextLookAt = at + (world.settings.patience.intervals[0] ?? 0);
  const state: Running = { is: 'running', acceptance: sent.is, sending, looks: 0, nextLookAt };
  const step: Step = { is: sent.is, at, by: '', note: sent.requestId };
  const moved = await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ({ ...now, steps: [...now.steps, step], state }),
    entryOf(sent.is, from, at, undefined, sent.requestId),
  );
  if (sent.is === 'unsure') world.log.warn({ operation: from.id, requestId: sent.requestId }, 'an answer was lost');
  if (moved) announce(world, from, moved);
}
