import type { Action } from './action.ts';
import type { Device } from './device.ts';
import type { Outcome } from './operation.ts';
import type { Instant, Person } from './person.ts';
import type { Place } from './place.ts';

/** Something that a place wants to hear about: actions as they happen, or one summary a day. */
export interface Subscription {
  readonly id: string;
  /** A channel itself, not one of its threads. */
  readonly place: Place;
  readonly by: Person;
  readonly at: Instant;
  /** As it was typed. Foreign text. */
  readonly words: string;
  readonly wants: Wants;
  /** Nothing is told before; what happens meanwhile is not made up for. */
  readonly mutedUntil?: Instant | undefined;
}

export type Wants =
  | { readonly is: 'notices'; readonly filter: Filter }
  /** `minutes` after midnight by the clock of `timeZone` (IANA); `nextAt`: the next one. */
  | { readonly is: 'summary'; readonly minutes: number; readonly timeZone: string; readonly nextAt: Instant };

/** What is left out does not narrow it; an empty filter is about anything. */
export interface Filter {
  readonly actions?: readonly string[] | undefined;
  readonly risks?: readonly Action['risk'][] | undefined;
  /** Told only once it has ended so. */
  readonly outcomes?: readonly Outcome[] | undefined;
  readonly platforms?: readonly Device['platform'][] | undefined;
  readonly ownership?: readonly ('company' | 'personal')[] | undefined;
  /** Entra object id of whoever did it. */
  readonly personId?: string | undefined;
  /** Their display name when it was asked for, for people to read. Foreign text. */
  readonly personName?: string | undefined;
}

/** What a notice is about: one of our operations, or what somebody did elsewhere. */
export interface About {
  readonly is: 'operation' | 'elsewhere';
  readonly id: string;
}

/** One thing that a place is told about, on the card where it is told. */
export interface Notice {
  /** `baseOf` the place's id. */
  readonly base: string;
  readonly about: About;
  /** Raised each time there is something new to tell. */
  readonly wish: number;
  /** What the card shows is older than `wish`. */
  readonly due: boolean;
  /** Id of the message that shows it, alone or folded with others; undefined until it was told. */
  readonly card?: string | undefined;
  /** A hash of what that message shows as a whole. */
  readonly drawn?: string | undefined;
  readonly at: Instant;
}

/** An action on a device that was not started from here, as `remoteActionAudits` tells of it. */
export interface Elsewhere {
  /** The audit's id. */
  readonly id: string;
  readonly tenantId: string;
  /** As the audit names it: `factoryReset`; not always the action's own name. */
  readonly action: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly ownerUserPrincipalName: string;
  /** userPrincipalName; empty where Graph does not tell. */
  readonly initiatedBy: string;
  /** Entra object id, in lower case; undefined where nobody is known under that name. */
  readonly initiatedById?: string | undefined;
  /** The device as it was when the audit was first seen; undefined where Intune did not tell, or no longer had it. */
  readonly platform?: Device['platform'] | undefined;
  readonly ownership?: string | undefined;
  readonly requestedAt: Instant;
  /** An `actionState`. */
  readonly state: string;
}

/** Of `actionState`, those after which nothing more is to come. */
export const endedStates: readonly string[] = ['done', 'failed', 'canceled', 'notSupported'];

export const hasEnded = ({ state }: Pick<Elsewhere, 'state'>): boolean => endedStates.includes(state);
