import type { Operation } from '../model/operation.ts';
import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import { deedOf } from './present.ts';
import type { World } from './world.ts';

type Wanted = Pick<Operation, 'action' | 'device' | 'options'>;

/**
 * Whether another operation stands in the way of this one: the same deed on the same device until it has ended, and any
 * deed of the same action until Intune shows it, because before that the two could not be told apart.
 */
export function isRivalOf(world: World, wanted: Wanted): (other: Operation) => boolean {
  const action = world.catalogue.action(wanted.action);
  const { tenant } = world.settings;
  const deed = ({ device, options }: Wanted) => action.completion(device, options, tenant).names.join();
  return (other) => {
    if (other.action !== wanted.action || other.device.id !== wanted.device.id) return false;
    if (other.state.is === 'claimed') return true;
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

export function refuseRival(world: World, understood: string, rival: Operation, asker: Person): Refusal {
  const who = rival.asker.id === asker.id ? 'You' : rival.asker.name;
  const deed = deedOf(world, rival);
  const what = deed === understood ? 'for this' : `to ${deed.charAt(0).toLowerCase()}${deed.slice(1)}`;
  return {
    code: 'alreadyOpen',
    understood,
    why: `${who} already asked ${what} and it is not finished, so I did not send anything more.`,
    instead: `Type status ${rival.device.name} to see how far it is.`,
  };
}

/** The same, but Intune's own record shows it: asked for in the portal, by a script, or by a desk that forgot. */
export const refuseElsewhere = (understood: string): Refusal => ({
  code: 'alreadyOpen',
  understood,
  why: 'Intune is already waiting for this device to do the same, asked for elsewhere. I did not send it a second time.',
  instead: 'Wait for that one to end, or see the device in Intune.',
});
