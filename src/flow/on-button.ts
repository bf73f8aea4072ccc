import type { Answered, Pressed } from '../doors.ts';
import type { Operation } from '../model/operation.ts';
import { asItStands } from './answers.ts';
import { cancel, confirm } from './confirm.ts';
import { dismiss, pick } from './pick.ts';
import { concealSecret, revealSecret } from './reveal.ts';
import type { World } from './world.ts';

/** The second door: somebody pressed a button. Whatever comes in is checked against what is remembered. */
export async function onButton(world: World, pressed: Pressed): Promise<Answered> {
  const id = pressed.data['operation'];
  const operationId = typeof id === 'string' ? id : '';
  if (pressed.automatic) return asItStands(world, pressed, operationId);
  await world.store.rememberPlace(pressed.place, pressed.person);
  if (pressed.verb === 'pick') return pick(world, pressed);
  if (pressed.verb === 'dismiss') return dismiss(world, pressed);
  const operation = await world.store.operation(operationId);
  return operation ? onOperation(world, pressed, operation) : asItStands(world, pressed, operationId);
}

async function onOperation(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const { state } = operation;
  if (state.is === 'proposed' && pressed.verb === 'confirm') return confirm(world, pressed, { ...operation, state });
  if (state.is === 'proposed' && pressed.verb === 'cancel') return cancel(world, pressed, { ...operation, state });
  if (pressed.verb === 'showSecret') return revealSecret(world, pressed, operation);
  if (pressed.verb === 'hideSecret') return concealSecret(world, pressed, operation);
  return asItStands(world, pressed, operation.id);
}
