import type { Operation } from '../../src/model/operation.ts';
import type { SqlStore } from '../../src/store/open.ts';
import { say } from './postgres.ts';
import { noPace } from '../../src/model/telling.ts';
import { cardOf, claimed, entry, proposed, said } from './fixtures.ts';
import { noon, personal } from '../world.ts';
import { withPostgres } from './withPostgres.ts';
import { close, lookAtAll, makeDue, storesOn } from './workers.ts';

const isSent = ({ state }: Operation) => state.is !== 'proposed';

withPostgres((server) => {
  const deadlocks = async () => {
    const [row] = await say(server().url, 'SELECT SUM(deadlocks)::int AS count FROM pg_stat_database');
    return (row as { count: number }).count;
  };
  const stores = async (count: number) => storesOn(await server().freshUrl(), count);

  test('several look at 2,000 devices: each is recorded exactly once per round', async () => {
    const all = await stores(4);
    await makeDue(all[0]!, 2_000);
    for (const round of [0, 1]) {
      const now = noon + round * 1_000;
      const counts = await Promise.all(all.map((store) => lookAtAll(store, now)));
      expect(counts.reduce((sum, { written }) => sum + written, 0)).toBe(2_000);
      expect(counts.reduce((sum, { late }) => sum + late, 0)).toBe(0);
      expect(counts.filter(({ written }) => written > 0).length).toBeGreaterThan(1);
    }
    const operations = await all[0]!.operationsOf({}, 5_000);
    expect(operations.every(({ version }) => version === 2)).toBe(true);
    const entries = await all[0]!.entries();
    expect(new Set(entries.map(({ operationId, at }) => `${operationId}/${at}`)).size).toBe(4_000);
    expect(entries).toHaveLength(4_000);
    await close(all);
  }, 60_000);

  test('of claims for one device from several processes, one is granted, every time', async () => {
    const all = await stores(3);
    for (let round = 0; round < 25; round += 1) {
      const { device } = proposed(`device-${round}`);
      const rivals = all.map((_, index) => proposed(`op-${round}-${index}`, { device, action: `action-${index}` }));
      // Some come into being while others are claimed already.
      const claims = await Promise.all(
        rivals.map(async (operation, index) => {
          await all[index]!.create(operation, {});
          return all[index]!.claim(operation, claimed(operation), isSent, { entry });
        }),
      );
      expect(claims.map(({ is }) => is).sort()).toEqual(['moved', 'rival', 'rival']);
    }
    expect(await all[0]!.entries()).toHaveLength(25);
    await close(all);
  }, 60_000);

  test('of deliveries that reach several processes, one is handled, and one offer stands', async () => {
    const all = await stores(3);
    for (let round = 0; round < 20; round += 1) {
      const { device } = proposed(`device-${round}`);
      const made = await Promise.all(
        all.map((store, index) =>
          store.create(proposed(`op-${round}-${index}`, { device, origin: `o-${round}-${index % 2}` }), { entry }),
        ),
      );
      expect(made.filter(({ is }) => is === 'created')).toHaveLength(1);
    }
    expect(await all[0]!.entries()).toHaveLength(20);
    await close(all);
  }, 60_000);

  test('offers that become alike at the same time leave both be', async () => {
    const all = await stores(2);
    for (let round = 0; round < 20; round += 1) {
      const { device } = proposed(`device-${round}`);
      const offers = [1, 2].map((keep) => proposed(`op-${round}-${keep}`, { device, options: { keep } }));
      for (const offer of offers) await all[0]!.create(offer, {});
      const moved = await Promise.all(
        offers.map((offer, index) => all[index]!.move(offer, { ...offer, options: { keep: 'all' } })),
      );
      expect(moved.map((each) => each?.version)).toEqual([1, 1]);
    }
    await close(all);
  }, 60_000);

  test('a budget is one for all', async () => {
    const all = await stores(3);
    const rule = { limit: 100, window: 20_000 };
    const drawn = await Promise.all(
      Array.from({ length: 60 }, (_, index) => all[index % 3]!.draw('graph', 3, rule, noon + index)),
    );
    expect(drawn.reduce((sum, { granted }) => sum + granted, 0)).toBe(100);
    await close(all);
  }, 30_000);

  /** Tells what is due until `isOver`, as a process does that knows of no other. */
  async function tellAll(store: SqlStore, told: string[], isOver: () => Promise<boolean>): Promise<void> {
    while (!(await isOver())) {
      for (const lane of await store.claimLanes(noon, 3, noon + 60_000)) {
        const [first, ...rest] = lane.deliveries;
        if (!first) throw new Error('a lane with nothing in it');
        for (const delivery of rest) await store.told(delivery, noPace);
        await store.told(first, noPace, { leave: true });
        told.push(...lane.deliveries.map(({ telling }) => JSON.stringify(telling.what)));
      }
    }
  }

  test('nothing that is told gets stuck, whoever tells and whoever sends at the same time', async () => {
    const all = await stores(4);
    const told: string[] = [];
    const [one, two, ...senders] = all;
    let isAllSaid = false;
    const isOver = async () => isAllSaid && (await one!.census(noon)).tellings === 0;
    const sending = Promise.all(senders.map((store) => tellAll(store, told, isOver)));
    const lanes = ['a', 'b', 'c'].map((id) => ({ ...personal, id }));
    const say = async (store: SqlStore, name: string) => {
      for (let round = 0; round < 120; round += 1) {
        const place = lanes[round % 3]!;
        await store.tell(said(`${name} ${round}`, place), noon);
        await store.create(proposed(`${name}-${round}`), {
          tell: (name === 'one' ? lanes : lanes.toReversed()).map((to) => cardOf(`${name}-${to.id}`, to)),
        });
      }
    };
    await Promise.all([say(one!, 'one'), say(two!, 'two')]);
    isAllSaid = true;
    await sending;
    expect(told.filter((what) => what.includes('said')).sort()).toHaveLength(240);
    expect(new Set(told.filter((what) => what.includes('said'))).size).toBe(240);
    expect(await one!.census(noon)).toMatchObject({ tellings: 0, tellingSince: undefined });
    expect(await one!.claimLanes(noon + 1_000_000, 10, noon)).toEqual([]);
    await close(all);
    expect(await deadlocks()).toBe(0);
  }, 60_000);
});
