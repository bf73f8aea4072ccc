import type { FastifyInstance } from 'fastify';
import { RateLimits } from '../limits.ts';
import type { World } from '../world.ts';
import { activityRoutes } from './activities.ts';
import { conversationRoutes } from './conversations.ts';
import { guard } from './gate.ts';
import type { ConnectorCall } from './gate.ts';
import { memberRoutes } from './members.ts';

/** Where the connector stands on our server; the real one has region and tenant there. */
export const connectorPrefix = '/emea';

/** The Bot Framework connector as Teams runs it. With `signed`, no call passes without a bearer token. */
export function connector(app: FastifyInstance, world: World, signed: boolean, calls: ConnectorCall[]): void {
  void app.register(
    (routes, _options, done) => {
      guard(routes, world, new RateLimits(() => world.now()), signed, calls);
      conversationRoutes(routes, world);
      activityRoutes(routes, world);
      memberRoutes(routes, world);
      done();
    },
    { prefix: connectorPrefix },
  );
}
