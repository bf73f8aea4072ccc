import type { Action } from '../../model/action.ts';
import type { Device } from '../../model/device.ts';
import type { Operation } from '../../model/operation.ts';
import type { Instant, Person } from '../../model/person.ts';
import type { WhyNot } from '../../model/refusal.ts';
import { span } from '../../model/text.ts';
import { startOf } from '../match.ts';
import { deedOf } from '../present.ts';
import { holdsSecret, makesSecret, resultOf } from './secret.ts';
import { isAsker } from '../token.ts';
import type { World } from '../world.ts';

const hour = 60 * 60_000;

/**
 * Milliseconds within which a secret that we keep and nobody has seen still holds back what would make another one: whoever
 * asked for it should look first, because a device that waits for it fails the next. After that a colleague is not made to
 * wait for somebody who is away; the secret stays kept.
 */
export const unseenFor = 4 * hour;

/** Milliseconds for which Intune keeps a Mac's unlock PIN, unless another action comes first (Intune docs, remote lock). */
const intuneKeeps = 30 * 24 * hour;

/**
 * A secret that nobody has had in hand yet. `atRisk`: not even we, so that another action may lose it for good. `unseen`: we
 * keep it. `unread`: we could not read it for so long that we gave it up; it warns, and holds nothing back.
 */
export interface Unread {
  readonly is: 'atRisk' | 'unseen' | 'unread';
  readonly operation: Operation;
  /** It counts until then. */
  readonly until: Instant;
}

type Wanted = Pick<Operation, 'device' | 'action'> & { readonly id?: string };

/** Whether this operation made, or is about to make, a secret that is unread. Pure. */
export function unreadOf(world: World, operation: Operation, now: Instant): Unread | undefined {
  const { state, keeping, device } = operation;
  if (!makesSecret(world.catalogue.action(operation.action), device)) return undefined;
  const isUnderWay = state.is === 'claimed' || state.is === 'running';
  if (keeping?.is === 'due' || (isUnderWay && !keeping)) return { is: 'atRisk', operation, until: Infinity };
  const unread = (is: Unread['is'], until: Instant) => (now < until ? { is, operation, until } : undefined);
  if (keeping?.is === 'none' && keeping.unreadAt !== undefined) return unread('unread', keeping.unreadAt + intuneKeeps);
  return keeping?.is === 'kept' && keeping.viewedAt === undefined
    ? unread('unseen', keeping.at + unseenFor)
    : undefined;
}

const sentAt = ({ state }: Operation): Instant =>
  (state.is === 'running' || state.is === 'finished' ? state.sending?.sentAt : undefined) ?? 0;

const order: readonly Unread['is'][] = ['atRisk', 'unseen', 'unread'];

/** Those of this device, the ones at risk first. What Intune has forgotten since is not worth a warning. */
async function unreadOn(world: World, { device, id }: Wanted): Promise<readonly Unread[]> {
  if (!world.catalogue.actions.some((action) => makesSecret(action, device))) return [];
  const now = world.clock.now();
  const operations = await world.store.operationsOf({ deviceId: device.id }, 50);
  const newest = Math.max(...operations.map(sentAt));
  return operations
    .filter((operation) => operation.id !== id)
    .flatMap((operation) => unreadOf(world, operation, now) ?? [])
    .filter(({ is, operation }) => is !== 'unread' || sentAt(operation) === newest)
    .toSorted((one, other) => order.indexOf(one.is) - order.indexOf(other.is));
}

/** Why what makes a secret must not be sent now: it would spoil one that nobody has read. Undefined: it may. */
export async function refuseUnread(world: World, wanted: Wanted, person: Person): Promise<WhyNot | undefined> {
  if (!makesSecret(world.catalogue.action(wanted.action), wanted.device)) return undefined;
  const first = (await unreadOn(world, wanted)).find(({ is }) => is !== 'unread');
  return first && whyNot(world, first, person);
}

