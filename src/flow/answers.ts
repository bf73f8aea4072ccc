import type { Answered, Pressed } from '../doors.ts';
import type { Operation } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { presentOperation } from './present.ts';
import { presentRefusal } from './presentTalk.ts';
import { isAsker } from './token.ts';
import type { World } from './world.ts';

/** A no to the one who clicked; nobody else's card changes. */
export const toClicker = (world: World, refusal: Refusal): Answered => ({
  content: presentRefusal(world, refusal),
  audience: 'clicker',
});

/** A no that another click can mend: said under the card, so that its buttons stay. */
export const notYet = ({ why, instead }: Refusal): Answered => ({
  content: { text: `${why} ${instead}` },
  audience: 'clicker',
});

/** A no that was looked up: one that passes keeps the buttons, one that stands does not. */
export const forbidden = (world: World, refusal: Refusal): Answered =>
  ['roleUnknown', 'ceiling'].includes(refusal.code) ? notYet(refusal) : toClicker(world, refusal);

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
  return toClicker(world, {
    code: 'unknownCard',
    understood: 'This card',
    why: 'I no longer know what this card was about, so the click did nothing.',
    instead: 'Type the command again, or status to see what is under way.',
  });
}
