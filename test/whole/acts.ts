import type { ChatMessage } from '../../src/sandbox/chat/view.ts';
import type { PersonKey, RoomKey } from '../../src/sandbox/chat/rooms.ts';
import type { House } from './house.ts';

const text = (card: unknown) => JSON.stringify(card);

/** The newest message with a card that has this button, once it is there. */
export async function cardWith(house: House, who: PersonKey, room: RoomKey, button: string): Promise<ChatMessage> {
  const has = ({ card }: ChatMessage) => text(card ?? {}).includes(`"title":${JSON.stringify(button)}`);
  const messages = await house.chat.until(room, (all) => all.some(has), 10_000, who);
  return messages.findLast(has)!;
}

/** The newest card that says so, once it is there. */
export async function cardSaying(house: House, who: PersonKey, room: RoomKey, words: string): Promise<ChatMessage> {
  const says = ({ card }: ChatMessage) => text(card ?? {}).includes(words);
  const messages = await house.chat.until(room, (all) => all.some(says), 10_000, who);
  return messages.findLast(says)!;
}

/** Waits for a line of the bot's. */
export const heard = (house: House, who: PersonKey, room: RoomKey, words: string) =>
  house.chat.until(room, (all) => all.some((one) => one.from === 'bot' && one.text === words), 10_000, who);

/** Presses a button of the newest card that has it. */
export async function press(house: House, who: PersonKey, room: RoomKey, button: string) {
  const card = await cardWith(house, who, room, button);
  return house.chat.press(who, room, card.id, button);
}

/** The data that a button of a card carries, for clicks that no client would make. */
export function buttonOf({ card }: ChatMessage, title: string): { verb: string; data: Record<string, unknown> } {
  const found: { verb: string; data: Record<string, unknown> }[] = [];
  JSON.stringify(card, (_key, value: unknown) => {
    const one = value as { type?: string; title?: string; verb: string; data: Record<string, unknown> } | null;
    if (one && one.type === 'Action.Execute' && one.title === title) found.push(one);
    return value;
  });
  return found[0]!;
}
