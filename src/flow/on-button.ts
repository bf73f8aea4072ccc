import type { Answered, Pressed } from '../doors.ts';
import type { Operation } from '../model/operation.ts';
import { asItStands } from './answers.ts';
import { cancel, confirm } from './confirm.ts';
import { details } from './history/details.ts';
import { lookNow } from './open/lookNow.ts';
import { dismiss, pick } from './pick.ts';
import { concealSecret, revealSecret } from './secrets/reveal.ts';
import { showOpen } from './open/showOpen.ts';
import { stopWatching, stopWatchingSure } from './open/stopWatching.ts';
import { muteForAWhile, subscribe, unmute, unsubscribe } from './hearing/subscriptionButtons.ts';
import { turnHistory } from './history/turnHistory.ts';
import type { World } from './world.ts';

/** Buttons, by their verb. */
const deeds: Readonly<Record<string, (world: World, pressed: Pressed) => Promise<Answered>>> = {
  pick,
  dismiss,
  subscribe,
  unsubscribe,
  mute: muteForAWhile,
  unmute,
  history: turnHistory,
  showOpen: (world, pressed) => showOpen(world, pressed),
};

/** Buttons about an operation, whichever state it is in. */
const deedsOnOperations: Readonly<
  Record<string, (world: World, pressed: Pressed, operation: Operation) => Answered | Promise<Answered>>
> = {
  showSecret: revealSecret,
  hideSecret: concealSecret,
  details,
  lookNow,
  stopWatching,
  stopWatchingSure,
};

/** A verb is what a client sent: `toString` is nobody's deed. */
const deedOf = <D>(known: Readonly<Record<string, D>>, verb: string): D | undefined =>
  Object.hasOwn(known, verb) ? known[verb] : undefined;

/** The second door: somebody pressed a button. Whatever comes in is checked against what is remembered. */
export async function onButton(world: World, pressed: Pressed): Promise<Answered> {
  const id = pressed.data['operation'];
  const operationId = typeof id === 'string' ? id : '';
  if (pressed.automatic) return asItStands(world, pressed, operationId);
  await world.store.rememberPlace(pressed.place, pressed.person);
  const deed = deedOf(deeds, pressed.verb);
  if (deed) return deed(world, pressed);
  const operation = await world.store.operation(operationId);
  return operation ? onOperation(world, pressed, operation) : asItStands(world, pressed, operationId);
}

async function onOperation(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const { state } = operation;
  const deed = deedOf(deedsOnOperations, pressed.verb);
  if (deed) return deed(world, pressed, operation);
  if (state.is === 'proposed' && pressed.verb === 'confirm') return confirm(world, pressed, { ...operation, state });
  if (state.is === 'proposed' && pressed.verb === 'cancel') return cancel(world, pressed, { ...operation, state });
  return asItStands(world, pressed, operation.id);
}
