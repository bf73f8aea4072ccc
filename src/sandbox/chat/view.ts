import { people } from '../company.ts';
import { asOldClient } from './cards.ts';
import type { Faults } from './faults.ts';
import type { SignInOffer, StoredMessage } from './messages.ts';
import type { Json, Mention } from './protocol.ts';
import type { PersonKey, RoomKey } from './rooms.ts';
import type { World } from './world.ts';

/** A message as somebody sees it: one viewer, or (no viewer given) as the message itself stands. */
export interface ChatMessage {
  id: string;
  room: RoomKey;
  /** Whose personal chat it is in. */
  owner?: PersonKey;
  /** In channels: id of the thread's root message; the root names itself. */
  thread?: string;
  conversationId: string;
  from: PersonKey | 'bot';
  fromName: string;
  /** In ms. */
  at: number;
  text?: string;
  /** `markdown` (the bot's default), `plain` or `xml`. */
  textFormat?: string;
  mentions: Mention[];
  card?: Json;
  edited: boolean;
  deleted: boolean;
  reactions: { type: string; who: PersonKey[] }[];
  /** Text under the card, for this viewer. */
  note?: string;
  /** Red text under the card, for this viewer. */
  error?: string;
  /** With that error: what this viewer may click to sign in. */
  signIn?: SignInOffer;
  /** A click of this viewer waits for its answer. */
  working: boolean;
  /** Why the bot did not get it. */
  trouble?: string;
  /** What will go wrong with this message in the real Teams, though it did not here. */
  warnings: string[];
}

/** Above this many bytes of JSON, cards have been lost on the way (MicrosoftDocs/msteams-docs #6659 and others). */
const careful = 28 * 1024;

export function cardFor(message: StoredMessage, viewer: PersonKey | undefined, faults: Faults): Json | undefined {
  const own = viewer === undefined ? undefined : message.viewers.get(viewer)?.card;
  const card = own ?? message.card;
  return card && faults.oldClient ? (asOldClient(card) as Json) : card;
}

const warningsOf = ({ bytes = 0, unsupported = [] }: StoredMessage): string[] => [
  ...(bytes > careful ? [`This message is ${Math.ceil(bytes / 1024)} KB of JSON; keep below 28 KB.`] : []),
  ...unsupported.map((type) => `Not drawn here: ${type}`),
];

/** A deleted message keeps its place and loses its words, as Teams shows it. */
export function view(world: World, message: StoredMessage, viewer?: PersonKey): ChatMessage {
  const { id, place, from, at, edited, deleted, trouble } = message;
  const state = viewer === undefined ? undefined : message.viewers.get(viewer);
  const card = cardFor(message, viewer, world.faults);
  const reactions = [...message.reactions].map(([type, who]) => ({ type, who: [...who] }));
  return {
    id,
    ...place,
    conversationId: world.directory.conversationId(place),
    from,
    fromName: from === 'bot' ? world.directory.bot.name : people[from].displayName,
    at,
    edited,
    deleted,
    mentions: message.mentions ?? [],
    reactions: reactions.filter(({ who }) => who.length > 0),
    working: (state?.waiting ?? 0) > 0,
    warnings: warningsOf(message),
    ...(trouble !== undefined && { trouble }),
    ...(!deleted && {
      ...(message.text !== undefined && { text: message.text, textFormat: message.textFormat ?? 'markdown' }),
      ...(card && { card }),
      ...(state?.note !== undefined && { note: state.note }),
      ...(state?.error !== undefined && { error: state.error }),
      ...(state?.signIn && { signIn: state.signIn }),
    }),
  };
}
