import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import { Unreachable } from '../ports.ts';
import type { Incoming } from './activity.ts';
import type { Admission } from './admission.ts';
import { onExecute, onSubmit } from './card.ts';
import { first, Memory } from './memory.ts';
import { isRemoval, onArrival, onRemoval, personOf } from './membership.ts';
import { mishap } from './mishap.ts';
import { isSubmit } from './press.ts';
import { shown, type Reply } from './reply.ts';
import { trySaying } from './say.ts';
import { readText } from './text.ts';
import type { TurnParts } from './turn-parts.ts';
import { within } from './wait.ts';

export type Turn = (incoming: Incoming, admission: Exclude<Admission, { is: 'foreign' }>) => Promise<Reply>;

const nothing: Reply = { status: 200 };
const strangers = 'I only work with people of this organisation.';
const edited = 'I do not act on edited messages. Please send it again.';

/**
 * What to do with one admitted activity. Edits, deletions and reactions never do anything.
 */
export function createTurn(parts: TurnParts): Turn {
  const heard = new Memory<true>(10_000);
  const arrived = new Memory<true>(10_000);
  const clicks = new Map<string, Promise<Reply>>();
  const messages = new Map<string, Promise<Reply>>();

  return async (incoming, admission) => {
    // Whoever took the app away need not be one who may speak to us, nor a person at all.
    if (isRemoval(incoming)) return onRemoval(parts, incoming, personOf(incoming, admission), arrived);
    if (admission.is === 'bot') return nothing;
    if (admission.is === 'anonymous') return toStranger(parts, incoming);
    const { person } = admission;
    parts.acquaintance.learn(incoming, person);
    const key = `${incoming.place.id} ${incoming.id}`;
    switch (incoming.type) {
      case 'message':
        if (first(heard, key)) return keep(messages, key, onMessage(parts, incoming, person));
        // The same again is acknowledged no sooner than the first.
        await messages.get(key);
        return nothing;
      case 'invoke':
        return onInvoke(parts, incoming, person, clicks, key);
      case 'messageUpdate':
        return isEdit(incoming) && first(heard, `edited ${key}`) ? saying(parts, incoming, edited) : nothing;
      case 'installationUpdate':
      case 'conversationUpdate':
        return onArrival(parts, incoming, person, arrived);
      default:
        return nothing;
    }
  };
}

/** Milliseconds; Teams sends a message again that was not acknowledged within 15 s. */
const longestWork = 10_000;

/**
 * Acknowledged when what it brought is written down: should the process die before, Teams does not take it for heard.
 * Sooner only where that takes too long.
 */
async function onMessage(parts: TurnParts, incoming: Incoming, person: Person): Promise<Reply> {
  const { id } = incoming;
  if (isSubmit(incoming)) return onSubmit(parts, incoming, person, longestWork);
  const work = hear(parts, incoming, person).catch((error: unknown) => {
    parts.log.error({ activity: id, error: String(error) }, 'a message was not answered');
  });
  await within(parts.wait, longestWork, work, undefined);
  return { status: 200, afterwards: () => work };
}

async function hear(parts: TurnParts, incoming: Incoming, person: Person) {
  const { id, place, text, entities, textFormat, timeZone } = incoming;
  const said = readText({ text, textFormat, entities, botId: place.bot.id });
  try {
    await parts.desk.onMessage({ id, person, place, ...said, ...(timeZone === '' ? {} : { timeZone }) });
  } catch (error) {
    const words = mishap(parts.log, error, 'a message failed');
    if (!(error instanceof Unreachable)) await say(parts, place, words);
  }
}

/** A click delivered twice while the first is being worked on gets the same answer, and its work is done once. */
async function onInvoke(
  parts: TurnParts,
  incoming: Incoming,
  person: Person,
  clicks: Map<string, Promise<Reply>>,
  key: string,
): Promise<Reply> {
  if (incoming.name !== 'adaptiveCard/action') return { status: 501 };
  const running = clicks.get(key);
  if (running) {
    const { status, body } = await running;
    return { status, ...(body ? { body } : {}) };
  }
  return keep(clicks, key, onExecute(parts, incoming, person));
}

/** Under this key for as long as it takes. */
function keep(running: Map<string, Promise<Reply>>, key: string, work: Promise<Reply>): Promise<Reply> {
  const kept = work.finally(() => running.delete(key));
  running.set(key, kept);
  return kept;
}

function toStranger(parts: TurnParts, incoming: Incoming): Reply {
  parts.log.warn({ type: incoming.type, activity: incoming.id }, 'an activity without an Entra object id was refused');
  if (incoming.type === 'invoke') return shown({ text: strangers });
  return incoming.type === 'message' ? saying(parts, incoming, strangers) : nothing;
}

function saying(parts: TurnParts, { place }: Incoming, text: string): Reply {
  return { status: 200, afterwards: () => say(parts, place, text) };
}

function say(parts: TurnParts, place: Place, text: string): Promise<void> {
  return trySaying(parts, 'an answer could not be given', () => parts.messenger.post(place, { text }));
}

function isEdit({ eventType, place }: Incoming): boolean {
  return eventType === 'editMessage' && place.kind === 'personal';
}
