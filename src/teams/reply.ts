import { randomUUID } from 'node:crypto';
import type { Content } from '../ports.ts';
import { cardType } from './content.ts';
import type { SignIn } from './signIn.ts';

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

/**
 * Asks the client for a token of the clicker's, without asking them: it then brings the same click again, with the token.
 * No button for those whom it cannot sign in: it would lead to a sign-in that leaves the token with the Bot Framework.
 */
export function loginRequest({ resource: uri, connection: connectionName }: SignIn, text: string): Reply {
  const value = { text, connectionName, tokenExchangeResource: { id: randomUUID(), uri }, buttons: [] };
  return { status: 200, body: { statusCode: 401, type: 'application/vnd.microsoft.activity.loginRequest', value } };
}

/** A click that we cannot read. */
export function unreadable(message: string): Reply {
  const value = { code: 'BadRequest', message };
  return { status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value } };
}
