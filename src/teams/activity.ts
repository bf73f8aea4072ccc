import type { Place } from '../model/place.ts';
import { objectIn, objectsIn, textIn, type Foreign } from './foreign.ts';

/** What we use of a Bot Framework activity; every text that is missing or of a wrong type is empty. */
export interface Incoming {
  readonly type: string;
  readonly id: string;
  /** Of an invoke: `adaptiveCard/action`. */
  readonly name: string;
  /** Of an installationUpdate: `add`, `remove`, `add-upgrade` … */
  readonly action: string;
  readonly channelId: string;
  /** `channelData.eventType`: `editMessage`, `softDeleteMessage` … */
  readonly eventType: string;
  readonly tenants: { readonly conversation: string; readonly channelData: string };
  readonly from: Account & { readonly aadObjectId: string; readonly role: string };
  readonly place: Place;
  /** Teams' id of the team, where the conversation is a channel. */
  readonly teamId: string;
  /** IANA, of the sender's client: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly text: string;
  readonly textFormat: string;
  readonly entities: readonly Foreign[];
  readonly value: unknown;
  /** Activity id of the card's message. Reliable for card actions only. */
  readonly replyToId: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

interface Account {
  readonly id: string;
  readonly name: string;
}

/** Reads an activity; undefined when it lacks what every activity from Teams has. */
export function readActivity(body: Foreign): Incoming | undefined {
  const from = objectIn(body['from']) ?? {};
  const place = placeOf(body);
  if (textIn(body['type']) === '' || !place || textIn(from['id']) === '') return undefined;
  const channelData = objectIn(body['channelData']) ?? {};
  return {
    type: textIn(body['type']),
    id: textIn(body['id']),
    name: textIn(body['name']),
    action: textIn(body['action']),
    channelId: textIn(body['channelId']),
    eventType: textIn(channelData['eventType']),
    tenants: {
      conversation: place.tenantId,
      channelData: textIn(objectIn(channelData['tenant'])?.['id']).toLowerCase(),
    },
    from: { ...account(from), aadObjectId: textIn(from['aadObjectId']).toLowerCase(), role: textIn(from['role']) },
    place,
    teamId: textIn(objectIn(channelData['team'])?.['id']),
    timeZone: textIn(body['localTimezone']),
    text: textIn(body['text']),
    textFormat: textIn(body['textFormat']),
    entities: objectsIn(body['entities']),
    value: body['value'],
    replyToId: textIn(body['replyToId']),
    added: objectsIn(body['membersAdded']).map((member) => textIn(member['id'])),
    removed: objectsIn(body['membersRemoved']).map((member) => textIn(member['id'])),
  };
}

function placeOf(body: Foreign): Place | undefined {
  const conversation = objectIn(body['conversation']) ?? {};
  const bot = account(objectIn(body['recipient']) ?? {});
  const id = textIn(conversation['id']);
  const serviceUrl = textIn(body['serviceUrl']);
  if (id === '' || bot.id === '' || serviceUrl === '') return undefined;
  const kind = kindOf(conversation);
  const teamId = kind === 'channel' ? textIn(objectIn(objectIn(body['channelData'])?.['team'])?.['id']) : '';
  const tenantId = textIn(conversation['tenantId']).toLowerCase();
  return { kind, id, tenantId, ...(teamId === '' ? {} : { teamId }), serviceUrl, bot };
}

/** A kind that we do not know, or that contradicts itself, counts as a group: nothing private is said there. */
function kindOf(conversation: Foreign): Place['kind'] {
  const type = textIn(conversation['conversationType']);
  if (type === 'channel') return 'channel';
  return type === 'personal' && conversation['isGroup'] !== true ? 'personal' : 'groupChat';
}

function account(raw: Foreign): Account {
  return { id: textIn(raw['id']), name: textIn(raw['name']) };
}
