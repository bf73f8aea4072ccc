import { asText, clickOn } from './cards.ts';
import type { ActionMark } from './cards.ts';
import { takeTwice } from './faults.ts';
import { eventId, inbound } from './inbound.ts';
import type { StoredMessage, ViewerState } from './messages.ts';
import { adaptiveCardType, isJson } from './protocol.ts';
import type { BotAnswer, Json } from './protocol.ts';
import type { PersonKey } from './rooms.ts';
import { say, submit } from './say.ts';
import { cardFor } from './view.ts';
import { scopeOf } from './world.ts';
import type { World } from './world.ts';

/** What a click came to. */
export interface InvokeAnswer {
  /** What the clicker sees of the answer; `nothing` for an Action.Submit, which is a message and gets no answer. */
  shown: 'card' | 'message' | 'error' | 'failure' | 'nothing';
  card?: Json;
  /** The text under the card: the bot's message or error, or Teams' own words for a failure. */
  text?: string;
  /** One per POST to the bot; two when the invoke was doubled. */
  answers: BotAnswer[];
}

export const failureText = 'Something went wrong. Please try again.';

/** Bodies per https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model */
export function readAnswer({ status, body }: BotAnswer): Omit<InvokeAnswer, 'answers'> {
  const failure = { shown: 'failure' as const, text: failureText };
  if (status !== 200 || !isJson(body)) return failure;
  const { statusCode, type, value } = body;
  if (statusCode === 200 && type === adaptiveCardType && isJson(value) && value['type'] === 'AdaptiveCard') {
    return { shown: 'card', card: value };
  }
  if (statusCode === 200 && type === 'application/vnd.microsoft.activity.message' && typeof value === 'string') {
    return { shown: 'message', text: value };
  }
  const isError = (statusCode === 400 || statusCode === 500) && type === 'application/vnd.microsoft.error';
  return isError && isJson(value) && typeof value['message'] === 'string'
    ? { shown: 'error', text: value['message'] }
    : failure;
}

function stateAfter(answer: Omit<InvokeAnswer, 'answers'>): Partial<ViewerState> {
  const clean = { note: undefined, error: undefined };
  if (answer.shown === 'card') return { ...clean, card: answer.card };
  if (answer.shown === 'message') return { ...clean, note: answer.text };
  return { ...clean, error: answer.text };
}

/** Sends `adaptiveCard/action` and shows its answer to the one who asked, and to nobody else. */
export async function invoke(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  action: Json,
  trigger: 'manual' | 'automatic',
): Promise<InvokeAnswer> {
  const activity = inbound(world, 'invoke', who, message.place, {
    name: 'adaptiveCard/action',
    replyToId: message.id,
    value: { action: { ...action, type: 'Action.Execute' }, trigger },
  });
  const again = takeTwice(world.faults, 'invokeTwice');
  const copies =
    again === 'no' ? [activity] : [activity, again === 'sameId' ? activity : { ...activity, id: eventId() }];
  if (copies.length > 1) world.changes.tell({ is: 'state' });
  const waiting = () => message.viewers.get(who)?.waiting ?? 0;
  world.messages.changeFor(message, who, { waiting: waiting() + 1, error: undefined });
  const answers = await Promise.all(copies.map((copy) => world.bot.post(copy, world.patience.invoke)));
  const read = readAnswer(answers[0] ?? { activityId: '' });
  world.messages.changeFor(message, who, { ...stateAfter(read), waiting: Math.max(0, waiting() - 1) });
  return { ...read, answers };
}

/** `data.msteams` of an Action.Submit turns the click into something that is typed (card-actions.md of the Teams docs). */
async function submitted(world: World, who: PersonKey, message: StoredMessage, data: unknown): Promise<BotAnswer[]> {
  const { msteams, ...rest } = isJson(data) ? data : {};
  if (!isJson(msteams)) return submit(world, who, message, { value: data });
  const spoken = String(msteams['displayText'] ?? msteams['value'] ?? '');
  const thread = message.place.thread;
  if (msteams['type'] === 'imBack') {
    return (await say(world, who, message.place.room, spoken, thread === undefined ? {} : { thread })).answers;
  }
  if (msteams['type'] !== 'messageBack')
    return [{ activityId: '', error: `no msteams type ${String(msteams['type'])}` }];
  if (spoken) world.messages.add(message.place, who, { text: spoken, textFormat: 'plain' });
  return submit(world, who, message, { text: String(msteams['text'] ?? ''), value: msteams['value'] ?? rest });
}

/** A click on an action whose data is complete: where the page's renderer and `press` meet. */
export async function click(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  action: Json,
  data: unknown,
): Promise<InvokeAnswer> {
  if (message.deleted) throw new Error(`Message ${message.id} is deleted`);
  if (!world.installed.has(scopeOf(message.place))) {
    world.messages.changeFor(message, who, { error: failureText });
    return { shown: 'failure', text: failureText, answers: [] };
  }
  if (action['type'] === 'Action.Execute') {
    const { id, verb } = action;
    const named = { ...(id !== undefined && { id }), ...(verb !== undefined && { verb }) };
    return invoke(
      world,
      who,
      message,
      { ...named, data: asText(cardFor(message, who, world.faults) ?? {}, data) },
      'manual',
    );
  }
  if (action['type'] !== 'Action.Submit') throw new Error(`${String(action['type'])} sends nothing`);
  const answers = await submitted(world, who, message, asText(cardFor(message, who, world.faults) ?? {}, data));
  const bad = answers.some(({ status }) => status === undefined || status >= 400);
  world.messages.changeFor(message, who, { error: bad ? failureText : undefined });
  return { ...(bad ? { shown: 'failure', text: failureText } : { shown: 'nothing' }), answers };
}

/** A click as a client would make it, on the card as this person sees it. */
export async function press(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  mark: ActionMark,
  inputs?: Record<string, unknown>,
): Promise<InvokeAnswer> {
  const card = cardFor(message, who, world.faults);
  if (!card) throw new Error(`Message ${message.id} has no card`);
  const { action, data } = clickOn(card, mark, inputs);
  return click(world, who, message, action, data);
}
