import type { MessageRef, Place } from '../model/place.ts';
import { baseOf } from '../model/telling.ts';
import type { Clock, Content, Log, Messenger } from '../ports.ts';
import type { Connector } from './connectors.ts';
import { messageOf, shortMessageOf, type Draft } from './content.ts';
import { ConnectorFault } from './fault.ts';
import { objectIn, textIn } from './foreign.ts';
import { createOrder } from './order.ts';
import { toldApart } from './outcome.ts';
import { createPeople, type PeopleParts } from './people.ts';

interface Speech {
  readonly connectorFor: (serviceUrl: string) => Promise<Connector>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Speaks by the Bot Connector's REST API, version 3: one call, one try. Within one conversation calls keep their
 * order, so that no update overtakes another. Throws as `Messenger` says: `ConnectorFault` for what will never work.
 */
export function createMessenger(parts: PeopleParts): Messenger {
  const inOrder = createOrder();
  const speech = { ...parts, clock: parts.patience.clock };
  return {
    post: (place, content) => inOrder(place.id, () => post(speech, place, content)),
    update: (message, content) =>
      inOrder(message.place.id, async () => {
        if (message.id !== '' && (await change(speech, message, content))) return message;
        return post(speech, placeAnew(message), content);
      }),
    change: (message, content) => inOrder(message.place.id, () => change(speech, message, content)),
    ...createPeople(parts),
  };
}

/** A post of a channel, whose id is that of its thread: gone, there is no thread either. */
const isPost = ({ place, id }: MessageRef): boolean => place.id.endsWith(`;messageid=${id}`);

/** In the thread of a post that is gone nobody would read it. */
const placeAnew = (message: MessageRef): Place =>
  isPost(message) ? { ...message.place, id: baseOf(message.place.id) } : message.place;

function post(speech: Speech, place: Place, content: Content): Promise<MessageRef> {
  return toldApart(speech.clock, false, async () => {
    const connector = await speech.connectorFor(place.serviceUrl);
    const sent: unknown = await inShortIfTooLarge(speech, place, content, (message) =>
      connector.conversations.sendToConversation(place.id, message),
    );
    // Where a post was created, some answers name its thread: `19:…;messageid=…`.
    return { place, id: textIn(objectIn(sent)?.['id']).replace(/^.*;messageid=/, '') };
  });
}

/** A message can be gone although nobody deleted it: Teams now and then does not find one that is there. */
function change(speech: Speech, { place, id }: MessageRef, content: Content): Promise<boolean> {
  return toldApart(speech.clock, true, async () => {
    const connector = await speech.connectorFor(place.serviceUrl);
    try {
      await inShortIfTooLarge(speech, place, content, (draft) =>
        connector.conversations.updateActivity(place.id, id, { ...draft, id }),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ConnectorFault) || error.status !== 404) throw error;
      if (error.code === 'ConversationNotFound' && !isPost({ place, id })) throw error;
      speech.log.info({ code: error.code }, 'the message to update is gone');
      return false;
    }
  });
}

async function inShortIfTooLarge<T>(
  { log }: Speech,
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
