import type { Desk } from '../doors.ts';
import { onButton } from './on-button.ts';
import { onMessage } from './on-message.ts';
import { onTick } from './on-tick.ts';
import { offerSecrets } from './status.ts';
import type { World } from './world.ts';

/** The journey's doors, opened onto one world. */
export const createDesk = (world: World): Desk => ({
  onMessage: (heard) => onMessage(world, heard),
  onButton: (pressed) => onButton(world, pressed),
  onTick: () => onTick(world),
  onArrival: async (place, person) => {
    await world.store.rememberPlace(place, person);
    await offerSecrets(world, person, place);
  },
});
