import type { Instant, Person } from '../../model/person.ts';
import type { JournalEntry, Store } from '../../storePort.ts';
import type { Wanted } from './decide.ts';
import type { World } from '../world.ts';

const minute = 60_000;
const most = 10_000;

/** When a denial was last written down, by person and action; of each store that this process has. */
const lately = new WeakMap<Store, Map<string, Instant>>();

/** Once in a minute is enough, and more would let anybody flood the journal. */
function isNew(world: World, key: string): boolean {
  const noted = lately.get(world.store) ?? new Map<string, Instant>();
  lately.set(world.store, noted);
  const now = world.clock.now();
  const last = noted.get(key);
  if (last !== undefined && Math.abs(now - last) < minute) return false;
  noted.delete(key);
  noted.set(key, now);
  if (noted.size > most) noted.delete(noted.keys().next().value ?? key);
  return true;
}

/**
 * Writes down that somebody was turned away at a door; at most once per person, action and minute. What cannot be written
 * down is logged: the no stands all the same.
 */
export async function noteDenial(world: World, person: Person, code: string, wanted?: Wanted): Promise<void> {
  world.log.warn({ code, person: person.id, ...(wanted ? { action: wanted.action } : {}) }, 'denied');
  if (!isNew(world, JSON.stringify([person.tenantId, person.id, wanted?.action ?? '']))) return;
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
