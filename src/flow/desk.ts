import type { Desk } from '../doors.ts';
import { createCourier } from './courier/courier.ts';
import { depart } from './hearing/departure.ts';
import { onButton } from './on-button.ts';
import { onMessage } from './on-message.ts';
import { createTick } from './on-tick.ts';
import { secretOffers } from './status.ts';
import type { World } from './world.ts';

/** The journey's doors, opened onto one world, and the courier that carries what is to be told. */
export function createDesk(world: World): Desk {
  const courier = createCourier(world);
  return {
    onMessage: (heard) => onMessage(world, heard),
    onButton: (pressed) => onButton(world, pressed),
    onTick: createTick(world),
    onArrival: async (place, person) => {
      await world.store.rememberPlace(place, person);
      for (const telling of await secretOffers(world, person, place))
        await world.store.tell(telling, world.clock.now());
      world.nudge();
    },
    onDeparture: (place, person) => depart(world, place, person),
    deliver: () => courier.deliver(),
    delivered: () => courier.idle(),
  };
}
