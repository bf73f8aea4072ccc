import type { Changes } from './changes.ts';
import type { Json, Mention } from './protocol.ts';
import { isChannel } from './rooms.ts';
import type { PersonKey, Place, RoomKey } from './rooms.ts';

/** Shown under a card whose click could not be signed in. */
export interface SignInOffer {
  /** The OAuthCard's words. */
  text: string;
  title: string;
  url: string;
}

/** What one person alone sees of a message: Teams keeps the answer of an invoke in the client that asked. */
export interface ViewerState {
  card?: Json;
  /** Text under the card (`application/vnd.microsoft.activity.message`). */
  note?: string;
  /** Red text under the card. */
  error?: string;
  /** What to click for a sign-in that could not be had silently. */
  signIn?: SignInOffer;
  /** Clicks of this person that are not answered yet. */
  waiting: number;
  /** When this person's client last asked for a fresh card, in ms. */
  refreshedAt?: number;
}

/** What was written, by a person or by the bot. */
export interface Content {
  text?: string;
  textFormat?: string;
  card?: Json;
  mentions?: Mention[];
  /** Content types that the window cannot draw. */
  unsupported?: string[];
  /** Size of the bot's activity: bytes of UTF-8 JSON. */
  bytes?: number;
}

/** A message as the window holds it, whoever looks. */
export interface StoredMessage extends Content {
  id: string;
  place: Place;
  from: PersonKey | 'bot';
  /** When it was written, in ms. */
  at: number;
  edited: boolean;
  deleted: boolean;
  /** Reaction type, e.g. `like` → who gave it. */
  reactions: Map<string, Set<PersonKey>>;
  viewers: Map<PersonKey, ViewerState>;
  /** Why the bot did not get it. */
  trouble?: string;
}

/** Ids are the time in ms as text, as in Teams, and never the same twice. */
export class Messages {
  readonly #all: StoredMessage[] = [];
  readonly #changes: Changes;
  readonly #now: () => number;
  #lastId = 0;

  constructor(changes: Changes, now: () => number) {
    this.#changes = changes;
    this.#now = now;
  }

  nextId(): string {
    this.#lastId = Math.max(this.#now(), this.#lastId + 1);
    return String(this.#lastId);
  }

  /** Without a thread, what is said in a channel is a new post: the root of its own thread. */
  add(place: Place, from: PersonKey | 'bot', content: Content, id = this.nextId()): StoredMessage {
    const thread = isChannel(place.room) ? (place.thread ?? id) : undefined;
    const message: StoredMessage = {
      ...content,
      id,
      place: { ...place, ...(thread !== undefined && { thread }) },
      from,
      at: this.#now(),
      edited: false,
      deleted: false,
      reactions: new Map(),
      viewers: new Map(),
    };
    this.#all.push(message);
    this.touch(message);
    return message;
  }

  /** In a channel an id may be sought with or without its thread; a wrong thread finds nothing. */
  find({ room, owner, thread }: Place, id: string): StoredMessage | undefined {
    return this.in(room, owner).find(
      (message) => message.id === id && (thread === undefined || message.place.thread === thread),
    );
  }

  in(room: RoomKey, owner?: PersonKey): StoredMessage[] {
    return this.#all.filter(
      ({ place }) => place.room === room && (owner === undefined || room !== 'personal' || place.owner === owner),
    );
  }

  byId(id: string): StoredMessage | undefined {
    return this.#all.findLast((message) => message.id === id);
  }

  /** A bot's edit is everybody's: what single viewers had been answered is gone. */
  replace(message: StoredMessage, content: Content): void {
    for (const [who, { waiting, refreshedAt }] of message.viewers) {
      message.viewers.set(who, { waiting, ...(refreshedAt !== undefined && { refreshedAt }) });
    }
    const blank: Record<keyof Content, undefined> = {
      text: undefined,
      textFormat: undefined,
      card: undefined,
      mentions: undefined,
      unsupported: undefined,
      bytes: undefined,
    };
    this.change(message, { ...blank, ...content, edited: true });
  }

  change(message: StoredMessage, change: Partial<StoredMessage>): void {
    Object.assign(message, change);
    this.touch(message);
  }

  changeFor(message: StoredMessage, who: PersonKey, change: Partial<ViewerState>): void {
    message.viewers.set(who, { waiting: 0, ...message.viewers.get(who), ...change });
    this.touch(message);
  }

  /** What clients had been answered lives in them alone; a reload loses it. */
  forgetViewers(): void {
    for (const message of this.#all.filter(({ viewers }) => viewers.size > 0)) {
      message.viewers.clear();
      this.touch(message);
    }
  }

  touch(message: StoredMessage): void {
    this.#changes.tell({ is: 'message', id: message.id });
  }
}
