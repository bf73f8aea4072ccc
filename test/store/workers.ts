import { lookAt } from '../../src/model/operation.ts';
import type { Operation } from '../../src/model/operation.ts';
import { openStore } from '../../src/store/open.ts';
import type { SqlStore } from '../../src/store/open.ts';
import { entry, lookedFor, running } from './fixtures.ts';
import { noon, silent } from '../world.ts';

/** So many stores, each with connections of its own, as so many processes have them. */
export const storesOn = (url: string, count: number): Promise<readonly SqlStore[]> =>
  Promise.all(Array.from({ length: count }, () => openStore({ is: 'postgres', url }, { now: () => noon }, silent)));

export const close = (stores: readonly SqlStore[]) => Promise.all(stores.map((store) => store.close()));

/** Makes operations whose first look is due at noon, each on a device of its own. */
export async function makeDue(store: SqlStore, count: number): Promise<void> {
  for (let start = 0; start < count; start += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, count - start) }, (_, index) =>
        store.create(running(`op-${start + index}`, noon), {}),
      ),
    );
}

const looked = (operation: Operation, now: number) => {
  if (operation.state.is !== 'running') throw new Error('this test only knows what runs');
  return { ...operation, state: lookedFor(now + 1_000, operation.state.looks + 1) };
};

/**
 * Looks at what is due at `now` until nothing is left, twenty at a time, and puts the next look behind `now`; answers how
 * often a move was written, and how often somebody was faster.
 */
export async function lookAtAll(store: SqlStore, now: number): Promise<{ written: number; late: number }> {
  const count = { written: 0, late: 0 };
  for (;;) {
    const claimed = await store.claimLooks(now, 20, now + 500_000);
    if (claimed.length === 0) return count;
    const moves = claimed.map((from) => {
      const to = looked(from, now);
      return { from, to, entry: { ...entry, event: 'looked', operationId: from.id, at: lookAt(from) ?? 0 } };
    });
    const results = await store.record(moves);
    const written = results.filter(Boolean).length;
    count.written += written;
    count.late += results.length - written;
  }
}
