import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import type { GraphRequest } from '../model/action.ts';
import type { Sent } from '../ports.ts';
import { isOk, type Answer } from './answer.ts';
import { CallFailed } from './call-failed.ts';
import { errorOf, type ErrorBody } from './error-body.ts';
import type { Line } from './line.ts';
import { whyNoSignIn } from './signInRefusal.ts';

type Refused = Extract<Sent, { is: 'refused' }>;

/**
 * Sends a write as exactly one HTTP request, and says what is known of it afterwards. It goes over the bare line, which
 * has no second try: Graph knows no idempotency key, and a device that is wiped twice is wiped twice.
 * `timeoutMs` is for the whole of it, the token included. `as`: the person in whose name it is sent; without, the app's.
 * Does not throw.
 */
export async function send(line: Line, request: GraphRequest, timeoutMs: number, as?: TokenCredential): Promise<Sent> {
  const requestId = randomUUID();
  try {
    const answer = await line.write(request, timeoutMs, requestId, as);
    const sent = sentFrom(answer);
    // Graph does not take the token itself, so nothing is said of what the person may do.
    return as && answer.status === 401 && sent.is === 'refused' ? { ...sent, why: 'signInFailed' } : sent;
  } catch (error) {
    const why = error instanceof CallFailed ? error.why : 'lost';
    const message = error instanceof CallFailed ? error.message : 'an unexpected failure';
    if (why === 'lost') return { is: 'unsure', message, requestId };
    // What never left has no id that anybody at Graph could look for.
    const refused = why === 'neverLeft' ? 'unreachable' : as ? whyNoSignIn(message) : 'notSignedIn';
    return { is: 'refused', why: refused, message, requestId: '' };
  }
}

/** The same in a person's name, or not at all: never in the app's. */
export const sendAs = (
  line: Line,
  request: GraphRequest,
  timeoutMs: number,
  person: TokenCredential | undefined,
): Promise<Sent> =>
  person
    ? send(line, request, timeoutMs, person)
    : Promise.resolve({ is: 'refused', why: 'signInFailed', message: 'no sign-in is set up', requestId: '' });

/** What an answer to a write means. */
export function sentFrom(answer: Answer): Sent {
  if (isOk(answer)) return { is: 'accepted', requestId: answer.requestId };
  const error = errorOf(answer.body);
  const message = wordsOf(answer, error);
  const requestId = answer.requestId;
  if (!isNo(answer.status)) return { is: 'unsure', message, requestId };
  return {
    is: 'refused',
    why: whyOf(answer, error),
    message,
    requestId,
    ...(error.missingScope === undefined ? {} : { missingScope: error.missingScope }),
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  };
}

/**
 * A redirect or 5xx says neither yes nor no; nor does a time that was over on the way: 408, and 499, which is nginx's
 * word for it that gateways hand on. The far side may have acted by then.
 */
const isNo = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 499;

/**
 * Multi Admin Approval answers 403 with the id of the waiting request, and where the justification header is missing a
 * 400 that asks for it (Micke-K/IntuneManagement issue 426). In both cases nothing was done.
 */
function whyOf(answer: Answer, error: ErrorBody): Refused['why'] {
  const asksForApproval = answer.approvalCode !== undefined || /ApprovalRequired/i.test(error.code);
  if (answer.status === 403 && asksForApproval) return 'approvalRequired';
  if (answer.status === 400 && error.message.includes('x-msft-approval-justification')) return 'approvalRequired';
  return reasons[answer.status] ?? 'badRequest';
}

/** By RFC 9110 (4xx), 4918 (423), 6585 (429) and 8470 (425). */
const reasons: Readonly<Record<number, Refused['why']>> = {
  401: 'denied',
  403: 'denied',
  404: 'notFound',
  409: 'busy',
  410: 'notFound',
  423: 'busy',
  425: 'busy',
  429: 'throttled',
};

function wordsOf(answer: Answer, error: ErrorBody): string {
  const code = [String(answer.status), error.code].filter(Boolean).join(' ');
  const activity = error.activityId === '' ? '' : ` (activity ${error.activityId})`;
  return [code, error.message].filter(Boolean).join(': ') + activity;
}
