import type { Place } from '../../model/place.ts';
import type { About, Subscription } from '../../model/subscription.ts';
import { baseOf } from '../../model/telling.ts';
import type { ToldAlong } from '../../outboxPort.ts';
import { hears } from './hears.ts';
import type { Facts } from './hears.ts';
import { factsAbout, homeOf, subjectOf } from './subject.ts';
import type { World } from '../world.ts';

/**
 * Something happened: finds out who is to hear of it. Places that show it already are among them, whatever they subscribe
 * to now, and muted ones: there, what is told already is kept true, and nothing new is told.
 */
export async function carryNews(world: World, about: About): Promise<ToldAlong> {
  const subject = await subjectOf(world, about);
  if (!subject) return {};
  const known = await world.store.noticesOf(about);
  const showing = new Set(known.filter(({ card }) => card).map(({ base }) => base));
  const subscriptions = await world.store.subscriptions();
  const places = placesFor(subscriptions, factsAbout(world, subject), homeOf(subject), showing);
  return places.length > 0 ? { notify: places.map((place) => ({ place, about })) } : {};
}

/** Where it is heard, or shown already, each place once, by the address that was learnt last. Pure. */
export function placesFor(
  subscriptions: readonly Subscription[],
  facts: Facts,
  home: string | undefined,
  showing: ReadonlySet<string> = new Set(),
): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { wants, place } of subscriptions) {
    const base = baseOf(place.id);
    const isHeard = wants.is === 'notices' && hears(wants.filter, facts);
    if (base !== home && (isHeard || showing.has(base))) places.set(base, place);
  }
  return [...places.values()];
}
