import type { Person } from './model/person.ts';
import type { MessageRef, Place } from './model/place.ts';
import type { Content } from './ports.ts';

/** What the chat hands in at the door for messages. */
export interface Heard {
  /** Activity id; the same id delivered twice is one message. */
  readonly id: string;
  readonly person: Person;
  readonly place: Place;
  /** Normalised; our own mention stripped; other mentions as `@Name`. */
  readonly text: string;
  readonly mentions: readonly Mention[];
  /** IANA time zone of whoever spoke, where the chat tells it. */
  readonly timeZone?: string | undefined;
}

/** A person named in the text. */
export interface Mention {
  /** As it stands in `Heard.text`: `@Jane Doe`. */
  readonly text: string;
  readonly chatId: string;
  readonly name: string;
}

/** What the chat hands in at the door for buttons. Everything in `data` and `inputs` is what a client sent. */
export interface Pressed {
  readonly person: Person;
  readonly place: Place;
  /** The card's message. */
  readonly message: MessageRef;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** A client's refresh, not a click: read-only. */
  readonly automatic: boolean;
  /** The clicker's token for us, where the chat signed them in for this click. Never stored, never logged. */
  readonly assertion?: string | undefined;
}

/** What the clicker sees at once, and the work that goes on after the answer. */
export interface Answered {
  readonly content: Content;
  /**
   * Who shall see the content.
   * `everyone`: it is what the message shows from now on; the desk has already queued it for the message itself, so
   * only the click is answered with it.
   * `clicker`: it is said to the one who clicked; never update the message with it. A client that cannot be answered
   * (Action.Submit) gets it as a new message.
   * `client`: it shows in place of the message on the client that clicked and is not to be stored with the message; a
   * client that cannot be answered gets it as an update.
   */
  readonly audience: 'everyone' | 'clicker' | 'client';
  /** The chat is to sign the clicker in and to bring the same click again, with their token; `content` where it cannot. */
  readonly signIn?: true;
  readonly afterwards?: () => Promise<void>;
}

/** The three doors, the threshold, and the way out, as the process sees them. */
export interface Desk {
  onMessage(heard: Heard): Promise<void>;
  onButton(pressed: Pressed): Promise<Answered>;
  /** Moves all that is due; answers the most that one beat had due. */
  onTick(): Promise<number>;
  /** The same in parts, each to be done again and again by itself: none of them waits for another. */
  readonly beats: readonly (() => Promise<number>)[];
  /** The app was opened or added here. */
  onArrival(place: Place, person: Person): Promise<void>;
  /** The app was taken away here. */
  onDeparture(place: Place, person: Person): Promise<void>;
  /** Begins to carry what is queued; answers in how many conversations. */
  deliver(): Promise<number>;
  /** Resolves when nothing is being carried any more. */
  delivered(): Promise<void>;
}
