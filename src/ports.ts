import type { GraphRequest, Lookup } from './model/action.ts';
import type { AssignmentItem, CloudPc, Device } from './model/device.ts';
import type { Operation } from './model/operation.ts';
import type { Instant, Person } from './model/person.ts';
import type { MessageRef, Place } from './model/place.ts';
import type { Question } from './model/question.ts';
import type { ActionResult } from './model/result.ts';

/*
 * All we need of the world, on one page. Nothing else knows an address, a secret or the hour.
 */

/** Microsoft Graph, as far as the journey needs it. Reads are retried inside; when they fail for good, they throw `GraphFault`. */
export interface Graph {
  /**
   * Devices whose name or serial number is exactly `text` (case aside), or whose primary user has it as
   * userPrincipalName. Every device returned was compared with the question again, whatever Graph answered.
   */
  findDevices(text: string): Promise<readonly Device[]>;
  /** Devices whose primary user is this person, compared by Entra object id. */
  devicesOf(userId: string, userPrincipalName: string): Promise<readonly Device[]>;
  /** Devices with a name like `text`, nearest first, at most 5; for "did you mean", never to act on. */
  nearDevices(text: string): Promise<readonly Device[]>;
  /** The Windows 365 record of a device; undefined where there is none. */
  cloudPcOf(device: Device): Promise<CloudPc | undefined>;
  /** Apps and policies of a device that changeAssignments can name, with those that already stand as removed. */
  assignmentItems(device: Device): Promise<readonly AssignmentItem[]>;
  /** The device as it is now, and the results that stand for a lookup. `undefined`: Intune no longer has it. */
  inspect(deviceId: string, lookup: Lookup): Promise<{ device: Device; results: readonly ActionResult[] } | undefined>;
  /** Sends a write once, and never again by itself. Does not throw. */
  send(request: GraphRequest): Promise<Sent>;
  /** Reads results for many lookups with as few calls as Graph allows (20 in a `$batch`). One answer per lookup, in order. Does not throw. */
  look(lookups: readonly Lookup[]): Promise<readonly Looked[]>;
  /** The secret that stands in the result which started at `startedAt`; undefined where Intune no longer has it. */
  secret(lookup: Lookup, property: 'unlockPin', startedAt: Instant): Promise<string | undefined>;
  /** How the person stands to this tenant's helpdesk. */
  standing(person: Person): Promise<Standing>;
  /** Undefined when Graph answers; otherwise the reason in one line, free of secrets. */
  ready(): Promise<string | undefined>;
}

/** A read that failed for good. `message` is for logs; people are told by `reason`. */
export class GraphFault extends Error {
  readonly reason: 'throttled' | 'unreachable' | 'notSignedIn' | 'denied' | 'unexpected';
  constructor(reason: GraphFault['reason'], message: string) {
    super(message);
    this.name = 'GraphFault';
    this.reason = reason;
  }
}

/**
 * What became of a write. `refused`: Graph said no, or the call provably never left; nothing was done.
 * `unsure`: the answer was lost (time-out, 5xx, broken socket); it may have been done.
 */
export type Sent =
  | { readonly is: 'accepted'; readonly requestId: string }
  | {
      readonly is: 'refused';
      readonly why:
        | 'badRequest'
        | 'busy'
        | 'denied'
        | 'notSignedIn'
        | 'notFound'
        | 'throttled'
        | 'unreachable'
        | 'approvalRequired';
      /** Graph's own words, cleaned; only for the log. */
      readonly message: string;
      readonly requestId: string;
      /** The scope that Graph named as missing, where it named one. */
      readonly missingScope?: string;
      readonly retryAfterMs?: number;
    }
  | { readonly is: 'unsure'; readonly message: string; readonly requestId: string };

export type Looked =
  | { readonly is: 'seen'; readonly results: readonly ActionResult[]; readonly lastSync?: Instant }
  /** 404: Intune no longer has the device. */
  | { readonly is: 'gone' }
  | { readonly is: 'notNow'; readonly retryAfterMs?: number; readonly message: string };

/** `unknown` (not in this tenant) and `guest` may do nothing, whatever their groups. */
export type Standing = 'helpdesk' | 'noRole' | 'guest' | 'unknown';

/** What is remembered. Every write either happens whole, together with its journal entry, or not at all. */
export interface Store {
  /** False when an operation with this id or origin is there already; nothing is written then. */
  create(operation: Operation, entry: JournalEntry): Promise<boolean>;
  operation(id: string): Promise<Operation | undefined>;
  /**
   * Compare-and-swap: writes `to` with version + 1 if `from.version` still stands, and answers what was written;
   * undefined when somebody else was first. Throws when the journal cannot be written: then nothing moved.
   */
  move(from: Operation, to: Operation, entry?: JournalEntry): Promise<Operation | undefined>;
  /**
   * `move`, but only while no other operation on the same device is a rival; both are checked and written as one.
   * Of two that are rivals to each other, one at most is moved.
   */
  claim(from: Operation, to: Operation, isRival: (other: Operation) => boolean, entry: JournalEntry): Promise<Claim>;
  /** Up to `limit` operations that are due, leased to the caller until `leaseUntil`: nobody else is given them before. */
  claimDue(now: Instant, limit: number, leaseUntil: Instant): Promise<readonly Operation[]>;
  /** Newest first. */
  operationsOf(filter: { deviceId?: string; personId?: string }, limit: number): Promise<readonly Operation[]>;
  ask(question: Question): Promise<boolean>;
  question(id: string): Promise<Question | undefined>;
  /** Takes a question away; true for exactly one caller. */
  settle(id: string): Promise<boolean>;
  rememberPlace(place: Place, person: Person): Promise<void>;
  /** Where this person can be spoken to alone. */
  personalPlace(personId: string): Promise<Place | undefined>;
  journal(entry: JournalEntry): Promise<void>;
  /** Undefined when the store works; otherwise the reason in one line. */
  ready(): Promise<string | undefined>;
}

/** `late`: somebody else moved it first. */
export type Claim =
  | { readonly is: 'moved'; readonly operation: Operation }
  | { readonly is: 'rival'; readonly rival: Operation }
  | { readonly is: 'late' };

/** One line of the journal: who did what, to which device, and what came of it. Never a secret. */
export interface JournalEntry {
  readonly at: Instant;
  readonly event: string;
  readonly tenantId: string;
  /** Entra object id of the person whose act it is; empty where it is nobody's. */
  readonly personId: string;
  readonly operationId?: string;
  readonly deviceId?: string;
  readonly action?: string;
  readonly note?: string;
}

/** A message of ours: a card with the line that notifications show, or plain text. */
export type Content = { readonly card: object; readonly summary: string } | { readonly text: string };

/** The chat. Throws `Unreachable` when a place cannot be spoken to. */
export interface Messenger {
  post(place: Place, content: Content): Promise<MessageRef>;
  /** Updates for everyone; sends anew when the message is gone, and answers where it stands now. */
  update(message: MessageRef, content: Content): Promise<MessageRef>;
  /** The place where this person can be spoken to alone, opened from `near` if need be; undefined without the app there. */
  privately(person: Person, near: Place): Promise<Place | undefined>;
  /** Who a mention names; undefined where the roster does not know. */
  whoIs(place: Place, chatId: string): Promise<{ id: string; userPrincipalName: string; name: string } | undefined>;
}

/** A place that cannot be spoken to: the app was removed, blocked, or the conversation is gone. */
export class Unreachable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreachable';
  }
}

export interface Clock {
  now(): Instant;
}

/** Structured log lines (pino's shape). Never a person's or device's name, never a secret. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
