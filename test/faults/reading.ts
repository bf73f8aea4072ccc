import type { ChatMessage } from '../../src/sandbox/chat/view.ts';

/** How an operation stands, as somebody reads it on its card. */
export interface Standing {
  /** The operation's id. */
  readonly operation: string;
  /** What is done, and to which device: "Lock MBP-042". */
  readonly deed: string;
  /** The card's own word: "Waiting for the device". */
  readonly status: string;
  /** It asks for a confirmation. */
  readonly offered: boolean;
  /** The title of the button for that; empty where there is none. */
  readonly button: string;
  readonly ended: boolean;
  /** It says that nothing was sent or done. */
  readonly denied: boolean;
  /** It says that it was sent a second time, because nobody knew whether the first ever left. */
  readonly resent: boolean;
  /** It was dropped before it was sent: an end of which only the card tells. */
  readonly dropped: boolean;
}

const ends =
  /^(?:Done|Failed|Not supported by this device|Cancelled|Not done|Unproven: .*|Intune says done, but .*|Expired without a confirmation|Not sent a second time)$/u;
const denies = /[Nn]othing (?:more )?was (?:sent|done)|sent nothing/u;
const drops = /Nothing (?:more )?was sent to Intune\.|^Not sent a second time/u;
const resends = /^Not found in Intune, so sent once more/u;

type Part = Readonly<Record<string, unknown>>;

function partsOf(card: unknown): Part[] {
  const parts: Part[] = [];
  JSON.stringify(card, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) parts.push(value as Part);
    return value;
  });
  return parts;
}

const dataOf = (part: Part | undefined) => (part?.['data'] ?? {}) as Part;

/** Undefined for what is no operation's card: a refusal, the notice of a secret, words. */
export function standingOf({ card, deleted }: Pick<ChatMessage, 'card' | 'deleted'>): Standing | undefined {
  if (!card || deleted) return undefined;
  const parts = partsOf(card);
  const offer = parts.find((part) => part['verb'] === 'confirm');
  const operation = offer
    ? dataOf(offer)['operation']
    : parts.find((part) => part['title'] === 'Operation' && 'value' in part)?.['value'];
  if (typeof operation !== 'string') return undefined;
  const [heading = '', status = '', ...others] = parts
    .filter((part) => part['type'] === 'TextBlock')
    .map((part) => String(part['text']));
  const ended = offer === undefined && ends.test(status);
  return {
    // Cards are Markdown, so an id that begins with an underscore has a backslash before it.
    operation: operation.replaceAll('\\', '').trim(),
    deed: offer ? heading.replace(/\?$/u, '') : heading,
    status,
    offered: offer !== undefined,
    button: String(offer?.['title'] ?? ''),
    ended,
    denied: ended && (status === 'Not done' || [status, ...others].some((text) => denies.test(text))),
    resent: others.some((text) => resends.test(text)),
    dropped: ended && [status, ...others].some((text) => drops.test(text)) && status !== 'Not done',
  };
}

/** A card of the bot's that is neither an operation's nor a secret's: a refusal. */
export const isRefusal = (message: ChatMessage): boolean =>
  message.from === 'bot' &&
  message.card !== undefined &&
  standingOf(message) === undefined &&
  !JSON.stringify(message.card).includes('nlock PIN of ');

/** The short reply that a deed has ended. */
export const tellsEnd = (message: ChatMessage, deed: string): boolean =>
  message.from === 'bot' && !message.deleted && (message.text ?? '').startsWith(`${deed}: `);
