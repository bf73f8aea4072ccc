import type { Lookup } from './action.ts';
import type { Device } from './device.ts';
import type { Instant, Person } from './person.ts';
import type { MessageRef, Place } from './place.ts';
import type { Refusal } from './refusal.ts';
import type { ActionResult } from './result.ts';

/** One action asked by one person for one device: the only noun with a life. Plain JSON throughout. */
export interface Operation {
  readonly id: string;
  /** Raised by each move; a move is written only if the last version still stands. */
  readonly version: number;
  /** Catalogue name of the action. */
  readonly action: string;
  /** The action's options, of the type that its page declares. */
  readonly options: unknown;
  readonly device: Device;
  readonly asker: Person;
  readonly place: Place;
  /** What was typed. Foreign text. */
  readonly words: string;
  /** The delivery that asked for it; a second one with the same origin makes no second operation. */
  readonly origin: string;
  readonly askedAt: Instant;
  /** Number of the ticket that it belongs to, without the `#`. Foreign text. */
  readonly ticket?: string | undefined;
  /** The card that shows it in `place`. */
  readonly message?: MessageRef;
  /** The asker's private card, where a secret can be asked for. */
  readonly privately?: MessageRef;
  /** The messages on which a secret stands, or stood; see `secretsShown`. Older versions wrote a single one. */
  readonly secretShown?: readonly SecretShown[] | SecretShown;
  /** What became of the secret that Intune made for it, once there may be one. */
  readonly keeping?: Keeping;
  /** The evidence so far, oldest first. */
  readonly steps: readonly Step[];
  readonly state: State;
}

/** It stands on that message until then. */
export interface SecretShown {
  readonly on: MessageRef;
  readonly until: Instant;
  /** It is about to be hidden. */
  readonly hiding?: true;
}

/**
 * `due`: to be read from Intune at that time; `tries` were in vain, and the last `faults` could not read. `kept`: sealed in
 * the store until then; `viewedAt`: a person saw it first. `none`: Intune had none, however often it was asked; or, with
 * `unreadAt`, it could not be asked until then. `removed`: its time was over.
 */
export type Keeping =
  | {
      readonly is: 'due';
      readonly at: Instant;
      readonly tries: number;
      readonly faults?: number;
      /** Due since then; what an older version wrote does not say. */
      readonly since?: Instant;
    }
  | { readonly is: 'kept'; readonly at: Instant; readonly until: Instant; readonly viewedAt?: Instant }
  | { readonly is: 'none'; readonly unreadAt?: Instant }
  | { readonly is: 'removed' };

/** One piece of evidence: what we know, from whom, and when. */
export interface Step {
  readonly is:
    | 'asked'
    | 'confirmed'
    | 'accepted'
    | 'unsure'
    | 'seen'
    | 'refused'
    | 'finished'
    | 'dropped'
    | 'resent'
    | 'secretShown';
  readonly at: Instant;
  /** Display name of the person whose act it was; empty where it was nobody's. */
  readonly by: string;
  /** Graph's word for it, where Graph said one: an `actionState`, a request id. Otherwise ours, or empty. */
  readonly note: string;
}

export type State = Proposed | Claimed | Running | Finished | Dropped;

/** Offered on a card, waiting for the asker's click. */
export interface Proposed {
  readonly is: 'proposed';
  /** One-time; the click must bring it back. */
  readonly token: string;
  readonly expiresAt: Instant;
  /** What the asker should beware of before confirming. */
  readonly beware: readonly string[];
  /** Start times of the entries that stood in Intune when the card was made (0 for one without). */
  readonly standing: readonly Instant[];
}

/** Clicked and written down. */
export interface Claimed {
  readonly is: 'claimed';
  readonly by: Person;
  readonly at: Instant;
  /** See `Proposed.standing`. */
  readonly standing: readonly Instant[];
  /** Written before the call to Graph; from then on it may have been sent. */
  readonly sending?: Sending;
  /**
   * Whoever claimed it and has not moved it by then is taken for gone. Should they be slow instead, what they do then
   * counts no more.
   */
  readonly overdueAt: Instant;
  /** Whoever confirmed it was signed in for it: it is sent in their name, or not at all. */
  readonly asPerson?: true;
  /** It may have been sent before, by somebody who died: no more may be said of it than that. */
  readonly earlier?: Sending;
}

