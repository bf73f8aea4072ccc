import type { Operation, Running, Sending, Step } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Sent } from '../ports.ts';
import type { JournalEntry } from '../storePort.ts';
import { entryOf } from './journal.ts';
import { lastLook } from './lastLook.ts';
import { moveFrom } from './move.ts';
import { refusedByGraph } from './refusedByGraph.ts';
import type { World } from './world.ts';

/**
 * Carries a claimed operation to Intune: looks at the device once more, writes down that it will send, sends once,
 * writes down what came of it, and tells.
 */
export async function dispatch(world: World, id: string): Promise<void> {
  const claimed = await world.store.operation(id);
  if (claimed?.state.is !== 'claimed' || claimed.state.sending) return;
  const { by } = claimed.state;
  const checked = await lastLook(world, claimed, claimed.state.standing);
  if ('refusal' in checked) return refuse(world, claimed, checked.refusal);
  const { sending } = checked;
  const entry = entryOf('sending', claimed, sending.sentAt, by);
  const ready = await intend(world, id, sending, entry);
  if (!ready) return;
  const action = world.catalogue.action(claimed.action);
  const sent = await world.graph.send(action.request(claimed.device, claimed.options, world.settings.tenant));
  if (sent.is === 'refused') return refuse(world, ready, refusedByGraph(world, claimed, sent), sent.requestId);
  await follow(world, ready, sending, sent);
}

/** Written down before the call. Undefined: somebody else sends it, or did. */
const intend = (world: World, id: string, sending: Sending, entry: JournalEntry): Promise<Operation | undefined> =>
  moveFrom(
    world,
    id,
    'claimed',
    ({ state, ...now }) =>
      state.sending
        ? undefined
        : { ...now, state: { ...state, sending, overdueAt: sending.sentAt + world.settings.settleAfter } },
    entry,
  );

/** Nothing was done, and everybody hears why. */
export async function refuse(world: World, from: Operation, reason: Refusal, requestId = ''): Promise<void> {
  const at = world.clock.now();
  const step: Step = { is: 'refused', at, by: '', note: requestId };
  await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ({ ...now, steps: [...now.steps, step], state: { is: 'finished', outcome: 'refused', at, reason } }),
    entryOf('refused', from, at, undefined, reason.code),
  );
}

/** Intune has it, or may have it: from now on it is looked for. `leftBehind`: whoever sent it is gone. */
export async function follow(
  world: World,
  from: Operation,
  sending: Sending,
  sent: Exclude<Sent, { is: 'refused' }>,
  leftBehind: { readonly leftBehind?: true } = {},
): Promise<void> {
  const at = world.clock.now();
  const nextLookAt = at + (world.settings.patience.intervals[0] ?? 0);
  const state: Running = { is: 'running', acceptance: sent.is, ...leftBehind, sending, looks: 0, nextLookAt };
  const step: Step = { is: sent.is, at, by: '', note: sent.requestId };
  await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ({ ...now, steps: [...now.steps, step], state }),
    entryOf(sent.is, from, at, undefined, sent.requestId),
  );
  if (sent.is === 'unsure') world.log.warn({ operation: from.id, requestId: sent.requestId }, 'an answer was lost');
}
