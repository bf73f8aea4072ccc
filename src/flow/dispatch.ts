import type { Claimed, Operation, OperationIn, Running, Sending, Step } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Sent } from '../ports.ts';
import type { JournalEntry } from '../model/journalEntry.ts';
import { hearLate } from './hearLate.ts';
import { insist } from './insist.ts';
import { entryOf } from './journal.ts';
import { lastLook } from './lastLook.ts';
import { moveFrom } from './move.ts';
import { refusedByGraph, tooLate } from './refusedByGraph.ts';
import { sentAs, signInGone } from './signIn.ts';
import { answerLost } from './track/track.ts';
import type { World } from './world.ts';

type Claim = OperationIn<Claimed>;

/** Milliseconds between the intent and the call; after a longer while others may have drawn their conclusions. */
const freshIntent = 10_000;

/**
 * Carries a claimed operation to Intune: looks at the device once more, writes down that it will send, sends once,
 * writes down what came of it, and tells. `assertion`: the sign-in of whoever confirmed it, which is written down nowhere.
 */
export async function dispatch(world: World, id: string, assertion?: string): Promise<void> {
  const claimed = await world.store.operation(id);
  if (claimed?.state.is !== 'claimed' || claimed.state.sending) return;
  const claim: Claim = { ...claimed, state: claimed.state };
  const as = sentAs(world, claim, assertion);
  if (!as) return void (await refuse(world, claim, signInGone(world, claim)));
  const checked = await lastLook(world, claim, claim.state.standing);
  if ('refusal' in checked) return void (await refuse(world, claim, checked.refusal));
  const sending: Sending = as.is === 'person' ? { ...checked.sending, asPerson: true } : checked.sending;
  const action = world.catalogue.action(claim.action);
  const request = action.request(claim.device, claim.options, world.settings.tenant);
  const ready = await intend(world, claim, sending);
  if (!ready) return;
  const isStale = world.clock.now() - sending.sentAt > freshIntent;
  const sent: Sent = isStale
    ? neverSent
    : await (as.is === 'person' ? world.graph.send(request, as.assertion) : world.graph.send(request));
  const reason =
    sent.is === 'refused' ? (isStale ? tooLate(world, claim) : refusedByGraph(world, claim, sent, as.is)) : undefined;
  await insist(world, () => noteAnswer(world, ready, sending, sent, reason));
}

const neverSent: Sent = { is: 'refused', why: 'unreachable', message: 'too late to be sent', requestId: '' };

async function noteAnswer(
  world: World,
  ready: Claim,
  sending: Sending,
  sent: Sent,
  reason: Refusal | undefined,
): Promise<void> {
  const isWritten =
    sent.is === 'refused' && reason
      ? await refuse(world, ready, reason, sent.requestId)
      : sent.is !== 'refused' && (await follow(world, ready, sending, sent));
  if (!isWritten && sent.is !== 'unsure') await hearLate(world, ready.id, sending, sent, reason);
}

/** Written down before the call. Undefined: somebody else sends it, or did. */
async function intend(world: World, claim: Claim, sending: Sending): Promise<Claim | undefined> {
  const overdueAt = sending.sentAt + world.settings.settleAfter;
  const entry: JournalEntry = {
    ...entryOf('sending', claim, sending.sentAt, claim.state.by),
    as: sending.asPerson ? 'person' : 'app',
  };
  const change = ({ state, ...now }: Claim) =>
    state.sending ? undefined : { ...now, state: { ...state, sending, overdueAt } };
  const moved = await moveFrom(world, claim.id, 'claimed', change, entry);
  return moved?.state.is === 'claimed' ? { ...moved, state: moved.state } : undefined;
}

/** Is it still the claim that the caller knows, or has somebody else taken it over? */
const isSameClaim = ({ state: now }: Claim, { state: known }: Claim): boolean =>
  now.overdueAt === known.overdueAt && now.sending?.sentAt === known.sending?.sentAt;

/**
 * Nothing was done, and everybody hears why; where it may have been sent by somebody before, that is not known, and they
 * hear so. False: somebody else has moved it meanwhile.
 */
export async function refuse(world: World, from: Claim, reason: Refusal, requestId = ''): Promise<boolean> {
  const at = world.clock.now();
  const { earlier } = from.state;
  const step: Step = { is: 'refused', at, by: '', note: requestId };
  const state = earlier
    ? ({ is: 'finished', outcome: 'unproven', at, sending: earlier, reason: answerLost } as const)
    : ({ is: 'finished', outcome: 'refused', at, reason } as const);
  const moved = await moveFrom(
    world,
    from.id,
    'claimed',
    (now) =>
      isSameClaim(now, from) ? { ...now, steps: earlier ? now.steps : [...now.steps, step], state } : undefined,
    entryOf(
      state.outcome === 'unproven' ? 'finished' : 'refused',
      from,
      at,
      undefined,
      earlier ? 'unproven' : reason.code,
    ),
  );
  return moved !== undefined;
}

/**
 * Intune has it, or may have it: from now on it is looked for. `leftBehind`: whoever sent it is gone. False: somebody else
 * has moved it meanwhile.
 */
export async function follow(
  world: World,
  from: Claim,
  sending: Sending,
  sent: Exclude<Sent, { is: 'refused' }>,
  leftBehind: { readonly leftBehind?: true } = {},
): Promise<boolean> {
  const at = world.clock.now();
  const nextLookAt = at + (world.settings.patience.intervals[0] ?? 0);
  const state: Running = { is: 'running', acceptance: sent.is, ...leftBehind, sending, looks: 0, nextLookAt };
  const step: Step = { is: sent.is, at, by: '', note: sent.requestId };
  const entry: JournalEntry = entryOf(sent.is, from, at, undefined, sent.requestId);
  const change = (now: Claim): Operation | undefined =>
    isSameClaim(now, from) ? { ...now, steps: [...now.steps, step], state } : undefined;
  const moved = await moveFrom(world, from.id, 'claimed', change, entry);
  if (sent.is === 'unsure') world.log.warn({ operation: from.id, requestId: sent.requestId }, 'an answer was lost');
  return moved !== undefined;
}
