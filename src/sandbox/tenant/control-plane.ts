import type { FastifyInstance } from 'fastify';
import { begin, newMorning } from './beginnings.ts';
import { fateTable } from './fleet.ts';
import type { Memory } from './memory.ts';
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
}
