import type { Instant } from '../../model/person.ts';
import type { Elsewhere, Subscription } from '../../model/subscription.ts';
import { GraphFault } from '../../ports.ts';
import { notOurs } from './notOurs.ts';
import type { World } from '../world.ts';

/** How far back is read, in milliseconds, for what is new or has ended since; and how much of it. */
const lookBack = 24 * 60 * 60_000;
const most = 300;
/** More of ours on one device within a day explain no further audit. */
const mostOfDevice = 50;

/**
 * Asks now and then, one process for all, what was done to devices elsewhere, and has it told. Answers 0: it is nothing
 * that others wait for.
 */
export function createElsewhere(world: World): () => Promise<number> {
  let nextAt = 0;
  return async () => {
    const { clock, settings } = world;
    const now = clock.now();
    if (now < nextAt) return 0;
    nextAt = now + settings.auditsEvery;
    const subscriptions = (await world.store.subscriptions()).filter(({ wants }) => wants.is === 'notices');
    if (subscriptions.length === 0) return 0;
    const rule = { limit: 1, window: settings.auditsEvery };
    const { granted } = await world.store.draw('audits', 1, rule, now);
    if (granted === 1) await ask(world, subscriptions, now);
    return 0;
  };
}

/** Nothing from before anybody wanted to hear of it. */
async function ask(world: World, subscriptions: readonly Subscription[], now: Instant): Promise<void> {
  const since = Math.max(now - lookBack, Math.min(...subscriptions.map(({ at }) => at)));
  const tenantId = subscriptions[0]?.place.tenantId ?? '';
  try {
    const audits = (await world.graph.audits(since, most)).map((audit) => ({ ...audit, tenantId }));
    const foreign = notOurs(audits, await operationsOn(world, audits), world.catalogue, world.settings.patience.skew);
    if (foreign.length > 0) await world.store.noteElsewhere(foreign, now);
    if (foreign.length > 0) world.nudge();
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.warn({ reason: fault.reason, fault: fault.message }, 'could not read what was done elsewhere');
  }
}

async function operationsOn(world: World, audits: readonly Elsewhere[]) {
  const devices = [...new Set(audits.map(({ deviceId }) => deviceId))];
  const found = [];
  for (const deviceId of devices) found.push(...(await world.store.operationsOf({ deviceId }, mostOfDevice)));
  return found;
}
