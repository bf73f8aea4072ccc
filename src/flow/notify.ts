import type { Operation } from '../model/operation.ts';
import type { MessageRef, Place } from '../model/place.ts';
import type { Content } from '../ports.ts';
import { Unreachable } from '../ports.ts';
import { amend } from './amend.ts';
import { entryOf } from './journal.ts';
import { presentOperation, summaryOf } from './present.ts';
import { presentSecretNotice } from './presentTalk.ts';
import { mayHaveSecret } from './secret.ts';
import type { World } from './world.ts';

const same = (one: Content, other: Content) => JSON.stringify(one) === JSON.stringify(other);

/** Brings the card up to date for everyone, and at the end says so in a reply, because an edit notifies nobody. */
export async function notify(world: World, before: Operation, after: Operation): Promise<void> {
  const delivered = await deliverSecret(world, after);
  if (!same(presentOperation(world, before), presentOperation(world, delivered))) await redraw(world, delivered);
  if (before.state.is !== 'finished' && delivered.state.is === 'finished')
    await say(world, delivered, { text: `${summaryOf(world, delivered)}.` });
}

/** Draws the card anew where it stands; a card that is gone is sent again. */
export async function redraw(world: World, operation: Operation): Promise<void> {
  const content = presentOperation(world, operation);
  await reach(world, operation, async () => {
    const { message } = operation;
    const now = message
      ? await world.messenger.update(message, content)
      : await world.messenger.post(operation.place, content);
    if (now.id !== message?.id) await amend(world, operation.id, (latest) => ({ ...latest, message: now }));
  });
}

/** Says something where it was asked; where that place is gone, to the asker alone. */
async function say(world: World, operation: Operation, content: Content): Promise<void> {
  if (await reach(world, operation, () => world.messenger.post(operation.place, content))) return;
  const place = await privatePlace(world, operation);
  if (place) await reach(world, operation, () => world.messenger.post(place, content));
}

async function reach<T>(world: World, operation: Operation, speak: () => Promise<T>): Promise<boolean> {
  try {
    await speak();
    return true;
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault;
    world.log.warn({ operation: operation.id, fault: fault.message }, 'a place cannot be reached');
    await world.store.journal(entryOf('notTold', operation, world.clock.now()));
    return false;
  }
}

/** The asker's own chat: the remembered one, or one that can be opened now. */
async function privatePlace(world: World, operation: Operation): Promise<Place | undefined> {
  return (
    (await world.store.personalPlace(operation.asker.id)) ??
    (await world.messenger.privately(operation.asker, operation.place))
  );
}

/** Once a secret can be asked for, the asker gets a card for it in their own chat. Answers the operation as it is then. */
async function deliverSecret(world: World, operation: Operation): Promise<Operation> {
  if (operation.place.kind === 'personal' || operation.privately || !mayHaveSecret(world, operation)) return operation;
  const place = await privatePlace(world, operation);
  return place ? ((await offerSecret(world, operation, place)) ?? operation) : operation;
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
