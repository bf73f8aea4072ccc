import type { Instant } from '../../model/person.ts';
import { hasEnded } from '../../model/subscription.ts';
import type { Elsewhere, Subscription } from '../../model/subscription.ts';
import { GraphFault } from '../../ports.ts';
import { withDevices, withPeople } from './findOut.ts';
import type { Names } from './findOut.ts';
import { notOurs } from './notOurs.ts';
import type { World } from '../world.ts';

const hour = 60 * 60_000;
/** How far back is read each time, in milliseconds, for what is new or has ended since. */
const usually = 24 * hour;
/** How far back at most: for what has not ended by then, and after a time in which nothing could be read. */
const furthest = 7 * 24 * hour;
/** A long look costs more pages: so many short ones come before the next. */
const shortLooks = 10;
/** Audits read at a time. */
const most = 5_000;
/** Milliseconds by which an audit may come to light late; and within which what is asked of us is also sent. */
const late = hour;

/** How far this process has read, and whom it knows. */
interface Read {
  nextAt: Instant;
  /** When it last read as far as it should have; 0: never. */
  wholeAt: Instant;
  readonly names: Names;
}

/**
 * Asks now and then, one process for all, what was done to devices elsewhere, and has it told. It goes on beside whoever
 * begins it, one look at a time.
 */
export function createElsewhere(world: World): () => void {
  const read: Read = { nextAt: 0, wholeAt: 0, names: new Map() };
  let isLooking = false;
  return () => {
    if (isLooking || world.clock.now() < read.nextAt) return;
    isLooking = true;
    world.errands.run('elsewhere', () => look(world, read).finally(() => (isLooking = false)));
  };
}

async function look(world: World, read: Read): Promise<void> {
  const { clock, settings, store } = world;
  const now = clock.now();
  read.nextAt = now + settings.auditsEvery;
  const subscriptions = (await store.subscriptions()).filter(({ wants }) => wants.is === 'notices');
  if (subscriptions.length === 0) return;
  const { granted } = await store.draw('audits', 1, { limit: 1, window: settings.auditsEvery }, now);
  if (granted === 1) await ask(world, read, subscriptions, now);
}

/** Nothing from before anybody wanted to hear of it. */
async function ask(world: World, read: Read, subscriptions: readonly Subscription[], now: Instant): Promise<void> {
  const isLong = now >= read.wholeAt + shortLooks * world.settings.auditsEvery;
  const wanted = Math.min(...subscriptions.map(({ at }) => at));
  const since = Math.max(wanted, isLong ? await oldest(world, read, now) : now - usually);
  const tenantId = subscriptions[0]?.place.tenantId ?? '';
  try {
    const audits = (await world.graph.audits(since, most)).map((audit) => ({ ...audit, tenantId }));
    if (audits.length === most) world.log.warn({ most }, 'more was done elsewhere than is read at a time');
    await noteNew(world, read, audits, now);
    if (isLong) read.wholeAt = now;
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.warn({ reason: fault.reason, fault: fault.message }, 'could not read what was done elsewhere');
  }
}

/** Where the oldest stands that may have changed since the last long look. */
async function oldest(world: World, { wholeAt }: Read, now: Instant): Promise<Instant> {
  const open = await world.store.openElsewhere(now - furthest);
  const wanted = Math.min(now - usually, wholeAt - late, ...open.map(({ requestedAt }) => requestedAt));
  return Math.max(now - furthest, wanted);
}

/** What stands written as it is costs no more than a look at the store. */
async function noteNew(world: World, { names }: Read, audits: readonly Elsewhere[], now: Instant): Promise<void> {
  const written = await world.store.elsewheres(audits.map(({ id }) => id));
  const before = new Map(written.map((one) => [one.id, one]));
  const isNew = ({ id, state }: Elsewhere) => before.get(id)?.state !== state;
  const people = await withPeople(world, audits.filter(isNew), names);
  const unknown = people.filter(({ id }) => !before.has(id));
  const foreign = notOurs(unknown, await oursNear(world, unknown), world.catalogue);
  const changed = people.filter((audit) => goesOn(before.get(audit.id), audit));
  const news = [...foreign, ...changed];
  if (news.length === 0) return;
  await world.store.noteElsewhere(await withDevices(world, news, before), now);
  world.nudge();
}

/** What has ended does not begin anew. */
const goesOn = (before: Elsewhere | undefined, audit: Elsewhere): boolean =>
  before !== undefined && (hasEnded(audit) || !hasEnded(before));

/** What was asked of us for the same devices at about the same time, or somewhat before. */
async function oursNear({ store, settings }: World, audits: readonly Elsewhere[]) {
  if (audits.length === 0) return [];
  const since = Math.min(...audits.map(({ requestedAt }) => requestedAt)) - settings.confirmWithin - late;
  return store.operationsOn(
    audits.map(({ deviceId }) => deviceId),
    since,
  );
}
