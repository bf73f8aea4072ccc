import type { Operation, OperationIn, Running } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import type { Looked } from '../../ports.ts';
import type { Move } from '../../storePort.ts';
import type { Allowance } from '../allowance.ts';
import { write } from '../amend.ts';
import { carryOn } from '../chores.ts';
import { entryOf } from '../journal.ts';
import { dueToKeep } from '../secrets/keep.ts';
import { sendAgain } from './sendAgain.ts';
import { tellingsOf } from '../tellings.ts';
import { track } from './track.ts';
import type { TrackingPatience } from './track.ts';
import type { World } from '../world.ts';

/** Milliseconds; an answer that asks for more is not believed. */
const longestPause = 15 * 60_000;

type Tracked = OperationIn<Running>;

/**
 * Asks Graph about the operations whose look is due, as many as may be asked, and writes down what it says of them in one
 * go. Answers how many were due.
 */
export async function lookAround(world: World, allowance: Allowance, tracked: number, most: number): Promise<number> {
  const now = world.clock.now();
  if (now < allowance.closedUntil) return 0;
  const claimed = await world.store.claimLooks(now, most, now + world.settings.lease);
  const due = claimed.filter((operation): operation is Tracked => operation.state.is === 'running');
  if (due.length === 0) return 0;
  const ours = await affordable(world, allowance, due);
  if (ours.length === 0) return due.length;
  const looked = await world.graph.look(ours.map(({ state }) => state.sending.lookup));
  await heed(world, allowance, looked);
  await record(world, ours, looked, patienceOf(world, tracked));
  return due.length;
}

/** One look serves all operations that read the same. What goes beyond the budget is given back. */
async function affordable(world: World, allowance: Allowance, due: readonly Tracked[]): Promise<readonly Tracked[]> {
  const address = ({ state: { sending } }: Tracked) => `${sending.lookup.source} ${sending.lookup.id}`;
  const addresses = [...new Set(due.map(address))];
  const { granted, next } = await allowance.take(addresses.length);
  const within = new Set(addresses.slice(0, granted));
  const left = due.filter((operation) => !within.has(address(operation)));
  if (left.length > 0) await world.store.postponeLooks(left, next);
  return due.filter((operation) => within.has(address(operation)));
}

/** Throttled, and told for how long: then nobody asks before. */
async function heed(world: World, allowance: Allowance, looked: readonly Looked[]): Promise<void> {
  const failed = looked.filter((each) => each.is === 'notNow');
  if (failed.length === 0) return;
  const longest = Math.max(...failed.map(({ retryAfterMs = 0 }) => retryAfterMs));
  world.log.warn({ operations: failed.length, fault: failed[0]?.message, waitMs: longest }, 'could not look');
  if (longest === 0) return;
  await allowance.close(world.clock.now() + Math.min(longest, longestPause));
}

/** The more there is to look for, the longer it takes to get round. */
function patienceOf({ settings }: World, tracked: number): TrackingPatience {
  const { limit, window } = settings.rates.looks;
  return { ...settings.patience, leastInterval: Math.round((tracked / limit) * window) };
}

async function record(
  world: World,
  due: readonly Tracked[],
  looked: readonly Looked[],
  patience: TrackingPatience,
): Promise<void> {
  const now = world.clock.now();
  const seen = due.flatMap((from, index) => {
    const move = moveAfter(world, from, looked[index], now, patience);
    return move ? [{ from, looked: looked[index], move }] : [];
  });
  const recorded = await world.store.record(seen.map(({ move }) => move));
  if (recorded.some((moved, index) => moved && (seen[index]?.move.tell ?? []).length > 0)) world.nudge();
  for (const [index, each] of seen.entries()) {
    const moved = recorded[index];
    if (moved) settled(world, moved);
    else await anew(world, each.from, each.looked, patience);
  }
}

const seenAs = (world: World, from: Tracked, looked: Looked | undefined, now: Instant, patience: TrackingPatience) => {
  const seen: Looked = looked ?? { is: 'notNow', message: 'no answer' };
  return dueToKeep(world, sendAgain(world, from, track(from, seen, now, patience), now), now);
};

function moveAfter(
  world: World,
  from: Tracked,
  looked: Looked | undefined,
  now: Instant,
  patience: TrackingPatience,
): Move | undefined {
  try {
    const to = seenAs(world, from, looked, now, patience);
    return { from, to, entry: entryFor(to, now), tell: tellingsOf(world, from, to) };
  } catch (fault) {
    // One that cannot be understood must not keep the others from being followed.
    world.log.error({ operation: from.id, fault: String(fault) }, 'a look could not be read');
    return undefined;
  }
}

const entryFor = (to: Operation, now: Instant) => {
  if (to.state.is === 'finished') return entryOf('finished', to, now, undefined, to.state.outcome);
  return to.state.is === 'claimed' ? entryOf('resending', to, now) : undefined;
};

/** Something else was noted while we looked: what we saw still counts. */
async function anew(world: World, { id, state }: Tracked, looked: Looked | undefined, patience: TrackingPatience) {
  for (;;) {
    const latest = await world.store.operation(id);
    if (latest?.state.is !== 'running' || latest.state.looks !== state.looks) return;
    const now = world.clock.now();
    const to = seenAs(world, { ...latest, state: latest.state }, looked, now, patience);
    const moved = await write(world, latest, to, entryFor(to, now));
    if (moved) return settled(world, moved);
  }
}

function settled(world: World, { state, ...operation }: Operation): void {
  const { id, action } = operation;
  if (state.is === 'finished') world.log.info({ operation: id, outcome: state.outcome, action }, 'finished');
  if (state.is === 'claimed') carryOn(world, { ...operation, state }, state.by);
}
