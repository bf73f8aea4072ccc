import { takeTwice } from './faults.ts';
import { eventId, inbound } from './inbound.ts';
import type { SignInOffer, StoredMessage, ViewerState } from './messages.ts';
import { adaptiveCardType, isJson } from './protocol.ts';
import type { Activity, BotAnswer, Json } from './protocol.ts';
import type { PersonKey } from './rooms.ts';
import { authenticationFor, isPreconditionFailed, loginRequestIn, offerOf, signInFailureText } from './sign-in.ts';
import type { LoginRequest } from './sign-in.ts';
import type { World } from './world.ts';

/** What a click came to. */
export interface InvokeAnswer {
  /** What the clicker sees of the answer; `nothing` for an Action.Submit, which is a message and gets no answer. */
  shown: 'card' | 'message' | 'error' | 'failure' | 'nothing';
  card?: Json;
  /** The text under the card: the bot's message or error, or Teams' own words for a failure. */
  text?: string;
  /** With a failure: what the clicker may click to sign in. */
  signIn?: SignInOffer;
  /** One per POST to the bot: two when the invoke was doubled, and one more when it was repeated with a sign-in. */
  answers: BotAnswer[];
}

export const failureText = 'Something went wrong. Please try again.';

/** Bodies per https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model */
function readAnswer({ status, body }: BotAnswer): Omit<InvokeAnswer, 'answers'> {
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
  const clean = { note: undefined, error: undefined, signIn: undefined };
  if (answer.shown === 'card') return { ...clean, card: answer.card };
  if (answer.shown === 'message') return { ...clean, note: answer.text };
  return { ...clean, error: answer.text, signIn: answer.signIn };
}

const unsaid: BotAnswer = { activityId: '' };

/** Sends `adaptiveCard/action` and shows its answer to the one who asked, and to nobody else. */
export async function invoke(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  action: Json,
  trigger: 'manual' | 'automatic',
): Promise<InvokeAnswer> {
  const waiting = () => message.viewers.get(who)?.waiting ?? 0;
  world.messages.changeFor(message, who, { waiting: waiting() + 1, error: undefined, signIn: undefined });
  const value = { action: { ...action, type: 'Action.Execute' }, trigger };
  const first = await Promise.all(
    copiesOf(world, invokeActivity(world, who, message, value)).map((copy) =>
      world.bot.post(copy, world.patience.invoke),
    ),
  );
  const request = loginRequestIn(first[0] ?? unsaid);
  const answer = request
    ? await signedIn(world, who, message, value, request)
    : { ...readAnswer(first[0] ?? unsaid), answers: [] };
  world.messages.changeFor(message, who, { ...stateAfter(answer), waiting: Math.max(0, waiting() - 1) });
  return { ...answer, answers: [...first, ...answer.answers] };
}

const invokeActivity = (world: World, who: PersonKey, message: StoredMessage, value: Json): Activity =>
  inbound(world, 'invoke', who, message.place, { name: 'adaptiveCard/action', replyToId: message.id, value });

function copiesOf(world: World, activity: Activity): Activity[] {
  const again = takeTwice(world.faults, 'invokeTwice');
  if (again === 'no') return [activity];
  world.changes.tell({ is: 'state' });
  return [activity, again === 'sameId' ? activity : { ...activity, id: eventId() }];
}

/**
 * The same invoke once more with the person's token, as Teams does it without asking anybody
 * (https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/sso-adaptive-cards-universal-action).
 * Where there is none it goes without, and whoever is still not signed in then is offered the button.
 */
async function signedIn(
  world: World,
  who: PersonKey,
  message: StoredMessage,
  value: Json,
  request: LoginRequest,
): Promise<InvokeAnswer> {
  const authentication = authenticationFor(world, who, request);
  const repeated = invokeActivity(world, who, message, { ...value, ...(authentication && { authentication }) });
  const answer = await world.bot.post(repeated, world.patience.invoke);
  const isRefused = loginRequestIn(answer) !== undefined || isPreconditionFailed(answer);
  if (!isRefused) return { ...readAnswer(answer), answers: [answer] };
  const signIn = offerOf(request);
  return { shown: 'failure', text: signInFailureText, ...(signIn && { signIn }), answers: [answer] };
}