/** What is needed to recognise our own action among what Graph reports. */
export interface Sending {
  /** Stamped before the call. */
  readonly sentAt: Instant;
  /** Graph is called in the name of whoever confirmed; otherwise in the app's. */
  readonly asPerson?: true;
  readonly lookup: Lookup;
  /** Start times of entries that were there before we sent (0 for an entry without one): never ours. */
  readonly before: readonly Instant[];
}

/** Sent; Intune has it, or may have it. */
export interface Running {
  readonly is: 'running';
  /** `accepted`: Graph answered 2xx. `unsure`: the answer was lost, so it is looked for. */
  readonly acceptance: 'accepted' | 'unsure';
  /** Whoever sent it was gone before the answer came, so that it is not known whether it was sent at all. What is
   * harmless and leaves no trace is then sent once more. */
  readonly leftBehind?: true;
  readonly sending: Sending;
  readonly looks: number;
  /** The last look failed: what stands here may have been overtaken. */
  readonly blind?: true;
  /** The last look found no such device. A second such look is believed. */
  readonly missed?: true;
  readonly nextLookAt: Instant;
  /** Somebody asked for a look out of turn. */
  readonly hurriedAt?: Instant;
  /** The newest evidence from Graph, once there is any. */
  readonly result?: ActionResult;
}

export type Outcome = 'done' | 'failed' | 'notSupported' | 'canceled' | 'refused' | 'unproven';

/** Over. `refused`: nothing was done. `unproven`: it may or may not have happened, and a person must find out. */
export interface Finished {
  readonly is: 'finished';
  readonly outcome: Outcome;
  readonly at: Instant;
  readonly sending?: Sending;
  readonly result?: ActionResult;
  /** Why, where the outcome is not Intune's own. */
  readonly reason?: Refusal;
}

/** Never sent. */
export interface Dropped {
  readonly is: 'dropped';
  readonly why: 'cancelled' | 'expired' | 'duplicate';
  readonly at: Instant;
  readonly reason?: Refusal;
}

/** An operation in one state, for functions that only make sense there. */
export type OperationIn<S extends State> = Operation & { readonly state: S };

/** When Graph must be asked about it next; undefined when it need not. */
export const lookAt = ({ state }: Operation): Instant | undefined =>
  state.is === 'running' ? state.nextLookAt : undefined;

/** Every message on which its secret stands, or may still stand. */
export function secretsShown({ secretShown = [] }: Operation): readonly SecretShown[] {
  return 'on' in secretShown ? [secretShown] : secretShown;
}

/** Everything else that an operation can be due for; Infinity for what it is not. */
export const choresOf = (operation: Operation) => {
  const { state, keeping } = operation;
  const standing = secretsShown(operation).filter(({ hiding }) => !hiding);
  return {
    state: state.is === 'proposed' ? state.expiresAt : state.is === 'claimed' ? state.overdueAt : Infinity,
    secret: Math.min(...standing.map(({ until }) => until)),
    keeping: keeping?.is === 'due' ? keeping.at : keeping?.is === 'kept' ? keeping.until : Infinity,
  };
};

/** When something beside a look must be done by itself; undefined when nothing must. */
export function choreAt(operation: Operation): Instant | undefined {
  const due = Math.min(...Object.values(choresOf(operation)));
  return Number.isFinite(due) ? due : undefined;
}

/** When a person confirmed it; undefined: nobody did. */
export const confirmedAt = ({ steps }: Operation): Instant | undefined =>
  steps.find(({ is }) => is === 'confirmed')?.at;

/** While an offer is open, its like is not made a second time: who offered what to whom, where. */
export const offerOf = ({ asker, place, action, device, options, state }: Operation): string | undefined =>
  state.is === 'proposed'
    ? JSON.stringify([asker.tenantId, asker.id, place.id, action, device.id, options])
    : undefined;
