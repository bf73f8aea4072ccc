import { compose, messageFields } from './compose.ts';
import type { Composed, SayOptions } from './compose.ts';
import { takeTwice } from './faults.ts';
import { eventId, inbound } from './inbound.ts';
import { openRoom } from './install.ts';
import type { StoredMessage } from './messages.ts';
import type { Activity, BotAnswer } from './protocol.ts';
import { isChannel, placeFor } from './rooms.ts';
import type { PersonKey, RoomKey } from './rooms.ts';
import { scopeOf } from './world.ts';
import type { World } from './world.ts';

/** What became of something that a person did. */
export interface Delivery {
  /** The activity as the bot got it, or would have got it. */
  activity: Activity;
  /** Id of the message in the window. */
  messageId: string;
  /** In a channel: id of the thread's root message. */
  thread?: string;
  /** False when Teams keeps it from the bot: not mentioned, or the app is not installed there. */
  reachedBot: boolean;
  /** One per POST to the bot; two when the delivery was doubled or repeated. */
  answers: BotAnswer[];
}

/** Posts a message to the bot; once more when it is late, and twice when the switch says so. */
async function deliverMessage(world: World, activity: Activity): Promise<BotAnswer[]> {
  const again = takeTwice(world.faults, 'messageTwice');
  const copies =
    again === 'no' ? [activity] : [activity, again === 'sameId' ? activity : { ...activity, id: eventId() }];
  if (copies.length > 1) world.changes.tell({ is: 'state' });
  const answers = copies.map(async (copy) => {
    const answer = world.bot.post(copy);
    const timer = setTimeout(() => void world.bot.post(copy), world.patience.message);
    return answer.finally(() => clearTimeout(timer));
  });
  return Promise.all(answers);
}

/** Teams shows the reader nothing of this; a newcomer with a bot that is not running needs to know. */
function troubleOf(answers: BotAnswer[]): string | undefined {
  const bad = answers.find(({ status }) => status === undefined || status >= 400);
  if (!bad) return undefined;
  return bad.status === undefined ? `The bot was not reached: ${bad.error}` : `The bot answered ${bad.status}`;
}

const mentionCounts = new WeakMap<World, number>();

function everySecond(world: World, { mentions }: Composed): boolean {
  if (mentions.length === 0) return false;
  const count = (mentionCounts.get(world) ?? 0) + 1;
  mentionCounts.set(world, count);
  return count % 2 === 0;
}

/** Types a message. Writing to the bot in a personal chat installs the app, as opening the chat does. */
export async function say(
  world: World,
  who: PersonKey,
  room: RoomKey,
  typed: string,
  options: SayOptions = {},
): Promise<Delivery> {
  const place = placeFor(room, who, options.thread);
  if (room === 'personal' && !world.installed.has(scopeOf(place))) await openRoom(world, who, room);
  const composed = compose(world, room, typed, options);
  const message = world.messages.add(
    place,
    who,
    { text: composed.text, textFormat: 'plain', mentions: composed.mentions },
    options.id,
  );
  const fields = messageFields(composed, options.html, everySecond(world, composed));
  const activity = inbound(world, 'message', who, message.place, { id: message.id, ...fields });
  const reachedBot = hears(world, message, composed.mentionsBot);
  const answers = reachedBot ? await deliverMessage(world, activity) : [];
  return settle(world, message, { activity, reachedBot, answers });
}

/** The bot gets what is said in its installed scopes; outside personal chats only when it is mentioned. */
export const hears = (world: World, { place }: StoredMessage, mentionsBot: boolean): boolean =>
  world.installed.has(scopeOf(place)) && (place.room === 'personal' || mentionsBot);

function settle(
  world: World,
  message: StoredMessage,
  result: Pick<Delivery, 'activity' | 'reachedBot' | 'answers'>,
): Delivery {
  const trouble = troubleOf(result.answers);
  if (trouble !== undefined) world.messages.change(message, { trouble });
  const { thread } = message.place;
  return { ...result, messageId: message.id, ...(isChannel(message.place.room) && thread !== undefined && { thread }) };
}

/** A click on an Action.Submit: a message without text, whose `value` is the card's data. */
export async function submit(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  fields: Partial<Activity>,
): Promise<BotAnswer[]> {
  const activity = inbound(world, 'message', who, message.place, {
    id: world.messages.nextId(),
    replyToId: message.id,
    ...fields,
  });
  return deliverMessage(world, activity);
}
