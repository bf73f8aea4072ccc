import type { Desk } from '../doors.ts';
import { arrive } from './arrival.ts';
import { createCourier } from './courier/courier.ts';
import { depart } from './hearing/departure.ts';
import { onButton } from './on-button.ts';
import { onMessage } from './on-message.ts';
import { createBeats, tickOf } from './on-tick.ts';
import type { World } from './world.ts';

/** The journey's doors, opened onto one world, and the courier that carries what is to be told. */
export function createDesk(world: World): Desk {
  const courier = createCourier(world);
  const beats = createBeats(world);
  return {
    onMessage: (heard) => onMessage(world, heard),
    onButton: (pressed) => onButton(world, pressed),
    onTick: tickOf(beats),
    beats,
    onArrival: (place, person) => arrive(world, place, person),
    onDeparture: (place, person) => depart(world, place, person),
    deliver: () => courier.deliver(),
    delivered: () => courier.idle(),
  };
}
