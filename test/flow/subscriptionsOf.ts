import type { Subscription } from '../../src/model/subscription.ts';
import { alex, channel, noon } from '../world.ts';

/** A channel, at this address, that hears about anything. */
export const channelSubscription = (id: string, serviceUrl: string): Subscription => ({
  id: `${id} ${serviceUrl}`,
  place: { ...channel, id, serviceUrl },
  by: alex,
  at: noon,
  words: 'anything',
  wants: { is: 'notices', filter: {} },
});
