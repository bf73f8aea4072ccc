import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import type { Incoming } from './activity.ts';
import { Memory } from './memory.ts';

/**
 * What recent activities told in passing, kept in this process only: whose personal chat is whose, and which team a
 * channel belongs to. Everything here can be learnt anew; nothing is wrong when it is forgotten.
 */
export class Acquaintance {
  readonly #homes = new Memory<Place>(5_000);
  readonly #teams = new Memory<string>(5_000);

  learn(incoming: Incoming, person: Person): void {
    const { place, teamId } = incoming;
    if (place.kind === 'personal') this.#homes.set(keyOf(person), place);
    if (place.kind === 'channel' && teamId !== '') this.#teams.set(channelOf(place), teamId);
  }

  /** The app was taken away there. */
  forget(person: Person): void {
    this.#homes.forget(keyOf(person));
  }

  home(person: Person): Place | undefined {
    return this.#homes.get(keyOf(person));
  }

  /** The conversation whose roster knows the people of this place: of a channel, its team. */
  rosterOf(place: Place): string {
    if (place.kind !== 'channel') return place.id;
    return this.#teams.get(channelOf(place)) ?? channelOf(place);
  }
}

function keyOf(person: Person): string {
  return `${person.tenantId} ${person.id}`;
}

/** A channel's id without the thread. */
function channelOf(place: Place): string {
  return place.id.replace(/;messageid=.*$/, '');
}
