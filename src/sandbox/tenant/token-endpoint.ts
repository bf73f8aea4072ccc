import type { FastifyInstance } from 'fastify';
import { EntraError, missingParameter } from './entra-error.ts';
import { onBehalfOf } from './on-behalf-of.ts';
import type { World } from './world.ts';

/**
 * Entra's `POST /{tenantId}/oauth2/v2.0/token`, for on-behalf-of alone. What comes here is not among the recorded
 * requests: it would be nothing but credentials.
 */
export function addTokenEndpoint(app: FastifyInstance, world: World): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof EntraError)) throw error;
    const correlationId = String(request.headers['client-request-id'] ?? request.id);
    return reply.code(error.status).send(error.body(world.now(), request.id, correlationId));
  });
  app.post<{ Params: { tenantId: string } }>('/:tenantId/oauth2/v2.0/token', (request, reply) => {
    const form = formOf(request.headers['content-type'], request.body);
    return reply.header('Cache-Control', 'no-store').send(onBehalfOf(world, request.params.tenantId, form));
  });
}

function formOf(type: string | undefined, body: unknown): Readonly<Record<string, string>> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(type ?? '') || typeof body !== 'string') {
    throw missingParameter('grant_type');
  }
  return Object.fromEntries(new URLSearchParams(body));
}
