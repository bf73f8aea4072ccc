import type { Person } from '../../model/person.ts';
import type { Place } from '../../model/place.ts';
import { baseOf } from '../../model/telling.ts';
import { subscriptionEntry } from './subscribe.ts';
import type { World } from '../world.ts';

/**
 * The app was taken away: nobody there hears anything any more. From a team it is taken as a whole: then the event comes
 * from one channel and is about all of the team's that told us so (`Place.teamId`).
 */
export async function depart(world: World, place: Place, person: Person): Promise<void> {
  const isThere = ({ place: { id, teamId } }: { readonly place: Place }) =>
    baseOf(id) === baseOf(place.id) || (teamId !== undefined && teamId === place.teamId);
  const gone = (await world.store.subscriptions()).filter(isThere);
  if (gone.length === 0) return;
  const entry = subscriptionEntry(world, 'unsubscribed', person, place, `the app was removed (${gone.length})`);
  await world.store.unsubscribe(
    gone.map(({ id }) => id),
    entry,
  );
}
