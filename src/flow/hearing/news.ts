import type { Place } from '../../model/place.ts';
import type { About, Subscription } from '../../model/subscription.ts';
import { baseOf } from '../../model/telling.ts';
import type { ToldAlong } from '../../storePort.ts';
import { hears } from './hears.ts';
import type { Facts } from './hears.ts';
import { factsAbout, homeOf, subjectOf } from './subject.ts';
import type { World } from '../world.ts';

/**
 * Something happened: finds out who is to hear of it. Muted places are among them: there, what is told already is kept
 * true, and nothing new is told.
 */
export async function carryNews(world: World, about: About): Promise<ToldAlong> {
  const subject = await subjectOf(world, about);
  if (!subject) return {};
  const places = placesFor(await world.store.subscriptions(), factsAbout(world, subject), homeOf(subject));
  return places.length > 0 ? { notify: places.map((place) => ({ place, about })) } : {};
}

/** Where it is heard, each place once, by the address that was learnt last. Pure. */
export function placesFor(
  subscriptions: readonly Subscription[],
  facts: Facts,
  home: string | undefined,
): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { wants, place } of subscriptions) {
    const base = baseOf(place.id);
    if (wants.is === 'notices' && base !== home && hears(wants.filter, facts)) places.set(base, place);
  }
  return [...places.values()];
}
