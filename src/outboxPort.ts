import type { JournalEntry } from './model/journalEntry.ts';
import type { Operation } from './model/operation.ts';
import type { Instant } from './model/person.ts';
import type { Place } from './model/place.ts';
import type { About, Elsewhere, Notice, Subscription } from './model/subscription.ts';
import type { Pace, Telling as TellingOf } from './model/telling.ts';
import type { Content } from './ports.ts';

/*
 * The part of the store that is about telling: what waits to be told, who wants to hear, and what they were told.
 */

export type Telling = TellingOf<Content>;

/** What is written in the same moment as a change. */
export interface Along {
  readonly entry?: JournalEntry | undefined;
  readonly tell?: readonly Telling[];
  /** A sealed secret to keep; without `sealed`, to throw away. */
  readonly secret?: { readonly operationId: string; readonly sealed?: string };
}

/** Tellings, in one queue per conversation. */
export interface Outbox {
  /** Queues a telling; false, and nothing queued, when its origin was handled already. */
  tell(telling: Telling, now: Instant, origin?: string): Promise<boolean>;
  /** Up to `limit` conversations in which something is due, longest due first, leased until `leaseUntil`. */
  claimLanes(now: Instant, limit: number, leaseUntil: Instant): Promise<readonly Lane[]>;
  /**
   * A telling went out, or is given up: it leaves the queue, unless it was called for again meanwhile. Along with it are
   * written a move, a journal entry, and what is to be told in its place. With `leave` the lease ends, too, and what is
   * left in the lane is due at once. False, and nothing written, when the move came too late.
   */
  told(delivery: Delivery, pace: Pace, along?: ToldAlong): Promise<boolean>;
  /** The lease ends. What is left in the lane is due at `until`, and `tried` has been tried once more. */
  leave(lane: Lane, until: Instant, pace: Pace, tried?: Delivery): Promise<void>;
  /** Nobody can be spoken to there: what waits is kept until the place is met again; what is told meanwhile is still claimed. */
  bury(lane: Lane, at: Instant): Promise<void>;
}

export interface ToldAlong extends Along {
  readonly move?: { readonly from: Operation; readonly to: Operation };
  readonly leave?: true;
  /** Places that are to hear of it: each gets a notice, or has the one it has drawn anew, and a bulletin is queued there. */
  readonly notify?: readonly { readonly place: Place; readonly about: About }[];
  /** These notices are now shown by that message, as they were when they were read; `drawn`: see `Notice.drawn`. */
  readonly shown?: { readonly card: string; readonly notices: readonly Notice[]; readonly drawn?: string };
}

/** One conversation with what is to be told there, oldest first. */
export interface Lane {
  readonly id: string;
  readonly deliveries: readonly Delivery[];
  readonly pace: Pace;
  readonly leaseUntil: Instant;
  /** Since when nobody can be spoken to there. */
  readonly deadSince?: Instant;
}

/** A telling in its queue. */
export interface Delivery {
  readonly lane: string;
  readonly number: number;
  /** Raised when the same is told again before it went out. */
  readonly wish: number;
  readonly telling: Telling;
  readonly tries: number;
  readonly since: Instant;
}

/** What places want to hear about. */
export interface Subscriptions {
  /** Writes it down, or over the one with the same id. */
  subscribe(subscription: Subscription, entry: JournalEntry): Promise<void>;
  /** Changes one that is still there, as it is by then. False, and nothing written, where it is gone. */
  amendSubscription(id: string, change: (now: Subscription) => Subscription, entry: JournalEntry): Promise<boolean>;
  /** All of them, or those of one place (`baseOf` its id); oldest first. */
  subscriptions(base?: string): Promise<readonly Subscription[]>;
  /** Those that are still there are taken away, with the notices of a place that has none left. Answers how many. */
  unsubscribe(ids: readonly string[], entry: JournalEntry): Promise<number>;
  /** Up to `limit` summaries that are due, leased until `leaseUntil`; another `nextAt` ends the lease. */
  claimSummaries(now: Instant, limit: number, leaseUntil: Instant): Promise<readonly Subscription[]>;
}

/** What places were told, so that it can be drawn anew. */
export interface Notices {
  /** Notices of a place that wait to be told or drawn anew, oldest first. */
  dueNotices(base: string, limit: number): Promise<readonly Notice[]>;
  /** Everything that one message of a place shows, oldest first. */
  noticesOn(base: string, card: string, limit: number): Promise<readonly Notice[]>;
  /** What places that still subscribe to something have about this, told or not. */
  noticesOf(about: About): Promise<readonly Notice[]>;
  /**
   * Writes down what was done elsewhere; what is new, or in a new state, is news to the subscribers. What has ended does
   * not begin anew, whatever is said of it later.
   */
  noteElsewhere(seen: readonly Elsewhere[], now: Instant): Promise<void>;
  elsewhere(id: string): Promise<Elsewhere | undefined>;
  /** Those of these that are written down, in any order. */
  elsewheres(ids: readonly string[]): Promise<readonly Elsewhere[]>;
  /** What was written down since then and has not ended, in any order. */
  openElsewhere(since: Instant): Promise<readonly Elsewhere[]>;
}
