import type { FastifyInstance } from 'fastify';
import { assertionFor } from '../tokens.ts';
import { begin, newMorning } from './beginnings.ts';
import { isObject } from './body.ts';
import { findPerson } from './employees.ts';
import { fateTable } from './fleet.ts';
import { GraphError } from './graph-error.ts';
import type { Memory } from './memory.ts';
import { doInPortal } from './portal.ts';
import type { World } from './world.ts';

/**
 * For those who try things out; nothing of Graph, and no token needed. What was issued in secret is not to be had
 * here, or the leak tests would be a leak themselves.
 */
export function addControlPlane(app: FastifyInstance, world: World, memory?: Memory): void {
  app.get('/_sandbox/requests', () => world.requests);
  app.get('/_sandbox/devices', () => fateTable);
  app.post('/_sandbox/reset', (_request, reply) => {
    const morning = newMorning(world.now);
    memory?.beginAgain(morning);
    begin(world, morning);
    return reply.code(204).send();
  });
  app.post('/_sandbox/portal', (request, reply) => {
    doInPortal(world, (moment) => memory?.keep(moment), request.body);
    return reply.code(204).send();
  });
  addSignIn(app, world);
  app.setErrorHandler((error, _request, reply) => {
    const status =
      error instanceof GraphError ? error.answer.status : ((error as { statusCode?: number }).statusCode ?? 500);
    return reply.code(status).send({ error: error instanceof Error ? error.message : String(error) });
  });
}

/** What plays a part in signing in: the Teams client, and the administrator who consents. */
function addSignIn(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: { person?: string } }>('/_sandbox/assertion', ({ query }, reply) => {
    const person = findPerson(query.person ?? '');
    if (person) return { assertion: assertionFor(person, world.now()) };
    const error = '?person= takes an object id or user principal name of the company.';
    return reply.code(404).send({ error });
  });
  app.get('/_sandbox/consent', () => ({ given: world.consent }));
  app.post('/_sandbox/consent', ({ body }, reply) => {
    const given = isObject(body) ? body['given'] : undefined;
    if (typeof given !== 'boolean') return reply.code(400).send({ error: 'Send {"given": true} or {"given": false}.' });
    world.consent = given;
    return reply.code(204).send();
  });
}
