import type { Operation, Untold } from '../model/operation.ts';
import type { Content } from '../ports.ts';
import { amend } from './amend.ts';
import { redraw } from './draw.ts';
import { entryOf } from './journal.ts';
import { summaryOf } from './present.ts';
import { privatePlace } from './privately.ts';
import { reach } from './reach.ts';
import type { World } from './world.ts';

const firstWait = 30_000;
const longestWait = 60 * 60_000;
/** With these waits about nine hours; whoever cannot be told by then is not going to be. */
const mostTries = 15;

/**
 * The end: the card is drawn and a short reply posted, each by itself, and whatever does not work out now is due again
 * later. The reply is posted once.
 */
export async function tellEnd(world: World, operation: Operation): Promise<void> {
  const { untold } = operation;
  if (!untold) return;
  const drawn = await worksOut(world, operation, () => redraw(world, operation));
  const said = untold.said === true || (await worksOut(world, operation, () => sayEnd(world, operation)));
  const left = drawn && said ? undefined : again(world, untold, said);
  if (!(drawn && said) && !left) await world.store.journal(entryOf('notTold', operation, world.clock.now()));
  await amend(world, operation.id, ({ untold: _told, ...latest }) => (left ? { ...latest, untold: left } : latest));
}

function again(world: World, { tries }: Untold, said: boolean): Untold | undefined {
  if (tries >= mostTries) return undefined;
  const wait = Math.min(firstWait * 2 ** tries, longestWait);
  return { tries: tries + 1, nextTryAt: world.clock.now() + wait, ...(said ? { said } : {}) };
}

async function worksOut(world: World, operation: Operation, telling: () => Promise<unknown>): Promise<boolean> {
  try {
    await telling();
    return true;
  } catch (fault) {
    world.log.error({ operation: operation.id, fault: String(fault) }, 'an end was not told');
    return false;
  }
}

/** Says it where it was asked; where that place is gone, to the asker alone. */
async function sayEnd(world: World, operation: Operation): Promise<void> {
  const words: Content = { text: `${summaryOf(world, operation)}.` };
  if (await reach(world, operation, () => world.messenger.post(operation.place, words))) return;
  const place = await privatePlace(world, operation);
  if (place) await reach(world, operation, () => world.messenger.post(place, words));
}
