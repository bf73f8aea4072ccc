import type { Content } from '../ports.ts';
import { cardType } from './content.ts';

/** An answer over HTTP, and the work that starts when it was sent. */
export interface Reply {
  readonly status: number;
  readonly body?: object;
  readonly afterwards?: () => Promise<void>;
}

/*
 * Bodies of an `adaptiveCard/action` answer, as "Universal Actions for Adaptive Cards" has them: HTTP 200 always, the
 * code in the body. The SDK would turn an error body into an HTTP error, which people see as "Unable to reach app".
 */

/** Replaces the card for the clicker, or shows a text below it. */
export function shown(content: Content): Reply {
  if ('card' in content) return { status: 200, body: { statusCode: 200, type: cardType, value: content.card } };
  return {
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: content.text },
  };
}

/** A click that we cannot read. */
export function unreadable(message: string): Reply {
  const value = { code: 'BadRequest', message };
  return { status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value } };
}
