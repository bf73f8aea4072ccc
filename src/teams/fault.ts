import { NoAnswer } from '../httpClient.ts';
import { objectIn, textIn } from './foreign.ts';

/**
 * A call to the connector that did not succeed. `status` 0: no answer came. `left` false: the call provably never
 * left us. Deliberately no RestError: the SDK's pipeline sends a call that failed with one again by itself (three
 * more times on 5xx and resets, POSTs included), and a message would stand there twice.
 */
export class ConnectorFault extends Error {
  readonly status: number;
  /** Teams' error code: `BotNotInConversationRoster`, `ActivityNotFoundInConversation` …; may be empty. */
  readonly code: string;
  readonly left: boolean;
  /** The `Retry-After` header as it came: seconds or an HTTP date. */
  readonly retryAfter: string | undefined;

  constructor(facts: { status: number; code: string; left: boolean; retryAfter?: string | undefined; why?: string }) {
    super(`Connector: ${String(facts.status)} ${facts.code}`.trim() + (facts.why ? `: ${facts.why}` : ''));
    this.name = 'ConnectorFault';
    this.status = facts.status;
    this.code = facts.code;
    this.left = facts.left;
    this.retryAfter = facts.retryAfter;
  }
}

/** The fault for an answer other than 2xx; `body` is `{ error: { code, message } }` where Teams wrote it. */
export function faultOfAnswer(status: number, body: string, retryAfter: string | undefined): ConnectorFault {
  return new ConnectorFault({ status, code: codeIn(body), left: true, retryAfter });
}

/** The fault for a call without an answer: a time-out, a reset, a name that does not resolve. */
export function faultOfSilence(error: unknown): ConnectorFault {
  if (error instanceof NoAnswer) return new ConnectorFault({ status: 0, code: error.code, left: error.left });
  return new ConnectorFault({ status: 0, code: textIn(objectIn(error)?.['name']) || 'unknown', left: true });
}

/** The fault for a call that could not be signed: without a token of ours nothing is sent. */
export function faultOfCredential(error: unknown): ConnectorFault {
  const why = error instanceof Error ? (error.message.split('\n')[0] ?? '').slice(0, 300) : 'unknown';
  return new ConnectorFault({ status: 0, code: 'NoToken', left: false, why });
}

/** Whether it may work later: "Status codes from bot conversational APIs" in Teams' documentation; 500 is final there. */
export function mayPass({ status }: ConnectorFault): boolean {
  return status === 0 || [412, 429, 502, 503, 504].includes(status);
}

/** Milliseconds that the far side asked us to wait; undefined where it did not say. */
export function waitAskedFor({ retryAfter = '' }: ConnectorFault, now: number): number | undefined {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

function codeIn(body: string): string {
  try {
    const answer = objectIn(JSON.parse(body)) ?? {};
    return textIn(objectIn(answer['error'])?.['code']).slice(0, 100);
  } catch {
    return '';
  }
}
