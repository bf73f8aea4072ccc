import { asText, clickOn } from './cards.ts';
import type { ActionMark } from './cards.ts';
import { failureText, invoke } from './invoke.ts';
import type { InvokeAnswer } from './invoke.ts';
import type { StoredMessage } from './messages.ts';
import { isJson } from './protocol.ts';
import type { BotAnswer, Json } from './protocol.ts';
import type { PersonKey } from './rooms.ts';
import { say, submit } from './say.ts';
import { cardFor } from './view.ts';
import { scopeOf } from './world.ts';
import type { World } from './world.ts';

export type { InvokeAnswer };

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
