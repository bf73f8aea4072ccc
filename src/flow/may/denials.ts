import type { Instant, Person } from '../../model/person.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { Store } from '../../storePort.ts';
import type { Wanted } from './decide.ts';
import type { World } from '../world.ts';

const minute = 60_000;
/** Entries about one person within a minute. */
const mostAMinute = 10;
/** Denials, and people, that are remembered. */
const most = 10_000;

interface Noted {
  /** When each denial was last written down, by all that it tells. */
  readonly denials: Map<string, Instant>;
  /** When something was written down about each person, lately. */
  readonly people: Map<string, readonly Instant[]>;
}

/** Of each store that this process has. */
const lately = new WeakMap<Store, Noted>();

function note<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value ?? key);
}

/** Once in a minute is enough of the same, and more than a few of all kinds would let anybody flood the journal. */
function isNew({ store, clock }: World, person: string, denial: string): boolean {
  const noted = lately.get(store) ?? { denials: new Map(), people: new Map() };
  lately.set(store, noted);
  const now = clock.now();
  const isLately = (at: Instant) => Math.abs(now - at) < minute;
  const last = noted.denials.get(denial);
  const times = (noted.people.get(person) ?? []).filter(isLately);
  if ((last !== undefined && isLately(last)) || times.length >= mostAMinute) return false;
  note(noted.denials, denial, now);
  note(noted.people, person, [...times, now]);
  return true;
}

/**
 * Writes down that somebody was turned away at a door; of the same person, action, device and reason once a minute, and ten
 * times a minute of one person. All are logged. What cannot be written down is a no all the same.
 */
export async function noteDenial(world: World, person: Person, code: string, wanted?: Wanted): Promise<void> {
  world.log.warn({ code, person: person.id, ...(wanted ? { action: wanted.action } : {}) }, 'denied');
  const who = [person.tenantId, person.id];
  const denial = [...who, wanted?.action, code, wanted?.device?.id];
  if (!isNew(world, JSON.stringify(who), JSON.stringify(denial))) return;
  const entry: JournalEntry = {
    at: world.clock.now(),
    event: 'denied',
    tenantId: person.tenantId,
    personId: person.id,
    ...(wanted ? { action: wanted.action } : {}),
    ...(wanted?.device ? { deviceId: wanted.device.id } : {}),
    note: code,
  };
  await world.store.journal(entry).catch((fault: unknown) => {
    world.log.error({ person: person.id, fault: String(fault) }, 'a denial was not written down');
  });
}
