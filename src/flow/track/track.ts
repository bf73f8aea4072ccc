import type { Finished, Operation, OperationIn, Outcome, Running, Step } from '../../model/operation.ts';
import { longestSend } from '../../model/limits.ts';
import type { Instant } from '../../model/person.ts';
import type { ActionResult } from '../../model/result.ts';
import type { Looked } from '../../ports.ts';
import { ours } from '../match.ts';
import type { Patience } from '../world.ts';

/** States from which an action does not move on. */
const ends: Readonly<Record<string, Outcome>> = {
  done: 'done',
  failed: 'failed',
  canceled: 'canceled',
  notSupported: 'notSupported',
};

type Tracked = OperationIn<Running>;

/** Milliseconds for what was sent at the last moment to be seen. */
const margin = 5_000;

/** `leastInterval`: milliseconds between two looks that the number of operations allows. */
export interface TrackingPatience extends Patience {
  readonly leastInterval: number;
}

/**
 * What a look at Graph means for an operation that is under way: the operation as it is from now on, its version
 * untouched. Pure; the same look at the same time means the same.
 */
export function track(operation: Tracked, looked: Looked, now: Instant, patience: TrackingPatience): Operation {
  if (looked.is === 'gone') return gone(operation, now, patience);
  if (looked.is === 'notNow') return later(blinded(operation), now, patience, looked.retryAfterMs);
  const seen = withSync(sighted(operation), looked.lastSync);
  const { sending, result: known } = operation.state;
  const found = ours(looked.results, sending, known, patience.skew);
  if (!found) return missing(seen, now, patience);
  const outcome = ends[found.state];
  const told = found.state === known?.state ? seen : step(seen, { is: 'seen', at: now, by: '', note: found.state });
  return outcome ? finished(told, now, outcome, found) : later(withResult(told, found), now, patience);
}

const blinded = (operation: Tracked): Tracked => ({ ...operation, state: { ...operation.state, blind: true } });

const sighted = ({ state: { blind, missed, ...state }, ...operation }: Tracked): Tracked => ({ ...operation, state });

/** One 404 may be a hiccup; two are a device that Intune no longer has. */
function gone(operation: Tracked, now: Instant, patience: TrackingPatience): Operation {
  if (operation.state.missed) return unproven(operation, now, 'gone');
  return later({ ...operation, state: { ...operation.state, missed: true } }, now, patience);
}

const withSync = (operation: Tracked, lastSync: Instant | undefined): Tracked =>
  lastSync === undefined ? operation : { ...operation, device: { ...operation.device, lastSync } };

const withResult = (operation: Tracked, result: ActionResult): Tracked => ({
  ...operation,
  state: { ...operation.state, result },
});

const step = <O extends Operation>(operation: O, next: Step): O => ({
  ...operation,
  steps: [...operation.steps, next],
});

/** Not there: normal at first, and never a proof that it did not happen. */
function missing(operation: Tracked, now: Instant, patience: TrackingPatience): Operation {
  const { acceptance, sending, result } = operation.state;
  const waited = now - sending.sentAt;
  // Whoever was taken for gone may still be sending it.
  const patient = operation.state.leftBehind ? Math.max(patience.unsureFor, longestSend + margin) : patience.unsureFor;
  if (acceptance === 'unsure' && !result && waited >= patient) return unproven(operation, now, 'lost');
  return later(operation, now, patience);
}

function later(operation: Tracked, now: Instant, patience: TrackingPatience, atLeast = 0): Operation {
  const { state } = operation;
  if (now - state.sending.sentAt >= patience.waitFor) return unproven(operation, now, 'silent');
  const { intervals, leastInterval } = patience;
  const wait = intervals[Math.min(state.looks + 1, intervals.length - 1)] ?? 0;
  return {
    ...operation,
    state: { ...state, looks: state.looks + 1, nextLookAt: now + Math.max(wait, leastInterval, atLeast) },
  };
}

function finished(operation: Tracked, at: Instant, outcome: Outcome, result: ActionResult): Operation {
  return { ...operation, state: { is: 'finished', outcome, at, sending: operation.state.sending, result } };
}

/** Told where nobody can say any more whether it was done. */
export const answerLost = {
  understood: '',
  code: 'answerLost',
  why: 'Intune’s answer was lost, and Intune shows no trace of it since.',
  instead: 'Check the device in Intune; type the command again only if it was not done and you still want it.',
} as const;

const reasons = {
  gone: {
    code: 'gone',
    why: 'Intune no longer has this device, so it can no longer say what became of it.',
    instead: 'If it matters, ask the person whether the device did it.',
  },
  lost: answerLost,
  silent: {
    code: 'silent',
    why: 'The device has not answered for as long as I keep looking. Intune may still carry it out later.',
    instead: 'Check the device in Intune.',
  },
} as const;

function unproven(operation: Tracked, at: Instant, why: keyof typeof reasons): Operation {
  const { sending, result } = operation.state;
  const reason = { understood: '', ...reasons[why] };
  const state: Finished = { is: 'finished', outcome: 'unproven', at, sending, reason, ...(result ? { result } : {}) };
  return step({ ...operation, state }, { is: 'finished', at, by: '', note: why });
}
