import type { Answered, Pressed } from '../doors.ts';
import type { Person } from '../model/person.ts';
import type { Incoming } from './activity.ts';
import { mishap } from './mishap.ts';
import { readExecute, readSubmit, type Press } from './press.ts';
import { shown, unreadable, type Reply } from './reply.ts';
import type { TurnParts } from './turn.ts';
import { within } from './wait.ts';

/** Milliseconds that a click may take; Teams gives up somewhere between 5 and 15 s, and our answer travels too. */
const patience = 2_500;

const workingOnIt = 'Working on it. This card will change in a moment.';
const stillLooking = 'I could not look this up in time. The card will show it the next time you open it.';
const notHere = 'I have an answer for you alone. Add me to a personal chat, and click again.';
const unknownButton = 'I do not know this button. Ask me anew, and use the buttons on the fresh card.';

/**
 * A click on a card's Action.Execute. Its answer reaches the clicker only; a late one is put into the card's message
 * instead, except for an automatic refresh: to edit the message then would call for the next refresh.
 */
export async function onExecute(parts: TurnParts, incoming: Incoming, person: Person): Promise<Reply> {
  const press = readExecute(incoming.value);
  if (!press) return unreadable(unknownButton);
  const pressed = pressedIn(incoming, person, press);
  const work = answered(parts, pressed);
  const answer = await within(parts.wait, patience, work, undefined);
  if (answer) return { ...shown(answer.content), ...(answer.afterwards ? { afterwards: answer.afterwards } : {}) };
  const afterwards = async () => {
    const late = await work;
    if (!pressed.automatic) await deliver(parts, pressed, late);
    await late.afterwards?.();
  };
  return { ...shown({ text: pressed.automatic ? stillLooking : workingOnIt }), afterwards };
}

/**
 * A click on the Action.Submit fallback, which older clients know: it comes as a message and cannot be answered with a
 * card. So everything is done afterwards, and the card's message is updated.
 */
export function onSubmit(parts: TurnParts, incoming: Incoming, person: Person): Reply {
  const press = readSubmit(incoming.value);
  const afterwards = async () => {
    if (!press) return void (await parts.messenger.post(incoming.place, { text: unknownButton }));
    const pressed = pressedIn(incoming, person, press);
    const answer = await answered(parts, pressed);
    await deliver(parts, pressed, answer);
    await answer.afterwards?.();
  };
  return { status: 200, afterwards };
}

/** Never rejects: a mishap is an answer too. */
async function answered({ desk, log }: TurnParts, pressed: Pressed): Promise<Answered> {
  try {
    return await desk.onButton(pressed);
  } catch (error) {
    return { content: { text: mishap(log, error, 'a click failed') }, audience: 'clicker' };
  }
}

/** What came too late for an answer. For everyone: into the card's message. For the clicker: where only they read it. */
async function deliver({ messenger }: TurnParts, pressed: Pressed, answer: Answered): Promise<void> {
  const { person, place, message } = pressed;
  if (answer.audience === 'everyone') return void (await messenger.update(message, answer.content));
  const alone = place.kind === 'personal' ? place : await messenger.privately(person, place);
  if (alone) await messenger.post(alone, answer.content);
  else await messenger.post(place, { text: notHere });
}

/** Phones are known to send `0` where they do not know the message; an empty id makes the update a new message. */
function pressedIn({ place, replyToId }: Incoming, person: Person, press: Press): Pressed {
  return { ...press, person, place, message: { place, id: replyToId === '0' ? '' : replyToId } };
}
