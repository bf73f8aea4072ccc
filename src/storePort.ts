import type { JournalEntry } from './model/journalEntry.ts';
import type { Operation } from './model/operation.ts';
import type { Instant, Person } from './model/person.ts';
import type { Place } from './model/place.ts';
import type { Question } from './model/question.ts';
import type { Along, Notices, Outbox, Subscriptions, Telling } from './outboxPort.ts';

/*
 * What is remembered: one store, whatever engine it stands on. Every write happens whole, with its journal entries and
 * the tellings that it calls for, or not at all. Any number of processes may share one store.
 */

export interface Store extends Operations, Outbox, Budgets, Subscriptions, Notices {
  /** Notes a question and queues its card. False when its origin was handled already. */
  ask(question: Question, tell: readonly Telling[]): Promise<boolean>;
  question(id: string): Promise<Question | undefined>;
  /** Takes a question away; true for exactly one caller. */
  settle(id: string): Promise<boolean>;
  /**
   * Where this person was met; a conversation that was thought dead is alive again, and what is subscribed to there is
   * told by the address that it has now. Costs no write when nothing is new.
   */
  rememberPlace(place: Place, person: Person): Promise<void>;
  /** Where this person can be spoken to alone. */
  personalPlace(personId: string): Promise<Place | undefined>;
  journal(entry: JournalEntry): Promise<void>;
  /** All journal entries about these operations, oldest first. */
  entriesOf(operationIds: readonly string[]): Promise<readonly JournalEntry[]>;
  /** The sealed secret of an operation; undefined where none is kept. */
  secretOf(operationId: string): Promise<string | undefined>;
  /** How many sealed secrets are kept by their first 11 characters: with `Vault`, what names the key of each. */
  seals(): Promise<readonly { readonly seal: string; readonly count: number }[]>;
  /** Undefined when the store works; otherwise the reason in one line. */
  ready(): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * A store that cannot work at present. Nothing was written; only of `undecided` that is not known. `reason` is for people,
 * `message` for logs.
 */
export class StoreFault extends Error {
  readonly reason: 'full' | 'unreachable' | 'readOnly' | 'undecided' | 'unexpected';
  constructor(reason: StoreFault['reason'], message: string) {
    super(message);
    this.name = 'StoreFault';
    this.reason = reason;
  }
}

export interface Move extends Along {
  readonly from: Operation;
  readonly to: Operation;
}

/** The operation's row is what is claimed, followed and shown: there is no second truth. */
export interface Operations {
  /** An origin, or an offer that is open already, makes no second operation. */
  create(operation: Operation, along: Along): Promise<Created>;
  operation(id: string): Promise<Operation | undefined>;
  /**
   * Compare-and-swap: writes `to` with version + 1 if `from.version` still stands, and answers what was written;
   * undefined when somebody else was first. Throws when the journal cannot be written: then nothing moved.
   */
  move(from: Operation, to: Operation, along?: Along): Promise<Operation | undefined>;
  /** Many moves, each as `move` does it, in one transaction. One answer per move, in order. */
  record(moves: readonly Move[]): Promise<readonly (Operation | undefined)[]>;
  /**
   * `move`, but only while no other operation on the same device is a rival; both are checked and written as one.
   * Of two that are rivals to each other, one at most is moved; nor is one that would go beyond a ceiling, however many
   * the asker confirms at once.
   */
  claim(
    from: Operation,
    to: Operation,
    isRival: (other: Operation) => boolean,
    along: Along,
    ceilings?: readonly Ceiling[],
  ): Promise<Claim>;
  /**
   * Up to `limit` operations whose next look is due, longest due first, and with them the other operations of the same
   * devices that wait for a look; leased until `leaseUntil`: nobody else is given them before. A move that sets another
   * next look ends the lease.
   */
  claimLooks(now: Instant, limit: number, leaseUntil: Instant): Promise<readonly Operation[]>;
  /** Gives looks back that were claimed and not made; they are due at `until`. */
  postponeLooks(operations: readonly Operation[], until: Instant): Promise<void>;
  /** Up to `limit` operations with another duty that is due (`choreAt`), leased in the same way. */
  claimChores(now: Instant, limit: number, leaseUntil: Instant): Promise<readonly Operation[]>;
  /** Newest first; with `before`, only those that were asked for before it, for the next page. */
  operationsOf(filter: OperationFilter, limit: number, before?: Before): Promise<readonly Operation[]>;
  /** Every operation on these devices that was asked for since then. */
  operationsOn(deviceIds: readonly string[], since: Instant): Promise<readonly Operation[]>;
  /** What this person asked for and confirmed since then, newest first. */
  confirmedSince(personId: string, since: Instant): Promise<readonly Confirmed[]>;
  census(now: Instant): Promise<Census>;
}

/** `heard`: this very delivery was handled already. `open`: the same offer stands there and can still be confirmed. */
export type Created =
  { readonly is: 'created' } | { readonly is: 'heard' } | { readonly is: 'open'; readonly operation: Operation };

/** All that is given must fit; an empty filter is about every operation. */
/** Something that a person confirmed. */
export interface Confirmed {
  /** Catalogue name. */
  readonly action: string;
  readonly at: Instant;
}

export interface OperationFilter {
  readonly deviceId?: string | undefined;
  /** Of whoever asked for it. */
  readonly personId?: string | undefined;
  readonly ticket?: string | undefined;
  /** Offered, claimed or running. */
  readonly open?: true | undefined;
  /** Over, since then. */
  readonly endedSince?: Instant | undefined;
}

export interface Before {
  readonly askedAt: Instant;
  readonly id: string;
}

/** The asker of an operation may have confirmed at most `most` of these actions since then, this one included. */
export interface Ceiling {
  readonly actions: 'all' | readonly string[];
  readonly since: Instant;
  readonly most: number;
}

/** `late`: somebody else moved it first. */
export type Claim =
  | { readonly is: 'ceiling'; readonly ceiling: Ceiling }
  | { readonly is: 'moved'; readonly operation: Operation }
  | { readonly is: 'rival'; readonly rival: Operation }
  | { readonly is: 'late' };

/** How much is under way, and what is stuck. */
export interface Census {
  /** Operations that are looked for. */
  readonly tracked: number;
  /** The oldest time at which a look or another duty was due, or a telling was queued, that is not done; undefined: none. */
  readonly lookSince: Instant | undefined;
  readonly choreSince: Instant | undefined;
  readonly tellingSince: Instant | undefined;
  readonly tellings: number;
  readonly deadPlaces: number;
}

/** What one tenant allows all processes together. */
export interface Budgets {
  /** Draws up to `wanted` from what `rule` allows in the window that `now` lies in. */
  draw(name: string, wanted: number, rule: BudgetRule, now: Instant): Promise<Drawn>;
  /** Nothing may be drawn before `until`: the far side said so. */
  hold(name: string, until: Instant): Promise<void>;
}

/** At most `limit` per `window` milliseconds. */
export interface BudgetRule {
  readonly limit: number;
  readonly window: number;
}

/** How much was granted, and when there is more to be had. */
export interface Drawn {
  readonly granted: number;
  readonly next: Instant;
}
