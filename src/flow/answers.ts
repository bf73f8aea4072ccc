import type { Answered, Pressed } from '../doors.ts';
import type { Operation } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { presentOperation } from './present.ts';
import { isAsker } from './token.ts';
import type { World } from './world.ts';

/** A no to the one who clicked: said under the card, which stays as it is for them, too. */
export const toClicker = ({ understood, why, instead }: Refusal): Answered => ({
  content: { text: `${understood}: ${why} ${instead}` },
  audience: 'clicker',
});

/** What the message shows from now on. */
export const toEveryone = (world: World, operation: Operation): Answered => ({
  content: presentOperation(world, operation),
  audience: 'everyone',
});

/**
 * Somebody was first, or the card is old: the truth as it is now, for whoever may see it anyway, because they asked or
 * because it stands in the place where they clicked.
 */
export async function asItStands(world: World, pressed: Pressed, id: string): Promise<Answered> {
  const operation = await world.store.operation(id);
  if (operation && (operation.place.id === pressed.place.id || isAsker(pressed.person, operation.asker)))
    return { content: presentOperation(world, operation), audience: 'client' };
  return toClicker({
    code: 'unknownCard',
    understood: 'This card',
    why: 'I no longer know what this card was about, so the click did nothing.',
    instead: 'Type the command again, or status to see what is under way.',
  });
}
