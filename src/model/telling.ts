import type { Instant, Person } from './person.ts';
import type { Place } from './place.ts';

/**
 * Something that somebody must be told, kept until they have been. A telling about an operation is drawn when it goes
 * out, so it says what is true then; of each kind at most one waits per operation.
 */
export interface Telling<Said> {
  readonly to: Recipient;
  readonly what: What<Said>;
}

/** Where it goes: a place, or the own chat of a person, which is looked up from `near` when it goes out. */
export type Recipient =
  | { readonly is: 'place'; readonly place: Place }
  | { readonly is: 'person'; readonly person: Person; readonly near: Place };

/**
 * `card`: the operation's card, drawn where it stands or posted. `end`: the short reply that it is over. `secretOffer`: the
 * private card where a secret can be asked for. `secretHide`: what shows a secret shows it no longer. `said`: words or a card that stand by themselves; `on`: in place of what
 * that message shows.
 */
export type What<Said> =
  | { readonly is: 'card' | 'end' | 'secretOffer' | 'secretHide'; readonly operationId: string }
  | { readonly is: 'said'; readonly content: Said; readonly on?: string };

/** The conversation whose rates a telling counts against, and within which tellings keep their order. */
export const laneOf = (to: Recipient): string => (to.is === 'place' ? to.place.id : `person:${to.person.id}`);

/** The part of a conversation's id that its threads share. Being removed, and coming back, concerns all of them. */
export const baseOf = (conversationId: string): string => conversationId.replace(/;messageid=.*$/u, '');

/** When messages went out in one conversation lately; enough to keep its rates also after a restart. */
export interface Pace {
  /** Times of the newest messages, oldest first. */
  readonly recent: readonly Instant[];
  /** Messages per five minutes, `[start, count]`, oldest first. */
  readonly counts: readonly (readonly [Instant, number])[];
}

/** A conversation in which nothing was said yet. */
export const noPace: Pace = { recent: [], counts: [] };
