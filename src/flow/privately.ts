import type { Operation } from '../model/operation.ts';
import type { MessageRef, Place } from '../model/place.ts';
import { amend } from './amend.ts';
import { presentSecretNotice } from './presentTalk.ts';
import { reach } from './reach.ts';
import { mayHaveSecret } from './secret.ts';
import type { World } from './world.ts';

/** The asker's own chat: the remembered one, or one that can be opened now. */
export async function privatePlace(world: World, operation: Operation): Promise<Place | undefined> {
  return (
    (await world.store.personalPlace(operation.asker.id)) ??
    (await world.messenger.privately(operation.asker, operation.place))
  );
}

/** Posts the private card of a secret into the asker's own chat. Undefined where that chat cannot be reached. */
export async function offerSecret(world: World, operation: Operation, place: Place): Promise<Operation | undefined> {
  let message: MessageRef | undefined;
  await reach(world, operation, async () => {
    message = await world.messenger.post(place, presentSecretNotice(world, operation));
  });
  if (!message) return undefined;
  const privately = message;
  return amend(world, operation.id, (latest) => ({ ...latest, privately }));
}

/**
 * Once a secret can be asked for, the asker gets a card for it in their own chat. Answers the operation as it is then;
 * a chat that cannot be reached now must not keep the rest from being told.
 */
export async function deliverSecret(world: World, operation: Operation): Promise<Operation> {
  if (operation.place.kind === 'personal' || operation.privately || !mayHaveSecret(world, operation)) return operation;
  try {
    const place = await privatePlace(world, operation);
    return (place && (await offerSecret(world, operation, place))) ?? operation;
  } catch (fault) {
    world.log.error({ operation: operation.id, fault: String(fault) }, 'a secret could not be offered');
    return operation;
  }
}
