import type { FastifyRequest } from 'fastify';
import type { SandboxPerson } from '../company.ts';
import { claimsAbout, graphAudience, readToken, signToken } from '../tokens.ts';
import { findPerson } from './employees.ts';
import { gatewayError } from './graph-error.ts';
import type { GraphError } from './graph-error.ts';
import type { World } from './world.ts';

/** The app itself as the caller of Graph; every other caller is a person, by Entra object id. */
export const theApp = 'app';

const appToken = 'Bearer sandbox';

/** An access token with which Graph is called in this person's name, as on-behalf-of gets it. */
export const accessTokenFor = (person: SandboxPerson, scopes: string, now: number): string =>
  signToken({ ...claimsAbout(person, graphAudience, now), scp: scopes, idtyp: 'user' });

/** Whom the bearer token speaks for: `app`, or a person's object id. Throws Graph's 401 for a token that is not good. */
export function callerOf(world: World, request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === appToken) return theApp;
  if (!authorization) throw unauthorized('Access token is empty.');
  const read = readToken(authorization.replace(/^Bearer /, ''));
  if (!read?.isGenuine || read.claims['aud'] !== graphAudience) {
    throw unauthorized('Access token validation failure. Invalid audience.');
  }
  if (Number(read.claims['exp']) * 1_000 <= world.now()) {
    throw unauthorized('Lifetime validation failed, the token is expired.');
  }
  const person = findPerson(String(read.claims['oid']));
  if (!person) throw unauthorized('Access token validation failure.');
  return person.id;
}

function unauthorized(message: string): GraphError {
  return gatewayError(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': 'Bearer realm=""' });
}
