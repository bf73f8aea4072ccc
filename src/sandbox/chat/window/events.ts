import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Change } from '../changes.ts';
import { isPerson, personKeys, placeFor, roomKeys } from '../rooms.ts';
import type { PersonKey, Place } from '../rooms.ts';
import { view } from '../view.ts';
import { scopeOf } from '../world.ts';
import type { World } from '../world.ts';

const isSeenBy = (who: PersonKey, { owner }: Place): boolean => owner === undefined || owner === who;

/** The switches, and where the app is installed. */
export const stateOf = (world: World) => ({
  faults: world.faults,
  installed: {
    group: world.installed.has('group'),
    team: world.installed.has('team'),
    personal: personKeys.filter((who) => world.installed.has(scopeOf(placeFor('personal', who)))),
  },
});

function eventFor(world: World, who: PersonKey, change: Change): [string, unknown] | undefined {
  // Old clients draw other cards, so a switch that was turned may change every message.
  if (change.is === 'state') return snapshotFor(world, who);
  if (change.is === 'typing') return isSeenBy(who, change.place) ? ['typing', change.place] : undefined;
  if (change.is === 'settled') return undefined;
  const message = world.messages.byId(change.id);
  return message && isSeenBy(who, message.place) ? ['message', view(world, message, who)] : undefined;
}

function snapshotFor(world: World, who: PersonKey): [string, unknown] {
  const stored = roomKeys.flatMap((room) => world.messages.in(room, who));
  return ['snapshot', { messages: stored.map((message) => view(world, message, who)), ...stateOf(world) }];
}

const write = (response: ServerResponse, [event, data]: [string, unknown]): void => {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
};

/** Server-sent events for one person: `snapshot` first and after each turned switch, `message` and `typing` as they come. */
export function eventRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: { me?: string; zone?: string } }>('/api/events', ({ query: { me, zone } }, reply) => {
    if (!isPerson(me)) return reply.code(400).send({ error: 'me: nobody of that name' });
    if (zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone ?? '')) world.zone = zone ?? world.zone;
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    write(response, snapshotFor(world, me));
    const stopListening = world.changes.listen((change) => {
      const event = eventFor(world, me, change);
      if (event) write(response, event);
    });
    const end = () => {
      stopListening();
      response.end();
    };
    world.stopped.addEventListener('abort', end, { once: true });
    response.on('close', () => {
      stopListening();
      world.stopped.removeEventListener('abort', end);
    });
  });
}
