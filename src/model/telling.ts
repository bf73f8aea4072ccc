import type { Instant, Person } from './person.ts';
import type { Place } from './place.ts';
import type { About } from './subscription.ts';

/**
 * Something that somebody must be told, kept until they have been. A telling about an operation is drawn when it goes
 * out, so it says what is true then; of each kind at most one waits per operation.
 */
export interface Telling<Said> {
  readonly to: Recipient;
  readonly what: What<Said>;
}

/**
 * Where it goes: a place; the own chat of a person, which is looked up from `near` when it goes out; or whoever wants to
 * hear of it, which is found out when its turn comes.
 */
export type Recipient =
  | { readonly is: 'place'; readonly place: Place }
  | { readonly is: 'person'; readonly person: Person; readonly near: Place }
  | { readonly is: 'subscribers' };

/**
 * `card`: the operation's card, drawn where it stands or posted. `end`: the short reply that it is over. `secretOffer`: the
 * private card where a secret can be asked for. `secretHide`: what shows a secret shows it no longer. `said`: words or a card that stand by themselves; `on`: in place of what
 * that message shows. `news`: something happened that subscribers may want to hear of. `bulletin`: there are notices to
 * be told or drawn anew in this place.
 */
export type What<Said> =
  | { readonly is: 'card' | 'end' | 'secretOffer' | 'secretHide'; readonly operationId: string }
  | { readonly is: 'said'; readonly content: Said; readonly on?: string }
  | { readonly is: 'news'; readonly about: About }
  | { readonly is: 'bulletin' };

/** The conversation whose rates a telling counts against, and within which tellings keep their order. */
export const laneOf = (to: Recipient): string => {
  if (to.is === 'place') return to.place.id;
  return to.is === 'person' ? `person:${to.person.id}` : 'subscribers';
};

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
