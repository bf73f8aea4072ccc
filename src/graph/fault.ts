import { GraphFault } from '../ports.ts';
import type { Answer } from './answer.ts';
import { CallFailed } from './call-failed.ts';
import { errorOf } from './error-body.ts';
import type { Ask } from './line.ts';
import { redacted } from './odata.ts';

/** The fault for an answer that is none of use. Tells code and ids; Graph's own words may quote names. */
export function faultOf(ask: Ask, answer: Answer): GraphFault {
  const error = errorOf(answer.body);
  const activity = error.activityId === '' ? '' : `, activity ${error.activityId}`;
  const what = `${ask.method} ${redacted(ask.path)} answered ${String(answer.status)} ${error.code}`.trim();
  return new GraphFault(reasonOf(answer.status), `${what} (request ${answer.requestId}${activity})`);
}

function reasonOf(status: number): GraphFault['reason'] {
  if (status === 401 || status === 403) return 'denied';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unreachable' : 'unexpected';
}

/** The fault for a call without an answer. */
export function faultFrom(ask: Ask, error: unknown): unknown {
  if (!(error instanceof CallFailed)) return error;
  const reason = error.why === 'noToken' ? 'notSignedIn' : 'unreachable';
  return new GraphFault(reason, `${ask.method} ${redacted(ask.path)}: ${error.message}`);
}
