import type { MessageRef, Place } from '../../model/place.ts';
import { Unreachable } from '../../ports.ts';
import type { Content } from '../../ports.ts';
import type { World } from '../world.ts';

/**
 * Updates a message, and answers where it stands now. That one message cannot be edited says nothing about its place: then
 * it is posted in `place` anew. Throws `Unreachable` only where that is refused, too, and otherwise what the chat throws.
 */
export async function redraw(world: World, message: MessageRef, place: Place, content: Content): Promise<MessageRef> {
  try {
    return await world.messenger.update(message, content);
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault;
    world.log.warn({ lane: place.id, message: message.id, fault: fault.message }, 'a message cannot be edited');
    return world.messenger.post(place, content);
  }
}
