import type { Person } from '../model/person.ts';
import { objectIn, textIn, type Foreign } from './foreign.ts';

/** What Teams must know to sign a person in for us ("single sign-on"). */
export interface SignIn {
  /** Application ID URI of what the token is to be for: `api://botid-<client id>`. */
  readonly resource: string;
  /** Name of the Azure Bot's OAuth connection; empty where there is none, as the token is exchanged by ourselves. */
  readonly connection: string;
  /** What such a token may name as its audience: the URI, or (version 2 of Entra's tokens) the client id. */
  readonly audiences: readonly string[];
}

/** `unusable`: something was brought that cannot be what was asked for; `why` is for the log. */
export type Authentication =
  | { readonly is: 'none' }
  | { readonly is: 'signedIn'; readonly assertion: string }
  | { readonly is: 'unusable'; readonly why: 'code' | 'unreadable' | 'audience' | 'person' };

/** Characters; Entra's tokens have 1 to 3 thousand, more with many groups in them. */
const longestToken = 16 * 1024;

/**
 * The sign-in that a click brings: `value.authentication` is `{ id, connectionName, token }` (Teams docs, "Add code to
 * enable SSO for Adaptive Cards Universal Actions"). The token must name the clicker and us. That it is genuine, Entra
 * says when it is exchanged; until then it opens nothing.
 */
export function readAuthentication(value: unknown, person: Person, signIn: SignIn | undefined): Authentication {
  const invoke = objectIn(value) ?? {};
  if (!signIn) return { is: 'none' };
  const { authentication, state } = invoke;
  // A code that a client typed off a page: we have none that asks for it.
  if (authentication === undefined || authentication === null)
    return textIn(state) === '' ? { is: 'none' } : { is: 'unusable', why: 'code' };
  const assertion = textIn(objectIn(authentication)?.['token']);
  const claims = claimsOf(assertion);
  if (!claims) return { is: 'unusable', why: 'unreadable' };
  if (!isOneOf(claims['aud'], signIn.audiences)) return { is: 'unusable', why: 'audience' };
  const isTheirs = isOneOf(claims['oid'], [person.id]) && isOneOf(claims['tid'], [person.tenantId]);
  return isTheirs ? { is: 'signedIn', assertion } : { is: 'unusable', why: 'person' };
}

/** Case aside: all of them are GUIDs or host-like. */
const isOneOf = (claim: unknown, known: readonly string[]): boolean =>
  textIn(claim) !== '' && known.some((one) => one.toLowerCase() === textIn(claim).toLowerCase());

/** What a JWT says, its signature unseen; undefined for what is none. */
function claimsOf(token: string): Foreign | undefined {
  if (token.length > longestToken || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
  try {
    return objectIn(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}
