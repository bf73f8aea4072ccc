import type { PersonKey, RoomKey } from '../../src/sandbox/chat/rooms.ts';
import type { ChatMessage } from '../../src/sandbox/chat/view.ts';
import type { Write } from './graphLine.ts';

/** What one person wanted, and what they did for it. Times in ms. */
export interface Errand {
  readonly who: PersonKey;
  readonly room: RoomKey;
  readonly text: string;
  readonly device: string;
  /** In a channel: where it was asked. */
  thread?: string;
  /** How often it was typed. */
  sayings: number;
  /** Deliveries of what was typed and clicked, repetitions and copies included. */
  deliveries: number;
  /** The operation that was confirmed. */
  operation?: string;
  /** The card on which it was confirmed. */
  message?: string;
  /** The title of its button. */
  button?: string;
  /** When the first click left; from then on it counts as confirmed, because it is clicked until it was heard. */
  confirmedAt?: number | undefined;
  presses: number;
  /** When the bot's answer, or the card, first showed that the click was heard. */
  heardAt?: number;
  endedAt?: number;
  /** Told no before there was anything to confirm. */
  refused?: true;
  /** What was said under the card instead of carrying it out, again and again: then it does not count as confirmed. */
  declined?: string;
}

/** All that is known when everything is over; the report is reckoned from nothing else. */
export interface Facts {
  readonly errands: readonly Errand[];
  readonly writes: readonly Write[];
  /** Writes that the tenant says it has got. */
  readonly writesAtTenant: number;
  /** Everything in the chat, as it stands for everybody. */
  readonly messages: readonly ChatMessage[];
}
