import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import { baseOf } from '../model/telling.ts';
import type { OperationFilter } from '../storePort.ts';
import { secretOffers } from './status.ts';
import type { World } from './world.ts';

/** Operations read at a time, and how many of those that are over: what was asked for before is hardly waited for. */
const page = 200;
const mostPages = 5;

/** The app was added, or somebody who may have waited is met for the first time: what waits for them is told. */
export async function arrive(world: World, place: Place, person: Person): Promise<void> {
  for (const there of [place, ...(await othersOfTeam(world, place))]) await world.store.rememberPlace(there, person);
  for (const telling of await secretOffers(world, person, place)) await world.store.tell(telling, world.clock.now());
  world.nudge();
}

/**
 * To a team the app is added as a whole, and Teams tells so from one of its channels: then all others that we know of
 * are back, too. Each conversation once.
 */
async function othersOfTeam(world: World, { teamId, id }: Place): Promise<readonly Place[]> {
  if (teamId === undefined) return [];
  const known = [
    ...(await world.store.subscriptions()).map(({ place }) => place),
    ...(await placesOf(world, { open: true })),
    ...(await placesOf(world, {})),
  ];
  const others = known.filter((place) => place.teamId === teamId && baseOf(place.id) !== baseOf(id));
  return [...new Map(others.map((place) => [baseOf(place.id), place])).values()];
}

/** Where the newest of these were asked for. */
async function placesOf(world: World, filter: OperationFilter): Promise<readonly Place[]> {
  const found = [...(await world.store.operationsOf(filter, page))];
  for (let pages = 1; pages < mostPages && found.length === pages * page; pages += 1)
    found.push(...(await world.store.operationsOf(filter, page, found.at(-1))));
  return found.map(({ place }) => place);
}
