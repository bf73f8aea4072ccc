import type { Operation } from '../model/operation.ts';
import type { Instant, Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import { span } from '../model/text.ts';
import { deedOf } from './present.ts';
import type { World } from './world.ts';

type Wanted = Pick<Operation, 'action' | 'device' | 'options'>;

const minute = 60_000;
const hour = 60 * minute;
/** Milliseconds after it was sent in which one that nobody watches any more still stands in the way of its like. */
const unknownFor = hour;
/** Milliseconds after that in which whoever wants its like is warned. */
const wornOffAfter = 24 * hour;

/** Code of the reason with which somebody stopped watching. */
export const unwatchedCode = 'stoppedWatching';

/** When it was sent, where somebody stopped watching before Intune showed anything of it: nobody knows what became of it. */
const lostFrom = ({ state }: Operation): Instant | undefined =>
  state.is === 'finished' && state.reason?.code === unwatchedCode && !state.result ? state.sending?.sentAt : undefined;

/**
 * Whether another operation stands in the way of this one: the same deed on the same device until it has ended, and any
 * deed of the same action until Intune shows it, because before that the two could not be told apart; for an hour, if
 * nobody watches it any more.
 */
export function isRivalOf(world: World, wanted: Wanted): (other: Operation) => boolean {
  const action = world.catalogue.action(wanted.action);
  const { tenant } = world.settings;
  const deed = ({ device, options }: Wanted) => action.completion(device, options, tenant).names.join();
  return (other) => {
    if (other.action !== wanted.action || other.device.id !== wanted.device.id) return false;
    if (other.state.is === 'claimed') return true;
    const lost = lostFrom(other);
    if (lost !== undefined) return world.clock.now() < lost + unknownFor;
    if (other.state.is !== 'running') return false;
    const isSeen = other.state.result !== undefined;
    return !isSeen || (!action.supersedes && deed(other) === deed(wanted));
  };
}

/** The rival that this desk knows; a look, not a lock: only the store's `claim` decides. */
export async function openRival(world: World, wanted: Wanted): Promise<Operation | undefined> {
  const recent = await world.store.operationsOf({ deviceId: wanted.device.id }, 50);
  return recent.find(isRivalOf(world, wanted));
}

/** One that nobody watches any more. It is not open, so the store's `claim` does not see it. */
export async function lostRival(world: World, wanted: Wanted): Promise<Operation | undefined> {
  const recent = await world.store.operationsOf({ deviceId: wanted.device.id }, 50);
  return recent.filter((other) => lostFrom(other) !== undefined).find(isRivalOf(world, wanted));
}

/** What to beware of: the same may have been done already, and nobody knows. */
export async function lostWarnings(world: World, wanted: Wanted): Promise<readonly string[]> {
  const now = world.clock.now();
  const recent = await world.store.operationsOf({ deviceId: wanted.device.id }, 50);
  return recent.flatMap((other) => {
    const lost = other.action === wanted.action ? lostFrom(other) : undefined;
    if (lost === undefined || now >= lost + unknownFor + wornOffAfter) return [];
    return `“${deedOf(world, other)}” was asked for by ${other.asker.name} and sent ${span(now - lost)} ago. Nobody watches it any more, and nobody knows what became of it: look at the device in Intune first.`;
  });
}

export function refuseRival(world: World, understood: string, rival: Operation, asker: Person): Refusal {
  const who = rival.asker.id === asker.id ? 'You' : rival.asker.name;
  const deed = deedOf(world, rival);
  const what = deed === understood ? 'for this' : `to ${deed.charAt(0).toLowerCase()}${deed.slice(1)}`;
  const lost = lostFrom(rival);
  if (lost !== undefined) return refuseLost(understood, `${who} already asked ${what}`, lost, world.clock.now());
  return {
    code: 'alreadyOpen',
    understood,
    why: `${who} already asked ${what} and it is not finished, so I did not send anything more.`,
    instead: `Type status ${rival.device.name} to see how far it is.`,
  };
}

const refuseLost = (understood: string, asked: string, sentAt: Instant, now: Instant): Refusal => ({
  code: 'alreadySent',
  understood,
  why: `${asked}. It was sent ${span(now - sentAt)} ago and is not watched any more, so nobody knows what became of it, and I did not send anything more.`,
  instead: `Look at the device in Intune. If it was not done, ask again in ${span(Math.ceil((sentAt + unknownFor - now) / minute) * minute)}.`,
});

/** The same, but Intune's own record shows it: asked for in the portal, by a script, or by a desk that forgot. */
export const refuseElsewhere = (understood: string): Refusal => ({
  code: 'alreadyOpen',
  understood,
  why: 'Intune is already waiting for this device to do the same, asked for elsewhere. I did not send it a second time.',
  instead: 'Wait for that one to end, or see the device in Intune.',
});
