import type { Operation, OperationIn, Running } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { World } from './world.ts';

/**
 * Whoever sent it died before the answer came, and Intune shows no trace of it: what is harmless is sent once more;
 * anything else stays unproven, for a person to decide. Pure.
 */
export function sendAgain(world: World, from: OperationIn<Running>, next: Operation, now: Instant): Operation {
  const { leftBehind, sending } = from.state;
  const isLost = next.state.is === 'finished' && next.state.reason?.code === 'answerLost';
  if (!leftBehind || !isLost || world.catalogue.action(from.action).risk !== 'harmless') return next;
  const overdueAt = now + world.settings.settleAfter;
  return {
    ...from,
    steps: [...from.steps, { is: 'resent', at: now, by: '', note: '' }],
    state: { is: 'claimed', by: from.asker, at: now, standing: sending.before, overdueAt },
  };
}
