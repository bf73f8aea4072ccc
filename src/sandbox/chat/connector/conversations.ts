import type { FastifyInstance } from 'fastify';
import { tenantId } from '../../company.ts';
import { isJson } from '../protocol.ts';
import type { Json } from '../protocol.ts';
import { isChannel, placeFor } from '../rooms.ts';
import { scopeOf } from '../world.ts';
import type { World } from '../world.ts';
import { openPlace, postFromBot } from './activities.ts';
import { readActivity } from './content.ts';
import { badArgument, conversationNotFound, notInRoster } from './errors.ts';

const child = (value: unknown, key: string): unknown => (isJson(value) ? value[key] : undefined);

/** A new post in a channel: `id` is that of its thread, `activityId` that of the message. */
function createPost(world: World, channelId: string, body: Json): Json {
  const place = openPlace(world, channelId, 'write');
  if (!isChannel(place.room) || place.thread !== undefined) throw badArgument('channelData.channel.id is no channel.');
  const message = postFromBot(world, place, readActivity(body['activity']));
  if (!message) return { id: channelId };
  return { id: world.directory.conversationId(message.place), activityId: message.id };
}

/** A chat with one person who has the app; the same conversation each time. */
function createChat(world: World, body: Json): Json {
  const members: unknown = body['members'];
  const tenant = body['tenantId'] ?? child(child(body['channelData'], 'tenant'), 'id');
  if (tenant !== tenantId) throw badArgument('A tenantId is needed, and it must be that of the member.');
  if (!Array.isArray(members) || members.length !== 1) throw badArgument('Bots cannot create group chats.');
  const id = String(child(members[0], 'id'));
  const who = world.directory.find(id);
  if (!who || id.includes('@')) throw badArgument(`No such user: ${id}`);
  const place = placeFor('personal', who);
  if (!world.installed.has(scopeOf(place))) throw notInRoster();
  const conversationId = world.directory.conversationId(place);
  if (body['activity'] === undefined) return { id: conversationId };
  const message = postFromBot(world, place, readActivity(body['activity']));
  return { id: conversationId, ...(message && { activityId: message.id }) };
}

/** `createConversation`. Bots reach people and channels with it; neither group chats nor new channels. */
export function conversationRoutes(app: FastifyInstance, world: World): void {
  app.post('/v3/conversations', (request, reply) => {
    const { body } = request;
    if (!isJson(body)) throw badArgument('ConversationParameters are missing.');
    const channel = child(child(body['channelData'], 'channel'), 'id');
    if (channel !== undefined && typeof channel !== 'string') throw conversationNotFound();
    return reply.code(201).send(channel === undefined ? createChat(world, body) : createPost(world, channel, body));
  });
}
