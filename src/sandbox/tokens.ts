import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { tenantId } from './company.ts';
import type { SandboxPerson } from './company.ts';

/**
 * Both halves of the sandbox sign with it and it stands here for everyone to read, so a token made with it proves
 * nothing to anybody else: it is worthless outside the sandbox.
 */
const worthlessKey = 'worthless outside the sandbox';

/** Whom a person's assertion is for: the bot, by the application ID URI that its Teams manifest names. */
export const botAudience = 'api://botid-device-desk';
/** Whom an access token is for. */
export const graphAudience = 'https://graph.microsoft.com';
/** Who signs, as Entra's v2.0 tokens say. */
export const issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;

/** How long an assertion and an access token live, in ms. */
export const tokenLifetimeMs = 3_600_000;

/** What a token says, by the names of JWT and Entra; times in seconds since epoch. */
export interface Claims {
  readonly aud: string;
  readonly iss: string;
  readonly tid: string;
  readonly oid: string;
  readonly name: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly [claim: string]: unknown;
}

/** A token that could be read; `isGenuine` tells whether the sandbox signed it. */
export interface ReadToken {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly isGenuine: boolean;
}

/** What every token about a person says. `now` in ms since epoch. */
export function claimsAbout(person: SandboxPerson, aud: string, now: number): Claims {
  const seconds = Math.floor(now / 1_000);
  return {
    aud,
    iss: issuer,
    tid: tenantId,
    oid: person.id,
    name: person.displayName,
    preferred_username: person.userPrincipalName,
    iat: seconds,
    nbf: seconds,
    exp: seconds + tokenLifetimeMs / 1_000,
    uti: randomUUID(),
    ver: '2.0',
  };
}

/** What Entra hands to a Teams client that asks for the bot in a person's name; `changed` makes it a wrong one. */
export function assertionFor(person: SandboxPerson, now: number, changed: Partial<Claims> = {}): string {
  return signToken({ ...claimsAbout(person, botAudience, now), scp: 'access_as_user', ...changed });
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signatureOf = (signed: string): Buffer => createHmac('sha256', worthlessKey).update(signed).digest();

export function signToken(claims: Claims): string {
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: 'sandbox' })}.${part(claims)}`;
  return `${signed}.${signatureOf(signed).toString('base64url')}`;
}

/** Undefined for what is no JWT. */
export function readToken(token: string): ReadToken | undefined {
  const [head, body, signature, ...more] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) return undefined;
  const claims = parsed(body);
  if (!parsed(head) || !claims) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(`${head}.${body}`);
  return { claims, isGenuine: given.length === right.length && timingSafeEqual(given, right) };
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
