import type { Person } from '../model/person.ts';
import type { MessageRef, Place } from '../model/place.ts';
import { Unreachable, type Content, type Log, type Messenger } from '../ports.ts';
import type { Acquaintance } from './acquaintance.ts';
import type { Connector } from './connectors.ts';
import { messageOf, shortMessageOf, type Draft } from './content.ts';
import { ConnectorFault } from './fault.ts';
import { objectIn, textIn } from './foreign.ts';
import { Memory } from './memory.ts';
import { createOrder } from './order.ts';
import { retried, type Patience } from './retry.ts';

export interface MessengerParts {
  readonly connectorFor: (serviceUrl: string) => Promise<Connector>;
  readonly acquaintance: Acquaintance;
  readonly patience: Patience;
  readonly log: Log;
}

/**
 * Speaks by the Bot Connector's REST API, version 3. Within one conversation calls keep their order, so that no update
 * overtakes another. Throws `Unreachable` for 403 and for conversations that are gone, `ConnectorFault` for the rest.
 */
export function createMessenger(parts: MessengerParts): Messenger {
  const inOrder = createOrder();
  const moved = new Memory<MessageRef>(5_000);
  const { acquaintance, log } = parts;
  return {
    post: (place, content) => inOrder(place.id, () => reachable(() => post(parts, place, content))),
    update: (message, content) =>
      inOrder(message.place.id, () => reachable(() => update(parts, moved, message, content))),
    async privately(person, near) {
      return acquaintance.home(person) ?? (await quietly(log, [400, 403, 404], () => open(parts, person, near)));
    },
    whoIs: (place, chatId) => quietly(log, 'all', () => member(parts, place, chatId)),
  };
}

async function post(parts: MessengerParts, place: Place, content: Content): Promise<MessageRef> {
  const connector = await parts.connectorFor(place.serviceUrl);
  const sent = await inShortIfTooLarge(parts, place, content, (message) =>
    retried(parts.patience, false, () => connector.conversations.sendToConversation(place.id, message)),
  );
  return { place, id: sent.id };
}

/** `moved` remembers where a message went that was gone, for those who still know it by its old id. */
async function update(
  parts: MessengerParts,
  moved: Memory<MessageRef>,
  asked: MessageRef,
  content: Content,
): Promise<MessageRef> {
  const key = `${asked.place.id} ${asked.id}`;
  const message = moved.get(key) ?? asked;
  if (message.id !== '' && (await changed(parts, message, content))) return message;
  const anew = await post(parts, asked.place, content);
  if (message.id !== '') moved.set(key, anew);
  return anew;
}

/** False when the message is gone: Teams now and then does not find one that is there, and people delete them. */
async function changed(parts: MessengerParts, { place, id }: MessageRef, content: Content): Promise<boolean> {
  const connector = await parts.connectorFor(place.serviceUrl);
  try {
    await inShortIfTooLarge(parts, place, content, (draft) =>
      retried(parts.patience, true, () => connector.conversations.updateActivity(place.id, id, { ...draft, id })),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConnectorFault) || error.status !== 404 || error.code === 'ConversationNotFound')
      throw error;
    parts.log.info({ code: error.code }, 'the message to update is gone; sent anew');
    return false;
  }
}

async function inShortIfTooLarge<T>(
  { log }: MessengerParts,
  place: Place,
  content: Content,
  send: (message: Draft) => Promise<T>,
): Promise<T> {
  try {
    return await send(messageOf(place, content, log));
  } catch (error) {
    if (!(error instanceof ConnectorFault) || error.status !== 413) throw error;
    log.warn({ code: error.code }, 'Teams finds a message too large; the short form is sent');
    return send(shortMessageOf(place, content));
  }
}

/**
 * A personal chat that we do not know by heart is asked for, also when `near` is one: whose it is, a place does not
 * tell, and Teams answers with the chat that exists already.
 */
async function open(parts: MessengerParts, person: Person, near: Place): Promise<Place | undefined> {
  if (person.chatId === '') return undefined;
  const connector = await parts.connectorFor(near.serviceUrl);
  const asked = {
    isGroup: false,
    bot: { ...near.bot },
    members: [{ id: person.chatId }],
    tenantId: near.tenantId,
    channelData: { tenant: { id: near.tenantId } },
  };
  // The SDK's type asks for a topic and a first activity; Teams takes neither for a chat of two.
  const created = await retried(parts.patience, true, () =>
    connector.conversations.createConversation(
      asked as Parameters<typeof connector.conversations.createConversation>[0],
    ),
  );
  return { kind: 'personal', id: created.id, tenantId: near.tenantId, serviceUrl: near.serviceUrl, bot: near.bot };
}

async function member(parts: MessengerParts, place: Place, chatId: string) {
  const connector = await parts.connectorFor(place.serviceUrl);
  const roster = parts.acquaintance.rosterOf(place);
  const found: unknown = await retried(parts.patience, true, () =>
    connector.conversations.getConversationMember(roster, chatId),
  );
  const account = objectIn(found) ?? {};
  const id = (textIn(account['aadObjectId']) || textIn(account['objectId'])).toLowerCase();
  if (id === '') return undefined;
  return { id, userPrincipalName: textIn(account['userPrincipalName']), name: textIn(account['name']) };
}

async function quietly<T>(
  log: Log,
  statuses: readonly number[] | 'all',
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const status = error instanceof ConnectorFault ? error.status : undefined;
    if (statuses !== 'all' && (status === undefined || !statuses.includes(status))) throw error;
    log.warn({ fault: error instanceof Error ? error.message : 'unknown' }, 'the connector did not help');
    return undefined;
  }
}

async function reachable<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const gone = error instanceof ConnectorFault && (error.status === 403 || error.status === 404);
    throw gone ? new Unreachable(error.message) : error;
  }
}
