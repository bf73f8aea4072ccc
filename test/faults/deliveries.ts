import type { InvokeAnswer } from '../../src/sandbox/chat/press.ts';
import type { RunningChat } from '../../src/sandbox/chat/server.ts';
import type { Delivery } from '../../src/sandbox/chat/say.ts';
import type { Bell } from './bell.ts';
import type { Chance } from './chance.ts';
import type { Errand } from './ledger.ts';
import { standingOf } from './reading.ts';

/*
 * What a person does once, and Teams delivers up to four times: at the same moment or later, with the same activity id
 * or a new one.
 */

const wasTaken = ({ answers }: Delivery) => answers.some(({ status }) => status !== undefined && status < 300);

/** Types it. True when the bot took it at least once. */
export async function typeOften(chat: RunningChat, errand: Errand, chance: Chance): Promise<boolean> {
  const { who, room, text, thread } = errand;
  if (chance.happens(0.15)) chat.faults.messageTwice = chance.happens(0.5) ? 'sameId' : 'newId';
  const delivery = await chat.say(who, room, text, thread === undefined ? {} : { thread });
  errand.deliveries += delivery.answers.length;
  if (delivery.thread !== undefined) errand.thread ??= delivery.thread;
  if (chance.happens(0.1)) await again(chat, errand, delivery, chance.between(1, 2));
  return wasTaken(delivery);
}

/** The same activity, later. */
async function again(chat: RunningChat, errand: Errand, { activity }: Delivery, times: number): Promise<void> {
  errand.deliveries += times;
  await Promise.allSettled(
    Array.from({ length: times }, async () => {
      const response = await chat.deliver(activity);
      await response.text();
    }),
  );
}

const isHeard = ({ card }: InvokeAnswer, operation: string | undefined) => {
  const standing = card && standingOf({ card, deleted: false });
  return standing?.operation === operation && standing?.offered === false;
};

/** What came back of a click: it was heard, it was answered in words under the card, or neither. */
export type Clicked = { readonly is: 'heard' | 'lost' } | { readonly is: 'told'; readonly words: string };

/** Presses the button that confirms. */
export async function clickOften(chat: RunningChat, bell: Bell, errand: Errand, chance: Chance): Promise<Clicked> {
  const { who, room, message = '' } = errand;
  const times = chance.happens(0.2) ? chance.between(2, 4) : 1;
  if (chance.happens(0.15)) chat.faults.invokeTwice = chance.happens(0.5) ? 'sameId' : 'newId';
  // An old client's click is a message, which is acknowledged before anything is done.
  chat.faults.oldClient = chance.happens(0.15);
  const clicks = Array.from({ length: times }, () => chat.press(who, room, message, errand.button ?? ''));
  chat.faults.oldClient = false;
  bell.ring('click');
  // A click on a card without that button is rejected: the card has moved on.
  const answers = (await Promise.allSettled(clicks)).flatMap((click) =>
    click.status === 'fulfilled' ? [click.value] : [],
  );
  errand.deliveries += answers.reduce((sum, answer) => sum + answer.answers.length, 0);
  if (answers.some((answer) => isHeard(answer, errand.operation))) return { is: 'heard' };
  const told = answers.find(({ shown }) => shown === 'message');
  return told ? { is: 'told', words: told.text ?? '' } : { is: 'lost' };
}
