import type { Instant } from '../../model/person.ts';
import type { Pace } from '../../model/telling.ts';
import { NotNow, Unreachable } from '../../ports.ts';
import { StoreFault } from '../../storePort.ts';
import type { Delivery, Lane } from '../../outboxPort.ts';
import type { BudgetRule } from '../../storePort.ts';
import type { Allowance } from '../allowance.ts';
import { errandOf } from './carry.ts';
import { tellPlaceGone } from '../hearing/placeGone.ts';
import { nextFree, withMessage } from './pace.ts';
import { undeliverable } from './undeliverable.ts';
import type { World } from '../world.ts';

/** Milliseconds before the end of a lease at which nothing more is begun: longer than opening a chat and speaking there. */
const lastMoment = 75_000;
const firstWait = 1_000;
const longestWait = 30 * 60_000;
/** With these waits about six hours; whoever cannot be told by then is not going to be. */
const mostTries = 20;

/** Tells what waits in one conversation, oldest first, at the pace that it allows, until something must wait. */
export async function serve(world: World, allowance: Allowance, lane: Lane): Promise<void> {
  let { pace } = lane;
  for (const [index, delivery] of lane.deliveries.entries()) {
    // News is no message: it only finds out who is to get one.
    const isMessage = delivery.telling.to.is !== 'subscribers';
    const until = isMessage ? await notBefore(world, allowance, lane, pace, delivery) : leaseEnd(world, lane);
    if (until !== undefined) return world.store.leave(lane, until, pace);
    const before = pace;
    const errand = await caught(() => errandOf(world, delivery, before));
    const speaks = !(errand instanceof Error) && errand.speaks;
    if (speaks) pace = withMessage(pace, world.settings.rates.conversation, world.clock.now());
    else if (isMessage) allowance.giveBack();
    const after = pace;
    const last = index === lane.deliveries.length - 1 ? { leave: true as const } : {};
    const fault = errand instanceof Error ? errand : await caught(() => errand.carry(after, last));
    const rest = { ...lane, deliveries: lane.deliveries.slice(index) };
    if (fault instanceof Error) return falter(world, rest, pace, delivery, fault);
  }
}

/**
 * Notices in a channel, where nothing else goes to the channel itself: those that come quickly after each other are told
 * together, so that people can still read, and the others are left enough of what all may send.
 */
const readable: BudgetRule = { limit: 6, window: 60_000 };

/** Milliseconds by which they give way to what somebody waits for, when all together have said as much as they may. */
const courtesy = 10_000;

const isChannelNotice = ({ telling: { to, what } }: Delivery): boolean =>
  what.is === 'bulletin' && to.is === 'place' && to.place.kind === 'channel';

/** When it may go on; undefined: now, and one message is granted. */
async function notBefore(
  world: World,
  allowance: Allowance,
  lane: Lane,
  pace: Pace,
  delivery: Delivery,
): Promise<Instant | undefined> {
  const now = world.clock.now();
  const end = leaseEnd(world, lane);
  if (end !== undefined) return end;
  const { conversation } = world.settings.rates;
  const free = nextFree(pace, isChannelNotice(delivery) ? [...conversation, readable] : conversation, now);
  if (free > now) return free;
  const { granted, next } = await allowance.take(1);
  if (granted === 1) return undefined;
  return isChannelNotice(delivery) ? next + courtesy : next;
}

/** Now, where the lease is too near to its end to begin anything; undefined: it is not. */
function leaseEnd({ clock }: World, { leaseUntil }: Lane): Instant | undefined {
  const now = clock.now();
  return now > leaseUntil - lastMoment ? now : undefined;
}

async function caught<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (fault) {
    return fault instanceof Error ? fault : new Error(String(fault));
  }
}

/** It did not go out: later, or never, or never again to this place. */
async function falter(world: World, lane: Lane, pace: Pace, delivery: Delivery, fault: Error): Promise<void> {
  const now = world.clock.now();
  const facts = { lane: lane.id, what: delivery.telling.what.is, tries: delivery.tries, fault: String(fault) };
  if (fault instanceof StoreFault) {
    // It may have been said, or not: only the chat can say never.
    world.log.error(facts, 'a message could not be written down');
    return world.store.leave(lane, now + firstWait, pace);
  }
  if (fault instanceof Unreachable && delivery.telling.to.is === 'place') {
    world.log.warn(facts, 'a place cannot be reached');
    await tellPlaceGone(world, lane.id);
    return bury(world, lane, now);
  }
  if (delivery.tries + 1 < mostTries && fault instanceof NotNow) {
    world.log.warn({ ...facts, lost: fault.lost }, 'a message must wait');
    return world.store.leave(lane, now + waitAfter(world, delivery, fault), pace, delivery);
  }
  world.log.error(facts, 'a message was given up');
  await world.store.told(delivery, pace, await undeliverable(world, delivery));
  return world.store.leave(lane, now, pace);
}

/** As long as the far side asks, otherwise doubling, with jitter. */
function waitAfter(world: World, { tries }: Delivery, { retryAfterMs }: NotNow): number {
  const own = firstWait * 2 ** tries * (0.75 + world.random() / 2);
  return Math.ceil(Math.min(retryAfterMs ?? own, longestWait));
}

/** What the store keeps in a dead lane. */
const keeps: ReadonlySet<string> = new Set(['card', 'secretHide', 'bulletin']);

/**
 * Nobody hears us there: ends are told to their askers alone; cards, notices, and what is to hide a secret, wait until we
 * are back; the rest is void.
 */
export async function bury(world: World, lane: Lane, since: Instant): Promise<void> {
  for (const delivery of lane.deliveries) {
    const { to, what } = delivery.telling;
    if (to.is === 'place' && keeps.has(what.is)) continue;
    await world.store.told(delivery, lane.pace, await undeliverable(world, delivery));
  }
  await world.store.bury(lane, since);
  world.nudge();
}
