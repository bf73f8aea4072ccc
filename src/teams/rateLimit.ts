import type { Clock } from '../ports.ts';
import type { Incoming } from './activity.ts';
import type { Admission } from './admission.ts';
import type { InboundRates } from './limits.ts';
import { Memory } from './memory.ts';
import { isSubmit, readExecute } from './press.ts';
import { shown, type Reply } from './reply.ts';
import { trySaying } from './say.ts';
import { SlidingWindow } from './slidingWindow.ts';
import type { TurnParts } from './turn-parts.ts';
import type { Turn } from './turn.ts';

type Kind = 'messages' | 'clicks' | 'refreshes';

const tooMany: Readonly<Record<Refused['by'], string>> = {
  person: 'That was too fast for me.',
  conversation: 'More is asked here than I can keep up with.',
};
const nothingDone: Readonly<Record<Exclude<Kind, 'refreshes'>, string>> = {
  messages:
    'Nothing was done with this message, nor with any that follows within a minute. Wait a minute, then send it again.',
  clicks:
    'Nothing was done with this click, nor with any that follows within a minute. Wait a minute, then click again.',
};
const refreshTooOften = 'I am asked too often at present. This card will show how it stands the next time you open it.';

interface LimitParts extends Pick<TurnParts, 'messenger' | 'log' | 'wait'> {
  readonly rates: InboundRates;
  readonly clock: Clock;
}

/**
 * Lets through what one person may ask, and how many messages one conversation may bring, and refuses the rest before
 * anything is read or written. Clicks do not fill a conversation: whoever may do nothing could keep others from theirs.
 * The first message over a limit is answered, further ones are acknowledged in silence; every click is answered.
 * What is delivered again is neither counted nor told again, and has the same fate.
 */
export function limited(parts: LimitParts, turn: Turn): Turn {
  const gate = createGate(parts.rates);
  const fates = new Memory<boolean>(10_000);
  return async (incoming, admission) => {
    const kind = kindOf(incoming);
    if (!kind || admission.is === 'bot') return turn(incoming, admission);
    const key = `${incoming.place.id} ${incoming.id}`;
    const fate = fates.get(key);
    if (fate === true) return turn(incoming, admission);
    const refused =
      fate === false ? again : gate(kind, speakerOf(incoming, admission), incoming.place.id, parts.clock.now());
    fates.set(key, !refused);
    return refused ? refusal(parts, incoming, kind, refused) : turn(incoming, admission);
  };
}

interface Refused {
  readonly by: 'person' | 'conversation';
  /** Of this pause. */
  readonly first: boolean;
  /** Refused, and told, before. */
  readonly again?: true;
}

const again: Refused = { by: 'person', first: false, again: true };

type Gate = (kind: Kind, person: string, conversation: string, now: number) => Refused | undefined;

function createGate({ window, conversation: limit, ...each }: InboundRates): Gate {
  const ofPerson: Readonly<Record<Kind, SlidingWindow>> = {
    messages: new SlidingWindow(each.messages, window),
    clicks: new SlidingWindow(each.clicks, window),
    refreshes: new SlidingWindow(each.refreshes, window),
  };
  const ofConversation = new SlidingWindow(limit, window);
  return (kind, person, conversation, now) => {
    const own = ofPerson[kind];
    if (!own.hasRoom(person, now)) return { by: 'person', first: own.refuse(person, now) };
    const isShared = kind === 'messages';
    if (isShared && !ofConversation.hasRoom(conversation, now))
      return { by: 'conversation', first: ofConversation.refuse(conversation, now) };
    own.take(person, now);
    if (isShared) ofConversation.take(conversation, now);
    return undefined;
  };
}

/** Undefined for what nobody answers and nothing is done about. */
function kindOf(incoming: Incoming): Kind | undefined {
  if (incoming.type === 'message') return isSubmit(incoming) ? 'clicks' : 'messages';
  if (incoming.type === 'messageUpdate') return 'messages';
  if (incoming.type !== 'invoke') return undefined;
  return readExecute(incoming.value)?.automatic ? 'refreshes' : 'clicks';
}

/** Of whom Entra does not know, the account that the chat knows: they are answered as well. */
function speakerOf({ from }: Incoming, admission: Admission): string {
  return admission.is === 'admitted' ? `${admission.person.tenantId} ${admission.person.id}` : `? ${from.id}`;
}

function refusal(parts: LimitParts, { type, name, id, place }: Incoming, kind: Kind, refused: Refused): Reply {
  const { by, first } = refused;
  if (first) parts.log.warn({ activity: id, by, kind }, 'more is asked than is heard; a pause of a minute begins');
  const text = kind === 'refreshes' ? refreshTooOften : `${tooMany[by]} ${nothingDone[kind]}`;
  if (type === 'invoke') return name === 'adaptiveCard/action' ? shown({ text }) : { status: 429 };
  // An older client's click comes as a message: nothing but a message of ours tells what became of it.
  if (refused.again || (kind === 'messages' && !first)) return { status: 200 };
  const say = () => parts.messenger.post(place, { text });
  return { status: 200, afterwards: () => trySaying(parts, 'a pause could not be announced', say) };
}
