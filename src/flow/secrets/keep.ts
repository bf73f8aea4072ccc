import { GraphFault } from '../../ports.ts';
import type { Keeping, Operation } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import { amend } from '../amend.ts';
import { entryOf } from '../journal.ts';
import { startOf } from '../match.ts';
import { mayHaveSecret, resultOf, willHaveSecret } from './secret.ts';
import type { World } from '../world.ts';

const second = 1_000;
const minute = 60 * second;

/**
 * Milliseconds between two vain tries. Nobody has documented when Intune shows a PIN after it reports the lock as done, so
 * it is asked often at first and given up after the last one, about two hours later.
 */
export const waits: readonly number[] = [
  ...[5 * second, 15 * second, 30 * second],
  ...[1, 2, 5, 15, 30, 60].map((count) => count * minute),
];
const hour = 60 * minute;
/** Milliseconds after which is asked again when Graph does not let us read: doubling, up to the longest. */
const firstPause = minute;
const longestPause = hour;
/** Milliseconds after which it is given up: others who wait to lock the device are not held back any longer. */
const longestDue = 24 * hour;

/**
 * As soon as Intune may hold a secret, it is due to be read: Intune forgets it at the next action on the device, or with
 * the device's record. Pure.
 */
export const dueToKeep = (world: World, operation: Operation, now: Instant): Operation =>
  operation.keeping || !mayHaveSecret(world, operation) ? operation : { ...operation, keeping: dueFrom(now) };

const dueFrom = (now: Instant): Keeping => ({ is: 'due', at: now, tries: 0, since: now });

/** Nobody looks for its end any more, and Intune shows it already: then its secret is due until Intune has it. Pure. */
export const keepUnwatched = (world: World, operation: Operation, now: Instant): Operation =>
  operation.keeping || !willHaveSecret(world, operation) ? operation : { ...operation, keeping: dueFrom(now) };

/** Reads what is due and keeps it; waits for Graph. */
export async function tryToKeep(world: World, operation: Operation): Promise<void> {
  try {
    const secret = await readSecret(world, operation);
    await (secret === undefined ? noteVain(world, operation) : keepSecret(world, operation, secret));
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.warn({ operation: operation.id, reason: fault.reason, fault: fault.message }, 'no secret read yet');
    await noteUnreadable(world, operation);
  }
}

/** From Intune, now. Undefined: it has none. Throws `GraphFault`. */
export async function readSecret(world: World, operation: Operation): Promise<string | undefined> {
  const { secret } = world.catalogue.action(operation.action);
  const result = resultOf(operation);
  const sending = sendingOf(operation);
  if (!secret || !sending || !result) return undefined;
  return world.graph.secret(sending.lookup, secret.property, startOf(result));
}

const sendingOf = ({ state }: Operation) =>
  state.is === 'running' || state.is === 'finished' ? state.sending : undefined;

/**
 * Seals it into the store, unless somebody else did so since `known` was read. One that is kept already is sealed anew: the
 * caller could not open it.
 */
export async function keepSecret(world: World, known: Operation, secret: string): Promise<void> {
  const at = world.clock.now();
  const kept = { is: 'kept', at, until: at + world.settings.secretKeptFor } as const;
  const isKnown = ({ keeping }: Operation) => keeping?.is === known.keeping?.is;
  const moved = await amend(
    world,
    known.id,
    (now) => (isKnown(now) ? { ...now, keeping: now.keeping?.is === 'kept' ? now.keeping : kept } : undefined),
    entryOf('secretKept', known, at),
    { operationId: known.id, sealed: world.vault.seal(secret, known.id) },
  );
  if (moved) world.log.info({ operation: known.id }, 'a secret is kept');
}

/** Not there, or not there any more: a device whose record is gone at a second try takes its secrets with it. */
async function noteVain(world: World, operation: Operation): Promise<void> {
  const isGone = await hasVanished(world, operation);
  const at = world.clock.now();
  await noteDue(world, operation, ({ tries, since = at }) => {
    // The device has not done it yet, and nobody watches it any more: only this can tell.
    const patient = !mayHaveSecret(world, operation) && at - since < longestDue ? hour : undefined;
    const wait = waits[tries] ?? patient;
    return wait === undefined || (isGone && tries > 0)
      ? { is: 'none' }
      : { is: 'due', at: at + wait, tries: tries + 1, since };
  });
}

/** No proof that there is none; but it cannot go on for good. */
async function noteUnreadable(world: World, operation: Operation): Promise<void> {
  const at = world.clock.now();
  await noteDue(world, operation, (due) => {
    const { faults = 0, since = at } = due;
    if (at - since >= longestDue) return { is: 'none', unreadAt: at };
    const pause = Math.min(firstPause * 2 ** faults, longestPause);
    return { ...due, at: Math.min(at + pause, since + longestDue), faults: faults + 1, since };
  });
}

async function hasVanished(world: World, operation: Operation): Promise<boolean> {
  const sending = sendingOf(operation);
  return sending !== undefined && !(await world.graph.inspect(operation.device.id, sending.lookup));
}

type Due = Extract<Keeping, { is: 'due' }>;

async function noteDue(world: World, operation: Operation, next: (due: Due) => Keeping): Promise<void> {
  const { keeping: known } = operation;
  if (known?.is !== 'due') return;
  const keeping = next(known);
  const isUnread = keeping.is === 'none' && keeping.unreadAt !== undefined;
  const isKnown = ({ keeping: now }: Operation) =>
    now?.is === 'due' && now.tries === known.tries && now.faults === known.faults;
  const event = isUnread ? 'secretNotRead' : 'secretNotFound';
  const entry = keeping.is === 'none' ? entryOf(event, operation, world.clock.now()) : undefined;
  const moved = await amend(world, operation.id, (now) => (isKnown(now) ? { ...now, keeping } : undefined), entry);
  if (!moved || !entry) return;
  const facts = { operation: operation.id };
  if (isUnread) world.log.error(facts, 'a secret was never read: Graph did not let us');
  else world.log.warn(facts, 'no secret found');
}

/** Its time is over. */
export async function removeSecret(world: World, operation: Operation): Promise<void> {
  if (operation.keeping?.is !== 'kept') return;
  const { until } = operation.keeping;
  await amend(
    world,
    operation.id,
    (now) =>
      now.keeping?.is === 'kept' && now.keeping.until === until ? { ...now, keeping: { is: 'removed' } } : undefined,
    entryOf('secretRemoved', operation, world.clock.now()),
    { operationId: operation.id },
  );
}
