import type { Person } from '../../model/person.ts';
import type { Place } from '../../model/place.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Filter, Subscription, Wants } from '../../model/subscription.ts';
import { baseOf } from '../../model/telling.ts';
import { cut } from '../../model/text.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import { conversationOf } from './places.ts';
import type { World } from '../world.ts';

/** More than anybody reads on one card. */
const mostHere = 20;

/** Who wants what, and where it was said. */
export interface Subscriber {
  readonly person: Person;
  readonly place: Place;
  /** As it was typed or chosen. */
  readonly words: string;
}

/** What this place hears about, oldest first. */
export const subscriptionsOf = (world: World, place: Place): Promise<readonly Subscription[]> =>
  world.store.subscriptions(baseOf(place.id));

/** One journal line about what a place hears. */
export const subscriptionEntry = (world: World, event: string, person: Person, place: Place, words: string) =>
  ({
    at: world.clock.now(),
    event,
    tenantId: person.tenantId,
    personId: person.id,
    note: cut(`${baseOf(place.id)}: ${words}`, 300),
  }) satisfies JournalEntry;

/** The same again takes the place of what is there, with the newest address. Undefined: done. */
export async function subscribeTo(
  world: World,
  { person, place, words }: Subscriber,
  wants: Wants,
): Promise<Refusal | undefined> {
  const here = await subscriptionsOf(world, place);
  const same = here.find((subscription) => isSame(subscription.wants, wants));
  if (!same && here.length >= mostHere) return tooMany(words);
  const subscription: Subscription = {
    id: same?.id ?? world.newId(),
    place: conversationOf(place),
    by: person,
    at: world.clock.now(),
    words: cut(words, 200),
    wants,
  };
  await world.store.subscribe(subscription, subscriptionEntry(world, 'subscribed', person, place, words));
  return undefined;
}

/** A place has one summary a day. */
const isSame = (one: Wants, other: Wants): boolean =>
  one.is === 'notices' && other.is === 'notices' ? keyOf(one.filter) === keyOf(other.filter) : one.is === other.is;

const keyOf = ({ actions, risks, outcomes, platforms, ownership, personId }: Filter): string =>
  JSON.stringify([...[actions, risks, outcomes, platforms, ownership].map((some) => some?.toSorted()), personId]);

const tooMany = (words: string): Refusal => ({
  code: 'tooMany',
  understood: `Notify here about ${cut(words, 80)}`,
  why: `This place hears about ${mostHere} things already, and more would not fit on its card.`,
  instead: 'Type subscriptions and stop one of them first.',
});

/** Takes these away; answers how many were there. */
export const stop = (world: World, person: Person, place: Place, gone: readonly Subscription[]): Promise<number> =>
  world.store.unsubscribe(
    gone.map(({ id }) => id),
    subscriptionEntry(world, 'unsubscribed', person, place, gone.map(({ words }) => words).join('; ')),
  );

/** Nothing new is told here before `until`; undefined: from now on it is. Answers how many subscriptions there are. */
export async function mute(world: World, person: Person, place: Place, until: number | undefined): Promise<number> {
  const here = await subscriptionsOf(world, place);
  const event = until === undefined ? 'unmuted' : 'muted';
  const change = ({ mutedUntil: _before, ...now }: Subscription): Subscription =>
    until === undefined ? now : { ...now, mutedUntil: until };
  for (const { id, words } of here)
    await world.store.amendSubscription(id, change, subscriptionEntry(world, event, person, place, words));
  return here.length;
}

export const isMuted = ({ mutedUntil = 0 }: Subscription, now: number): boolean => mutedUntil > now;
