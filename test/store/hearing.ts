import type { About, Notice } from '../../src/model/subscription.ts';
import type { Place } from '../../src/model/place.ts';
import { baseOf, noPace } from '../../src/model/telling.ts';
import type { ToldAlong } from '../../src/outboxPort.ts';
import { entry, general, newsOf, subscription } from './fixtures.ts';
import type { Fresh } from './fresh.ts';
import { noon } from '../world.ts';

/** A notice as it is when it was raised once, in `general`, at noon. */
export const notice = (about: About, changes: Partial<Notice> = {}): Notice => ({
  base: general.id,
  about,
  wish: 1,
  due: true,
  at: noon,
  ...changes,
});

/** What happens between something new and its notice in a place. */
export function hearingIn(fresh: Fresh) {
  const claim = (now = noon) => fresh.store.claimLanes(now, 300, now + 100);
  /** Claims this lane; those that were claimed along with it are given back. */
  const claimOnly = async (id: string, now: number) => {
    const lanes = await claim(now);
    for (const lane of lanes) if (lane.id !== id) await fresh.store.leave(lane, now, noPace);
    return lanes.find((lane) => lane.id === id);
  };
  return {
    claim,
    subscribe: (place: Place) => fresh.store.subscribe(subscription(`in ${place.id}`, { place }), entry),
    /** News about this, told to these places. */
    async raise(about: About, places: readonly Place[], along: ToldAlong = {}, now = noon): Promise<void> {
      fresh.clock.time = now;
      await fresh.store.tell(newsOf(about), now);
      const lane = await claimOnly('subscribers', now);
      const notify = places.map((place) => ({ place, about }));
      await fresh.store.told(lane!.deliveries[0]!, noPace, { notify, leave: true, ...along });
    },
    due: (place = general) => fresh.store.dueNotices(baseOf(place.id), 10),
    bulletinIn: (place = general, now = noon) => claimOnly(place.id, now),
  };
}
