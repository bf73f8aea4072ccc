import type { Action } from '../../model/action.ts';
import type { Device } from '../../model/device.ts';
import type { Operation } from '../../model/operation.ts';
import type { Instant, Person } from '../../model/person.ts';
import type { WhyNot } from '../../model/refusal.ts';
import { span } from '../../model/text.ts';
import { startOf } from '../match.ts';
import { deedOf } from '../present.ts';
import { holdsSecret, resultOf } from './secret.ts';
import { isAsker } from '../token.ts';
import type { World } from '../world.ts';

const hour = 60 * 60_000;

/**
 * Milliseconds within which a secret that we keep and nobody has seen still holds back what would make another one: whoever
 * asked for it should look first, because a device that waits for it fails the next. After that a colleague is not made to
 * wait for somebody who is away; the secret stays kept.
 */
export const unseenFor = 4 * hour;

/** A secret that nobody has had in hand yet. `atRisk`: not even we, so that another action may lose it for good. */
export interface Unread {
  readonly operation: Operation;
  readonly atRisk: boolean;
  /** Held back until then, where it is not at risk. */
  readonly until: Instant;
}

type Wanted = Pick<Operation, 'device' | 'action'> & { readonly id?: string };

const makesSecret = ({ secret }: Action, { platform }: Device): boolean =>
  secret?.platforms.includes(platform) ?? false;

/** Whether this operation made, or is about to make, a secret that is unread. Pure. */
export function unreadOf(world: World, operation: Operation, now: Instant): Unread | undefined {
  const { state, keeping, device } = operation;
  if (!makesSecret(world.catalogue.action(operation.action), device)) return undefined;
  const isUnderWay = state.is === 'claimed' || state.is === 'running';
  if (keeping?.is === 'due' || (isUnderWay && !keeping)) return { operation, atRisk: true, until: Infinity };
  if (keeping?.is !== 'kept' || keeping.viewedAt !== undefined) return undefined;
  const until = keeping.at + unseenFor;
  return now < until ? { operation, atRisk: false, until } : undefined;
}

/** Those of this device, the ones at risk first. */
async function unreadOn(world: World, { device, id }: Wanted): Promise<readonly Unread[]> {
  if (!world.catalogue.actions.some((action) => makesSecret(action, device))) return [];
  const now = world.clock.now();
  const operations = await world.store.operationsOf({ deviceId: device.id }, 50);
  return operations
    .filter((operation) => operation.id !== id)
    .flatMap((operation) => unreadOf(world, operation, now) ?? [])
    .toSorted((one, other) => Number(other.atRisk) - Number(one.atRisk));
}

/** Why what makes a secret must not be sent now: it would spoil one that nobody has read. Undefined: it may. */
export async function refuseUnread(world: World, wanted: Wanted, person: Person): Promise<WhyNot | undefined> {
  if (!makesSecret(world.catalogue.action(wanted.action), wanted.device)) return undefined;
  const [first] = await unreadOn(world, wanted);
  return first && whyNot(world, first, person);
}

function whyNot(world: World, { operation, atRisk, until }: Unread, person: Person): WhyNot {
  const { label, deed, asker } = namesOf(world, operation);
  const code = 'secretUnread';
  if (atRisk)
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

/** What to beware of before any other action is sent to this device, as far as we know of it ourselves. */
export async function unreadWarnings(world: World, wanted: Wanted): Promise<readonly string[]> {
  if (makesSecret(world.catalogue.action(wanted.action), wanted.device)) return [];
  const unread = await unreadOn(world, wanted);
  return unread.map((one) => warning(world, one));
}

function warning(world: World, { operation, atRisk }: Unread): string {
  const { label, deed, asker } = namesOf(world, operation);
  return atRisk
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
  if (makesSecret(world.catalogue.action(wanted.action), wanted.device)) return [];
  const makers = world.catalogue.actions.filter((action) => makesSecret(action, wanted.device));
  if (makers.length === 0) return [];
  const foreign = await Promise.all(makers.map((maker) => foreignWarning(world, wanted.device, maker)));
  return [...(await unreadWarnings(world, wanted)), ...foreign.flat()];
}

async function foreignWarning(world: World, device: Device, maker: Action): Promise<readonly string[]> {
  const found = await world.graph.inspect(device.id, maker.completion(device, {}, world.settings.tenant));
  const held = (found?.results ?? []).filter(holdsSecret).map(startOf);
  if (held.length === 0) return [];
  const operations = await world.store.operationsOf({ deviceId: device.id }, 50);
  const ours = new Set(operations.filter(isInHand).map((operation) => resultOf(operation)?.startedAt));
  if (held.every((start) => ours.has(start))) return [];
  const label = maker.secret?.label ?? 'secret';
  return [
    `Intune still keeps the ${label} of an earlier “${maker.deed(device.name, {})}”, which I have not kept, and forgets it when another action is sent to this device. If it may be needed, get it first, in Intune.`,
  ];
}

/** Kept, or about to be: then there is a better warning, or no need for one. */
const isInHand = ({ keeping }: Operation): boolean => keeping?.is === 'kept' || keeping?.is === 'due';
