import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { StoredMessage } from '../messages.ts';
import type { Activity } from '../protocol.ts';
import type { Place } from '../rooms.ts';
import { scopeOf } from '../world.ts';
import type { World } from '../world.ts';
import { readActivity, readContents } from './content.ts';
import {
  ConnectorError,
  activityNotFound,
  badArgument,
  conversationNotFound,
  notInRoster,
  writesBlocked,
} from './errors.ts';

interface ConversationParams {
  conversationId: string;
  activityId?: string;
}

/** The conversation, if it exists and the bot may still speak there. */
export function openPlace(world: World, conversationId: string, use: 'read' | 'write'): Place {
  const place = world.directory.placeOf(conversationId);
  if (!place) throw conversationNotFound();
  if (!world.installed.has(scopeOf(place))) {
    throw use === 'write' && place.room === 'personal' ? writesBlocked() : notInRoster();
  }
  const { thread } = place;
  if (thread !== undefined && !world.messages.find({ room: place.room }, thread)) throw conversationNotFound();
  return place;
}

function openFor(world: World, request: FastifyRequest): Place {
  const { conversationId } = request.params as ConversationParams;
  // Shown to everybody, a message for one person alone would be a leak that no test notices.
  if ('isTargetedActivity' in (request.query as object)) throw badArgument('No targeted messages in the chat window.');
  return openPlace(world, conversationId, 'write');
}

/** Posts for the bot. No id when Teams makes two messages of one activity (conversation-messages.md of the Teams docs). */
export function postFromBot(world: World, place: Place, activity: Activity): StoredMessage | undefined {
  const [first, ...others] = readContents(activity).map((content) => world.messages.add(place, 'bot', content));
  return others.length === 0 ? first : undefined;
}

function ownMessage(world: World, request: FastifyRequest): StoredMessage {
  const place = openFor(world, request);
  const { activityId = '' } = request.params as ConversationParams;
  if (request.method === 'PUT' && world.faults.updatesNotFound > 0) {
    world.faults.updatesNotFound -= 1;
    world.changes.tell({ is: 'state' });
    throw activityNotFound();
  }
  const message = world.messages.find(place, activityId);
  if (!message || message.deleted) throw activityNotFound();
  if (message.from !== 'bot') throw new ConnectorError(403, 'NotEnoughPermissions', 'Not the author of the activity.');
  return message;
}

/** Sending, editing and deleting. The id of the activity that is replied to routes nothing in Teams. */
export function activityRoutes(app: FastifyInstance, world: World): void {
  const send = (request: FastifyRequest) => {
    const place = openFor(world, request);
    const activity = readActivity(request.body);
    if (activity.type === 'typing') {
      world.changes.tell({ is: 'typing', place });
      return undefined;
    }
    return { id: postFromBot(world, place, activity)?.id };
  };
  for (const url of [
    '/v3/conversations/:conversationId/activities',
    '/v3/conversations/:conversationId/activities/:activityId',
  ]) {
    app.post(url, (request, reply) => {
      const sent = send(request);
      return sent ? reply.code(201).send(sent) : reply.code(202).send();
    });
  }
  app.put('/v3/conversations/:conversationId/activities/:activityId', (request) => {
    const activity = readActivity(request.body);
    const message = ownMessage(world, request);
    const [content = {}, ...others] = readContents(activity);
    if (others.length > 0) throw badArgument('An edit is text or one card.');
    world.messages.replace(message, content);
    return { id: message.id };
  });
  app.delete('/v3/conversations/:conversationId/activities/:activityId', (request, reply) => {
    world.messages.change(ownMessage(world, request), { deleted: true });
    return reply.code(200).send();
  });
}
