import { compose, messageFields } from './compose.ts';
import type { SayOptions } from './compose.ts';
import { channelDataOf, inbound } from './inbound.ts';
import type { StoredMessage } from './messages.ts';
import type { Activity, BotAnswer, Json } from './protocol.ts';
import type { PersonKey } from './rooms.ts';
import { hears } from './say.ts';
import type { World } from './world.ts';

const post = (world: World, activity: Activity, heard: boolean): Promise<BotAnswer | undefined> =>
  heard ? world.bot.post(activity) : Promise.resolve(undefined);

function own(message: StoredMessage, who: PersonKey): void {
  if (message.from !== who) throw new Error(`Teams lets nobody but its author change message ${message.id}`);
}

/** The author rewrites the message. */
export async function edit(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  typed: string,
  options: SayOptions = {},
): Promise<BotAnswer | undefined> {
  own(message, who);
  const { room } = message.place;
  const composed = compose(world, room, typed, options);
  const activity = inbound(world, 'messageUpdate', who, message.place, {
    id: message.id,
    ...messageFields(composed, options.html),
    channelData: channelDataOf(message.place, { eventType: 'editMessage' }),
  });
  world.messages.change(message, { text: composed.text, mentions: composed.mentions, edited: true });
  return post(world, activity, hears(world, message, composed.mentionsBot));
}

/** The author takes the message back. */
export async function remove(world: World, who: PersonKey, message: StoredMessage): Promise<BotAnswer | undefined> {
  own(message, who);
  const mentioned = (message.mentions ?? []).some((mention) => mention.mentioned.id === world.directory.bot.id);
  const activity = inbound(world, 'messageDelete', who, message.place, {
    id: message.id,
    channelData: channelDataOf(message.place, { eventType: 'softDeleteMessage' }),
  });
  world.messages.change(message, { deleted: true });
  return post(world, activity, hears(world, message, mentioned));
}

/** Gives a reaction, or takes it back when it was given. The bot hears of those to its own messages only. */
export async function react(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  type: string,
): Promise<BotAnswer | undefined> {
  const givers = message.reactions.get(type) ?? new Set();
  const added = !givers.delete(who);
  if (added) givers.add(who);
  message.reactions.set(type, givers);
  world.messages.touch(message);
  const change: Json = added ? { reactionsAdded: [{ type }] } : { reactionsRemoved: [{ type }] };
  const activity = inbound(world, 'messageReaction', who, message.place, { replyToId: message.id, ...change });
  return post(world, activity, message.from === 'bot' && hears(world, message, true));
}
