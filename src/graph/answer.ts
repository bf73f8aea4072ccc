import type { HttpResponse } from '../httpClient.ts';
import type { Instant } from '../model/person.ts';
import { parsed, text } from './json.ts';

/** What Graph answered to one request, alone or inside a `$batch`. */
export interface Answer {
  /** HTTP status; 0 where a `$batch` left the request without an answer. */
  readonly status: number;
  /** JSON where it was JSON, otherwise the text; undefined where there was none or it broke off. */
  readonly body: unknown;
  /** Graph's `request-id`; our `client-request-id` where Graph gave none. */
  readonly requestId: string;
  readonly retryAfterMs?: number;
  /** Id of the request that waits in Intune's Multi Admin Approval, from the header `x-msft-approval-code`. */
  readonly approvalCode?: string;
  /** False when the status came and the body broke off. */
  readonly whole: boolean;
}

/** Reads a header by its lower-case name. */
export type ReadHeader = (name: string) => string | undefined;

export const isOk = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;

/** Statuses that pass: the same that the client's own RetryHandler knows. */
export const isBusy = (status: number): boolean => status === 429 || status === 503 || status === 504;

/**
 * `Retry-After` in milliseconds: seconds, possibly a fraction (Graph's throttling page shows `2.128`), or an HTTP date.
 */
export function retryAfterMs(header: string | undefined, now: Instant): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(wait) ? undefined : Math.max(0, Math.ceil(wait));
}

/** An answer from its parts; `requestId` is what stands in when Graph gave none. */
export function answerOf(
  status: number,
  header: ReadHeader,
  body: unknown,
  context: { readonly requestId: string; readonly now: Instant; readonly whole: boolean },
): Answer {
  const retryAfter = retryAfterMs(header('retry-after'), context.now);
  const approvalCode = header('x-msft-approval-code');
  return {
    status,
    body,
    requestId: header('request-id') ?? context.requestId,
    whole: context.whole,
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
    ...(approvalCode === undefined ? {} : { approvalCode }),
  };
}

/** The answer in a response that came on its own. */
export function answerFrom({ status, headers, body }: HttpResponse, requestId: string, now: Instant): Answer {
  const header: ReadHeader = (name) => text(headers[name]) || undefined;
  const read = body === undefined || body === '' ? undefined : (parsed(body) ?? body);
  return answerOf(status, header, read, { requestId, now, whole: body !== undefined });
}
