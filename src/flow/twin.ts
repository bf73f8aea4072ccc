import type { Operation } from '../model/operation.ts';
import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import type { World } from './world.ts';

const underway = new Set(['claimed', 'running']);

/** The same action on the same device that this desk has not finished yet; undefined where a second one does no harm. */
export async function openTwin(world: World, action: string, deviceId: string): Promise<Operation | undefined> {
  if (world.catalogue.action(action).supersedes) return undefined;
  const recent = await world.store.operationsOf({ deviceId }, 50);
  return recent.find((operation) => operation.action === action && underway.has(operation.state.is));
}

export const refuseTwin = (understood: string, twin: Operation, asker: Person): Refusal => ({
  code: 'alreadyOpen',
  understood,
  why: `${twin.asker.id === asker.id ? 'You' : twin.asker.name} already asked for this and it is not finished, so I did not send it a second time.`,
  instead: `Type status ${twin.device.name} to see how far it is.`,
});

/** The same, but Intune's own record shows it: asked for in the portal, by a script, or by a desk that forgot. */
export const refuseElsewhere = (understood: string): Refusal => ({
  code: 'alreadyOpen',
  understood,
  why: 'Intune is already waiting for this device to do the same, asked for elsewhere. I did not send it a second time.',
  instead: 'Wait for that one to end, or see the device in Intune.',
});