function whyNot(world: World, { is, operation, until }: Unread, person: Person): WhyNot {
  const { label, deed, asker } = namesOf(world, operation);
  const code = 'secretUnread';
  if (is === 'atRisk')
    return {
      code,
      why: `“${deed}” was asked for by ${asker} already, and I have not been able to read its ${label} yet. A second one would make Intune forget that ${label}, and the device may need it.`,
      instead: `Try again in a few minutes; I go on looking for the ${label}. Type status ${operation.device.name} to see how far it is.`,
    };
  const show = isAsker(person, operation.asker)
    ? 'Look at it first: in your own chat with me'
    : `Ask ${asker} to look at it first: in their own chat with me`;
  return {
    code,
    why: `“${deed}” was asked for by ${asker}, and nobody has looked at its ${label} yet. While the device waits for that ${label}, a second one fails.`,
    instead: `${show}, by typing status ${operation.device.name}. Otherwise try again in ${span(Math.ceil((until - world.clock.now()) / hour) * hour)}.`,
  };
}

/** What to beware of before an action is sent to this device, as far as we know of it ourselves. */
export async function unreadWarnings(world: World, wanted: Wanted): Promise<readonly string[]> {
  const isRefused = makesSecret(world.catalogue.action(wanted.action), wanted.device);
  const unread = await unreadOn(world, wanted);
  return unread.filter(({ is }) => is === 'unread' || !isRefused).map((one) => warning(world, one));
}

function warning(world: World, { is, operation }: Unread): string {
  const { label, deed, asker } = namesOf(world, operation);
  if (is === 'unread')
    return `“${deed}” was asked for by ${asker}, and I was never able to read its ${label}. Intune may still have it, and forgets it when another action is sent to this device. If it may be needed, get it first, in Intune.`;
  return is === 'atRisk'
    ? `“${deed}” was asked for by ${asker}, and I do not have its ${label} yet. Intune forgets the ${label} when another action is sent to this device: wait until it is there, or it may be lost for good. Type status ${operation.device.name} to see how far it is.`
    : `“${deed}” was asked for by ${asker}, and nobody has looked at its ${label} yet. If the device waits for it, it does nothing else before; ${asker} can show it in their own chat with me.`;
}

const namesOf = (world: World, operation: Operation) => ({
  label: world.catalogue.action(operation.action).secret?.label ?? 'secret',
  deed: deedOf(world, operation),
  asker: operation.asker.name,
});

/**
 * The same with what Intune shows: a secret that was made elsewhere is forgotten just as well. Costs a read for each action
 * that makes secrets on this kind of device. Throws `GraphFault`.
 */
export async function warnings(world: World, wanted: Wanted): Promise<readonly string[]> {
  const known = await unreadWarnings(world, wanted);
  if (makesSecret(world.catalogue.action(wanted.action), wanted.device)) return known;
  const makers = world.catalogue.actions.filter((action) => makesSecret(action, wanted.device));
  const foreign = await Promise.all(makers.map((maker) => foreignWarning(world, wanted.device, maker)));
  return [...known, ...foreign.flat()];
}

async function foreignWarning(world: World, device: Device, maker: Action): Promise<readonly string[]> {
  const found = await world.graph.inspect(device.id, maker.completion(device, {}, world.settings.tenant));
  const held = (found?.results ?? []).filter(holdsSecret).map(startOf);
  if (held.length === 0) return [];
  const operations = await world.store.operationsOf({ deviceId: device.id }, 50);
  const ours = new Set(
    operations
      .filter(isInHand)
      .map(resultOf)
      .flatMap((result) => (result ? [startOf(result)] : [])),
  );
  if (held.every((start) => ours.has(start))) return [];
  const label = maker.secret?.label ?? 'secret';
  return [
    `Intune still keeps the ${label} of an earlier “${maker.deed(device.name, {})}”, which I have not kept, and forgets it when another action is sent to this device. If it may be needed, get it first, in Intune.`,
  ];
}

/** Kept, or about to be: then there is a better warning, or no need for one. */
const isInHand = ({ keeping }: Operation): boolean => keeping?.is === 'kept' || keeping?.is === 'due';
