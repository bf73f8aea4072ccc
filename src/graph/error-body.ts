import { parsed, record, text } from './json.ts';

/** Graph's error body, in one form for Intune's JSON-in-a-string and the gateway's plain text. */
export interface ErrorBody {
  /** `error.code`: BadRequest, Forbidden, TooManyRequests, … */
  readonly code: string;
  /** Cleaned: one line, no support tail, no internal addresses, nothing that looks like a token. */
  readonly message: string;
  /** Intune's id for Microsoft's support; empty where there is none. */
  readonly activityId: string;
  /** `innerError.request-id`. */
  readonly requestId: string;
  /** The least scope of "one of the following scopes: …" (microsoft-graph-docs issue 10548). */
  readonly missingScope?: string;
}

/**
 * Reads `{error:{code,message,innerError}}`. Intune's `message` is itself a JSON document in a string, with the words in
 * `Message` and a tail " - Operation ID … - Activity ID: … - Url: …" (microsoft-graph-docs issue 12967).
 */
export function errorOf(body: unknown): ErrorBody {
  const error = record(record(body).error);
  const outer = typeof body === 'string' ? body : text(error.message);
  const inner = record(outer.trimStart().startsWith('{') ? parsed(outer) : undefined);
  const words = text(inner.Message) || text(inner.message) || outer;
  const scopes = /one of the following scopes:\s*([A-Za-z]+(?:\.[A-Za-z]+)+)/.exec(words)?.[1];
  return {
    code: oneLine(text(error.code)).slice(0, 80),
    message: clean(words),
    activityId: /Activity ID:\s*([0-9a-f-]{36})/i.exec(words)?.[1] ?? '',
    requestId: text(record(error.innerError).requestId) || text(record(error.innerError)['request-id']),
    ...(scopes === undefined ? {} : { missingScope: scopes }),
  };
}

/** A line for the log: a far side that echoes our token, or a page of HTML, must not get further than this. */
const clean = (words: string): string =>
  oneLine(words.split(' - Operation ID')[0] ?? '')
    .replace(/Bearer\s+\S+/gi, 'Bearer …')
    .replace(/eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '…')
    .slice(0, 300);

const oneLine = (words: string): string => words.replace(/[\p{Cc}\s]+/gu, ' ').trim();
