import type { Operation, OperationIn, Running } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import type { World } from '../world.ts';

/** Milliseconds after the click within which it is sent once more; after a longer while nobody waits for it. */
const stillWanted = 60 * 60_000;

/**
 * Whoever sent it died before the answer came, and Intune shows no trace of it: what is harmless is sent once more;
 * anything else, what was sent twice already, and what only their sign-in could send, stays unproven, for a person to
 * decide. Pure.
 */
export function sendAgain(world: World, from: OperationIn<Running>, next: Operation, now: Instant): Operation {
  const { leftBehind, sending } = from.state;
  const isLost = next.state.is === 'finished' && next.state.reason?.code === 'answerLost';
  if (!leftBehind || !isLost || sending.asPerson || world.catalogue.action(from.action).risk !== 'harmless')
    return next;
  const confirmedAt = from.steps.find(({ is }) => is === 'confirmed')?.at ?? from.askedAt;
  if (now - confirmedAt > stillWanted || from.steps.some(({ is }) => is === 'resent')) return next;
  const overdueAt = now + world.settings.settleAfter;
  return {
    ...from,
    steps: [...from.steps, { is: 'resent', at: now, by: '', note: '' }],
    state: { is: 'claimed', by: from.asker, at: confirmedAt, standing: sending.before, overdueAt, earlier: sending },
  };
}
