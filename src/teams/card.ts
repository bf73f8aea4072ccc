import type { Answered, Pressed } from '../doors.ts';
import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import type { Content } from '../ports.ts';
import type { Incoming } from './activity.ts';
import { mishap } from './mishap.ts';
import { readExecute, readSubmit, type Press } from './press.ts';
import { loginRequest, shown, unreadable, type Reply } from './reply.ts';
import { trySaying } from './say.ts';
import { readAuthentication, type Authentication } from './signIn.ts';
import type { TurnParts } from './turn-parts.ts';
import { within } from './wait.ts';

/** Milliseconds that a click may take; Teams gives up somewhere between 5 and 15 s, and our answer travels too. */
const patience = 2_500;

const workingOnIt = 'Working on it. This card will change in a moment.';
const stillLooking = 'I could not look this up in time. The card will show it the next time you open it.';
const notHere = 'I have an answer for one of you alone. Ask me in your personal chat with me.';
const gone = 'I could not show it: Teams no longer finds that card. Type status for a new one.';
const unsaid = 'an answer did not reach whoever clicked';
const signingIn = 'Teams signs you in, so that this is done in your own name.';
const pressAgain =
  'I need you to be signed in for this, and it took too long. Nothing was done. Press the button again.';
const unknownButton = 'I do not know this button. Ask me anew, and use the buttons on the fresh card.';

/** A click on a card's Action.Execute: answered within the time that Teams gives, with the card or with a promise of it. */
export async function onExecute(parts: TurnParts, incoming: Incoming, person: Person): Promise<Reply> {
  const { signIn } = parts;
  const press = readExecute(incoming.value);
  if (!press) return unreadable(unknownButton);
  const signedIn: Authentication = press.automatic
    ? { is: 'none' }
    : readAuthentication(incoming.value, person, signIn);
  if (signedIn.is === 'unusable') return refuseSignIn(parts, signedIn.why);
  const assertion = signedIn.is === 'signedIn' ? { assertion: signedIn.assertion } : {};
  const pressed = { ...pressedIn(incoming, person, press), ...assertion };
  const work = answered(parts, pressed);
  const answer = await within(parts.wait, patience, work, undefined);
  if (answer?.signIn && signIn) return loginRequest(signIn, signingIn);
  if (answer) return { ...shown(answer.content), afterwards: () => follow(parts, pressed, answer, true) };
  const text = pressed.automatic ? stillLooking : workingOnIt;
  return { ...shown({ text }), afterwards: async () => follow(parts, pressed, tooLate(await work), false) };
}

/** The client does not wait for it any more, and could sign them in if it were asked anew. */
const tooLate = (answer: Answered): Answered => (answer.signIn ? { ...answer, content: { text: pressAgain } } : answer);

type Unusable = Extract<Authentication, { is: 'unusable' }>;

const badSignIns: Readonly<Record<Unusable['why'], string>> = {
  code: 'I cannot use a sign-in code, so I did nothing. Press the button again in Teams on your computer.',
  unreadable: 'I could not use the sign-in that Teams gave me, so I did nothing. Press the button again.',
  audience:
    'The sign-in that Teams gave me is for another app, so I did nothing. Tell your Microsoft 365 admin that the sign-in of Device Desk is not set up right.',
  person:
    'Teams signed in somebody else than the one who clicked, so I did nothing. Check with which account you use Teams, then press the button again.',
};

/** Said under the card, so that its buttons stay. Somebody else's sign-in must never act. */
function refuseSignIn({ log }: TurnParts, why: Unusable['why']): Reply {
  log.warn({ why }, 'a sign-in could not be used');
  return shown({ text: badSignIns[why] });
}

/**
 * A click on the Action.Submit fallback, which older clients know: it comes as a message and cannot be answered with a
 * card, so what it shows is shown afterwards.
 */
export async function onSubmit(
  parts: TurnParts,
  incoming: Incoming,
  person: Person,
  longestWork: number,
): Promise<Reply> {
  const press = readSubmit(incoming.value);
  if (!press) return { status: 200, afterwards: () => say(parts, incoming.place, { text: unknownButton }) };
  const pressed = pressedIn(incoming, person, press);
  const work = answered(parts, pressed);
  await within(parts.wait, longestWork, work, undefined);
  return { status: 200, afterwards: async () => follow(parts, pressed, await work, false) };
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
  await Promise.all([wasAnswered ? undefined : deliver(parts, pressed, answer), answer.afterwards?.()]);
}

/**
 * For a client that could not be answered with it; see `Answered.audience`. An automatic refresh never edits the
 * message: that would call for the next refresh.
 */
async function deliver(parts: TurnParts, pressed: Pressed, { audience, content }: Answered): Promise<void> {
  const { automatic, place, message } = pressed;
  if (automatic || audience === 'everyone') return;
  if (audience === 'clicker') return say(parts, place, content);
  if (place.kind !== 'personal') return say(parts, place, { text: notHere });
  if (message.id === '') return say(parts, place, content);
  await trySaying(parts, unsaid, async () => {
    // Never sent anew: it may be a secret, and the desk takes it back from this message only.
    if (!(await parts.messenger.change(message, content))) await parts.messenger.post(place, { text: gone });
  });
}

function say(parts: TurnParts, place: Place, content: Content): Promise<void> {
  return trySaying(parts, unsaid, () => parts.messenger.post(place, content));
}

/** Phones are known to send `0` where they do not know the message; then its id is empty. */
function pressedIn({ place, replyToId }: Incoming, person: Person, press: Press): Pressed {
  return { ...press, person, place, message: { place, id: replyToId === '0' ? '' : replyToId } };
}
