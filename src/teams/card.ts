import type { Answered, Pressed } from '../doors.ts';
import type { Person } from '../model/person.ts';
import type { Incoming } from './activity.ts';
import { factsOf, mishap } from './mishap.ts';
import { readExecute, readSubmit, type Press } from './press.ts';
import { shown, unreadable, type Reply } from './reply.ts';
import type { TurnParts } from './turn-parts.ts';
import { within } from './wait.ts';

/** Milliseconds that a click may take; Teams gives up somewhere between 5 and 15 s, and our answer travels too. */
const patience = 2_500;

const workingOnIt = 'Working on it. This card will change in a moment.';
const stillLooking = 'I could not look this up in time. The card will show it the next time you open it.';
const notHere = 'I have an answer for one of you alone. Ask me in your personal chat with me.';
const unknownButton = 'I do not know this button. Ask me anew, and use the buttons on the fresh card.';

/** A click on a card's Action.Execute: answered within the time that Teams gives, with the card or with a promise of it. */
export async function onExecute(parts: TurnParts, incoming: Incoming, person: Person): Promise<Reply> {
  const press = readExecute(incoming.value);
  if (!press) return unreadable(unknownButton);
  const pressed = pressedIn(incoming, person, press);
  const work = answered(parts, pressed);
  const answer = await within(parts.wait, patience, work, undefined);
  if (answer) return { ...shown(answer.content), afterwards: () => follow(parts, pressed, answer, true) };
  const text = pressed.automatic ? stillLooking : workingOnIt;
  return { ...shown({ text }), afterwards: async () => follow(parts, pressed, await work, false) };
}

/**
 * A click on the Action.Submit fallback, which older clients know: it comes as a message and cannot be answered with a
 * card, so everything is done afterwards.
 */
export function onSubmit(parts: TurnParts, incoming: Incoming, person: Person): Reply {
  const press = readSubmit(incoming.value);
  const afterwards = async () => {
    if (!press) return void (await parts.messenger.post(incoming.place, { text: unknownButton }));
    const pressed = pressedIn(incoming, person, press);
    await follow(parts, pressed, await answered(parts, pressed), false);
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

/**
 * What is left to do once the clicker was answered, or could not be. Both at once: a chat that does not listen must not
 * hold up what was confirmed. The messenger keeps them in order where they speak to the same conversation.
 */
async function follow(parts: TurnParts, pressed: Pressed, answer: Answered, wasAnswered: boolean): Promise<void> {
  const delivery = deliver(parts, pressed, answer, wasAnswered).catch((error: unknown) => {
    parts.log.error(factsOf(error), 'an answer did not reach its message');
  });
  await Promise.all([delivery, answer.afterwards?.()]);
}

/** See `Answered.audience`. An automatic refresh never edits the message: that would call for the next refresh. */
async function deliver(
  { messenger }: TurnParts,
  pressed: Pressed,
  answer: Answered,
  wasAnswered: boolean,
): Promise<void> {
  const { automatic, place, message } = pressed;
  const { audience, content } = answer;
  if (automatic || (wasAnswered && audience !== 'everyone')) return;
  if (audience === 'clicker') await messenger.post(place, content);
  else if (audience === 'client' && place.kind !== 'personal') await messenger.post(place, { text: notHere });
  else await messenger.update(message, content);
}

/** Phones are known to send `0` where they do not know the message; an empty id makes the update a new message. */
function pressedIn({ place, replyToId }: Incoming, person: Person, press: Press): Pressed {
  return { ...press, person, place, message: { place, id: replyToId === '0' ? '' : replyToId } };
}
