import type { Content } from '../messages.ts';
import { adaptiveCardType, isJson } from '../protocol.ts';
import type { Activity, Attachment, Json, Mention } from '../protocol.ts';
import { ConnectorError, badArgument } from './errors.ts';

/** 100 KB counted in UTF-16 (format-your-bot-messages.md of the Teams docs). */
const mostBytes = 100 * 1024;

/** The body as an activity of a kind that Teams takes from bots. */
export function readActivity(body: unknown): Activity {
  if (!isJson(body) || typeof body['type'] !== 'string') throw badArgument('Activity type is missing.');
  if (Buffer.byteLength(JSON.stringify(body), 'utf16le') > mostBytes) {
    throw new ConnectorError(413, 'MessageSizeTooBig', 'Message size too large.');
  }
  const activity: Activity = { ...body, type: body['type'] };
  if (!['message', 'typing'].includes(activity.type)) throw badArgument(`Unknown activity type: ${activity.type}`);
  return activity;
}

function attachmentsOf({ attachments }: Activity): Attachment[] {
  if (attachments === undefined || attachments === null) return [];
  if (
    !Array.isArray(attachments) ||
    !attachments.every((one) => isJson(one) && typeof one['contentType'] === 'string')
  ) {
    throw badArgument('Attachments are malformed.');
  }
  return attachments;
}

function cardOf({ content }: Attachment): Json {
  if (!isJson(content) || content['type'] !== 'AdaptiveCard') throw badArgument('Adaptive card content is not a card.');
  return content;
}

const isMention = (entity: unknown): entity is Mention & Json =>
  isJson(entity) && entity['type'] === 'mention' && isJson(entity['mentioned']) && typeof entity['text'] === 'string';

/** A mention that the text does not hold is refused; Teams would fail the whole message for it. */
function mentionsOf({ entities, text = '' }: Activity): Mention[] {
  const mentions = Array.isArray(entities) ? entities.filter(isMention) : [];
  const stray = mentions.find((mention) => !text.includes(mention.text));
  if (stray) throw badArgument(`The text does not hold the mention ${stray.text}.`);
  return mentions;
}

/**
 * What a message activity becomes in the window. Text and a card in one activity are two messages in Teams, so this is
 * a list; it is never empty, because a message without content is refused.
 */
export function readContents(activity: Activity): Content[] {
  const { text, textFormat } = activity;
  const bytes = Buffer.byteLength(JSON.stringify(activity));
  const attachments = attachmentsOf(activity);
  const drawn = attachments.filter(({ contentType }) => contentType === adaptiveCardType).map(cardOf);
  const unsupported = attachments.map(({ contentType }) => contentType).filter((type) => type !== adaptiveCardType);
  const mentions = mentionsOf(activity);
  const contents: Content[] = [
    ...(text ? [{ text, ...(textFormat !== undefined && { textFormat }), mentions, bytes }] : []),
    ...drawn.map((card) => ({ card, bytes })),
    ...(unsupported.length > 0 ? [{ unsupported, bytes }] : []),
  ];
  if (contents.length === 0) throw badArgument('The message has neither text nor attachments.');
  return contents;
}
