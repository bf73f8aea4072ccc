import { tenantId } from '../company.ts';
import type { SandboxPerson } from '../company.ts';
import { botAudience, graphAudience, issuer, readToken, tokenLifetimeMs } from '../tokens.ts';
import { accessTokenFor } from './caller.ts';
import { findPerson } from './employees.ts';
import { EntraError, invalidGrant, missingParameter } from './entra-error.ts';
import type { World } from './world.ts';

/** What the token endpoint answers when it says yes; `expires_in` in seconds. */
export interface TokenAnswer {
  readonly token_type: 'Bearer';
  readonly scope: string;
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
}

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const scopePrefix = `${graphAudience}/`;

/**
 * The on-behalf-of grant as Entra documents it (identity platform, "OAuth 2.0 On-Behalf-Of flow"): a person's assertion
 * for the bot becomes an access token with which Graph acts as that person. Which app asks is not looked at more
 * closely, as in sandbox mode no app is registered. Throws EntraError.
 */
export function onBehalfOf(world: World, tenant: string, form: Readonly<Record<string, string>>): TokenAnswer {
  checkTenant(tenant);
  checkForm(form);
  checkClient(form);
  const scope = grantedScope(needed(form, 'scope'));
  const person = personBehind(world, needed(form, 'assertion'));
  checkConsent(world, needed(form, 'client_id'));
  const seconds = tokenLifetimeMs / 1_000;
  return {
    token_type: 'Bearer',
    scope,
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: accessTokenFor(person, scope, world.now()),
  };
}

function needed(form: Readonly<Record<string, string>>, name: string): string {
  const value = form[name];
  if (!value) throw missingParameter(name);
  return value;
}

function checkTenant(tenant: string): void {
  if (tenant.toLowerCase() === tenantId || tenant.toLowerCase() === 'contoso.example') return;
  throw new EntraError(
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`,
  );
}

function checkForm(form: Readonly<Record<string, string>>): void {
  const grant = needed(form, 'grant_type');
  if (grant !== grantType) {
    throw new EntraError('unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`);
  }
  if (needed(form, 'requested_token_use') !== 'on_behalf_of') {
    throw new EntraError('invalid_request', 90023, "'requested_token_use' must be 'on_behalf_of'.");
  }
}

function checkClient(form: Readonly<Record<string, string>>): void {
  needed(form, 'client_id');
  if (form['client_secret']) return;
  if (!form['client_assertion']) {
    const text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    throw new EntraError('invalid_client', 7000218, text);
  }
  if (needed(form, 'client_assertion_type') !== assertionType) {
    throw new EntraError('invalid_request', 90023, `'client_assertion_type' must be '${assertionType}'.`);
  }
}

/** Scopes of Graph only, each by its full name; OpenID's own may stand beside them. */
function grantedScope(asked: string): string {
  const scopes = asked.split(' ').filter((one) => !['', 'openid', 'profile', 'offline_access'].includes(one));
  const foreign = scopes.find((one) => !one.startsWith(scopePrefix) || one === scopePrefix);
  if (scopes.length > 0 && foreign === undefined) return scopes.join(' ');
  throw new EntraError(
    'invalid_scope',
    70011,
    `The provided value for the input parameter 'scope' isn't valid. The scope ${foreign ?? asked} isn't valid.`,
  );
}

function personBehind(world: World, assertion: string): SandboxPerson {
  const read = readToken(assertion);
  if (!read) throw new EntraError('invalid_request', 50027, 'JWT token is invalid or malformed.');
  const { claims, isGenuine } = read;
  if (!isGenuine) {
    throw invalidGrant(
      50013,
      'Assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value.]',
    );
  }
  if (claims['aud'] !== botAudience) {
    throw invalidGrant(
      500131,
      `Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was '${String(claims['aud'])}' and the expected audience is '${botAudience}'.`,
    );
  }
  if (!(Number(claims['exp']) * 1_000 > world.now())) {
    throw invalidGrant(
      500133,
      'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
    );
  }
  return memberNamed(claims);
}

function memberNamed(claims: Readonly<Record<string, unknown>>): SandboxPerson {
  const person = findPerson(String(claims['oid']));
  if (claims['tid'] !== tenantId || claims['iss'] !== issuer) {
    throw invalidGrant(
      50020,
      "User account from identity provider does not exist in tenant 'Contoso' and cannot access the application.",
    );
  }
  if (!person)
    throw invalidGrant(50034, `The user account ${String(claims['oid'])} does not exist in the ${tenantId} directory.`);
  // The app demands that people are assigned to it, and nobody has assigned a guest.
  if (person.userType === 'Guest') {
    throw invalidGrant(
      50105,
      "Your administrator has configured the application 'Device Desk' to block users unless they are specifically granted ('assigned') access to the application.",
    );
  }
  return person;
}

function checkConsent(world: World, clientId: string): void {
  if (world.consent) return;
  const text = `The user or administrator has not consented to use the application with ID '${clientId}' named 'Device Desk'. Send an interactive authorization request for this user and resource.`;
  throw invalidGrant(65001, text, 'consent_required');
}
