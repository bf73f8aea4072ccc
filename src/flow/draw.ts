import type { Operation } from '../model/operation.ts';
import { amend } from './amend.ts';
import { presentOperation } from './present.ts';
import { reach } from './reach.ts';
import type { World } from './world.ts';

/** Draws the card anew where it stands; a card that is gone is sent again. False where its place cannot be reached. */
export async function redraw(world: World, operation: Operation): Promise<boolean> {
  const content = presentOperation(world, operation);
  return reach(world, operation, async () => {
    const { message } = operation;
    const now = message
      ? await world.messenger.update(message, content)
      : await world.messenger.post(operation.place, content);
    if (now.id !== message?.id) await amend(world, operation.id, (latest) => ({ ...latest, message: now }));
  });
}
