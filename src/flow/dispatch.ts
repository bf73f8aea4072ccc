import type { Operation, Running, Sending, Step } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Sent } from '../ports.ts';
import type { JournalEntry } from '../storePort.ts';
import { hearLate } from './hearLate.ts';
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
  if ('refusal' in checked) return void (await refuse(world, claimed, checked.refusal));
  const { sending } = checked;
  const entry = entryOf('sending', claimed, sending.sentAt, by);
  const ready = await intend(world, id, sending, entry);
  if (!ready) return;
  const action = world.catalogue.action(claimed.action);
  const sent = await world.graph.send(action.request(claimed.device, claimed.options, world.settings.tenant));
  const reason = sent.is === 'refused' ? refusedByGraph(world, claimed, sent) : undefined;
  const isWritten =
    sent.is === 'refused' && reason
      ? await refuse(world, ready, reason, sent.requestId)
      : sent.is !== 'refused' && (await follow(world, ready, sending, sent));
  if (!isWritten && sent.is !== 'unsure') await hearLate(world, id, sending, sent, reason);
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

/** Nothing was done, and everybody hears why. False: somebody else has moved it meanwhile. */
export async function refuse(world: World, from: Operation, reason: Refusal, requestId = ''): Promise<boolean> {
  const at = world.clock.now();
  const step: Step = { is: 'refused', at, by: '', note: requestId };
  const moved = await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ({ ...now, steps: [...now.steps, step], state: { is: 'finished', outcome: 'refused', at, reason } }),
    entryOf('refused', from, at, undefined, reason.code),
  );
  return moved !== undefined;
}

/**
 * Intune has it, or may have it: from now on it is looked for. `leftBehind`: whoever sent it is gone. False: somebody else
 * has moved it meanwhile.
 */
export async function follow(
  world: World,
  from: Operation,
  sending: Sending,
  sent: Exclude<Sent, { is: 'refused' }>,
  leftBehind: { readonly leftBehind?: true } = {},
): Promise<boolean> {
  const at = world.clock.now();
  const nextLookAt = at + (world.settings.patience.intervals[0] ?? 0);
  const state: Running = { is: 'running', acceptance: sent.is, ...leftBehind, sending, looks: 0, nextLookAt };
  const step: Step = { is: sent.is, at, by: '', note: sent.requestId };
  const moved = await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ({ ...now, steps: [...now.steps, step], state }),
    entryOf(sent.is, from, at, undefined, sent.requestId),
  );
  if (sent.is === 'unsure') world.log.warn({ operation: from.id, requestId: sent.requestId }, 'an answer was lost');
  return moved !== undefined;
}
