import type { Activity } from 'botbuilder';
import type { Content, Log } from '../ports.ts';
import { largestMessage } from '../model/limits.ts';
import type { Place } from '../model/place.ts';

/** Of an Adaptive Card, as attachment and as the answer to a card's action. */
export const cardType = 'application/vnd.microsoft.card.adaptive';

/**
 * The message activity that shows this content. Text is sent as plain: names of devices must not become markdown. A
 * card over the limit becomes its summary, a text over it is cut; both are logged.
 */
export function messageOf(place: Place, content: Content, log: Log): Draft {
  const whole = draft(place, content);
  const bytes = bytesOf(whole);
  if (bytes <= largestMessage) return whole;
  log.warn({ bytes, limit: largestMessage, card: 'card' in content }, 'a message is too large; the short form is sent');
  return shortMessageOf(place, content);
}

/** The same in few words, for when Teams finds the message too large (413). */
export function shortMessageOf(place: Place, content: Content): Draft {
  const text = 'text' in content ? content.text : content.summary;
  return draft(place, { text: text.length > 5_000 ? `${text.slice(0, 5_000)} …` : text });
}

export type Draft = Partial<Activity>;

function draft(place: Place, content: Content): Draft {
  const shown =
    'text' in content
      ? { text: content.text, textFormat: 'plain' }
      : { attachments: [{ contentType: cardType, content: content.card }], summary: content.summary };
  return {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: place.serviceUrl,
    from: { ...place.bot },
    conversation: conversationOf(place),
    ...shown,
  };
}

/** The SDK's type asks for a name, which Teams does not. */
function conversationOf(place: Place): Activity['conversation'] {
  const { id, tenantId, kind } = place;
  return { id, tenantId, conversationType: kind, isGroup: kind !== 'personal' } as Activity['conversation'];
}

function bytesOf(message: object): number {
  return Buffer.byteLength(JSON.stringify(message));
}
