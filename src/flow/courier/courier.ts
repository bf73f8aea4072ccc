import type { Lane } from '../../outboxPort.ts';
import { createAllowance } from '../allowance.ts';
import type { Allowance } from '../allowance.ts';
import { bury, serve } from './lane.ts';
import type { World } from '../world.ts';

/** Conversations that one process speaks in at the same time. */
const mostLanes = 40;
/** Milliseconds for which a conversation is spoken in by one process; a dead one is noticed sooner. */
const lease = 120_000;
/** Messages drawn at a time from what all processes may send together. */
const portion = 5;

/** Carries what is queued to where it belongs. A slow conversation holds up no other. */
export interface Courier {
  /** Begins with the conversations in which something is due; answers how many there were. */
  deliver(): Promise<number>;
  /** Resolves when nothing is being carried any more. */
  idle(): Promise<void>;
}

export function createCourier(world: World): Courier {
  const { store, clock, settings, log } = world;
  const allowance = createAllowance(store, clock, 'messages', settings.rates.messages, portion);
  const busy = new Set<Promise<void>>();
  const begin = (lane: Lane) => {
    const work = visit(world, allowance, lane).catch((fault: unknown) => {
      log.error(
        { lane: lane.id, fault: fault instanceof Error ? fault.stack : String(fault) },
        'a conversation failed',
      );
    });
    busy.add(work);
    void work.then(() => busy.delete(work));
  };
  return {
    async deliver() {
      const now = clock.now();
      if (busy.size >= mostLanes || now < allowance.closedUntil) return 0;
      const most = Math.min(mostLanes - busy.size, settings.rates.messages.limit);
      const lanes = await store.claimLanes(now, most, now + lease);
      lanes.forEach(begin);
      return lanes.length;
    },
    async idle() {
      while (busy.size > 0) await Promise.all(busy);
    },
  };
}

const visit = (world: World, allowance: Allowance, lane: Lane): Promise<void> =>
  lane.deadSince === undefined ? serve(world, allowance, lane) : bury(world, lane, lane.deadSince);
