import type { GraphRequest, Lookup } from './model/action.ts';
import type { AssignmentItem, CloudPc, Device } from './model/device.ts';
import type { Instant, Person } from './model/person.ts';
import type { MessageRef, Place } from './model/place.ts';
import type { ActionResult } from './model/result.ts';
import type { Elsewhere } from './model/subscription.ts';

/*
 * All we need of the world, on one page. Nothing else knows an address, a secret or the hour.
 */

/** Microsoft Graph, as far as the journey needs it. Reads are retried inside; when they fail for good, they throw `GraphFault`. */
export interface Graph {
  /**
   * Devices whose name or serial number is exactly one of `texts` (case aside), or whose primary user has one as
   * userPrincipalName. Every device returned was compared with the question again, whatever Graph answered.
   */
  findDevices(...texts: readonly string[]): Promise<readonly Device[]>;
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
  /**
   * Sends a write once, and never again by itself: in the app's name, or in that of the person whose `assertion` (a token
   * that the chat's sign-in gave for us) is given. Does not throw.
   */
  send(request: GraphRequest, assertion?: string): Promise<Sent>;
  /** Reads results for many lookups with as few calls as Graph allows (20 in a `$batch`). One answer per lookup, in order. Does not throw. */
  look(lookups: readonly Lookup[]): Promise<readonly Looked[]>;
  /** The secret that stands in the result which started at `startedAt` (0: without a start time); undefined where Intune no longer has it. */
  secret(lookup: Lookup, property: 'unlockPin', startedAt: Instant): Promise<string | undefined>;
  /** Who the person is in this tenant, and in which of these groups (Entra object ids), nested ones counted. */
  standing(person: Person, groupIds: readonly string[]): Promise<Standing>;
  /**
   * What was done to devices, by whomever and wherever, since then; newest first, at most `limit`. From
   * `remoteActionAudits`.
   */
  audits(since: Instant, limit: number): Promise<readonly Elsewhere[]>;
  /** Since when Graph refuses this process the `audits`; undefined: it does not, or was not asked yet. */
  auditsDeniedSince(): Instant | undefined;
  /** The devices with these ids, as they are now; those of which Intune does not tell are left out. */
  devicesWith(ids: readonly string[]): Promise<readonly Device[]>;
  /** Entra object ids, in lower case, by userPrincipalName as it was given; who is not known is left out. */
  idsOf(userPrincipalNames: readonly string[]): Promise<ReadonlyMap<string, string>>;
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
        | 'approvalRequired'
        /** In a person's name, and their sign-in brought no token: nobody agreed to it, more is asked of them, or else. */
        | 'consentMissing'
        | 'moreSignIn'
        | 'signInFailed';
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

/** `unknown` (not in this tenant, or switched off) and `guest` may do nothing, whatever their groups. */
export type Standing =
  | {
      readonly is: 'member';
      /** Of the groups that were asked about, in lower case. */ readonly groups: readonly string[];
    }
  | { readonly is: 'guest' | 'unknown' };

/** A message of ours: a card with the line that notifications show, or plain text. */
export type Content = { readonly card: object; readonly summary: string } | { readonly text: string };

/**
 * The chat. One call is one try: throws `Unreachable` when a place cannot be spoken to, `NotNow` when it may work later,
 * and whatever else for what will never work.
 */
export interface Messenger {
  post(place: Place, content: Content): Promise<MessageRef>;
  /** Updates for everyone; sends anew when the message is gone, and answers where it stands now. */
  update(message: MessageRef, content: Content): Promise<MessageRef>;
  /** Updates for everyone; false, and nothing said, when the message is gone. */
  change(message: MessageRef, content: Content): Promise<boolean>;
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

/** It did not work now and may work later. `lost`: no answer came, so a post may stand there all the same. */
export class NotNow extends Error {
  /** Milliseconds that the far side asked us to wait. */
  readonly retryAfterMs: number | undefined;
  readonly lost: boolean;
  constructor(message: string, facts: { retryAfterMs?: number | undefined; lost: boolean }) {
    super(message);
    this.name = 'NotNow';
    this.retryAfterMs = facts.retryAfterMs;
    this.lost = facts.lost;
  }
}

/** Seals secrets for the store. `context` is what the secret belongs to: sealed for one, it opens for no other. */
export interface Vault {
  seal(secret: string, context: string): string;
  /** Undefined where no key that we have opens it. */
  open(sealed: string, context: string): string | undefined;
  /** Whether there is a key for what begins so, see `Store.seals`. */
  hasKeyFor(seal: string): boolean;
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
