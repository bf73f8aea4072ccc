import { said } from './fixtures.ts';
import { noon } from '../world.ts';
import { until } from './until.ts';
import { withPostgres } from './withPostgres.ts';
import { close, lookAtAll, makeDue, storesOn } from './workers.ts';

withPostgres((server) => {
  test.each(['fast', 'immediate'] as const)(
    'a server that is stopped (%s) twice and comes back costs nothing, and nothing is done twice',
    async (how) => {
      const stores = await storesOn(await server().freshUrl(), 3);
      const [first] = stores;
      await makeDue(first!, 1_500);
      const working = Promise.all(stores.map((store) => lookAtAll(store, noon)));
      for (const done of [200, 700]) {
        await until(async () => (await first!.entries()).length >= done);
        await server().stop(how);
        await server().start();
      }
      const counts = await working;
      const sum = (of: 'written' | 'late') => counts.reduce((total, count) => total + count[of], 0);
      expect([sum('written'), sum('late')]).toEqual([1_500, 0]);
      const entries = await first!.entries();
      expect(entries).toHaveLength(1_500);
      expect(new Set(entries.map(({ operationId }) => operationId)).size).toBe(1_500);
      const operations = await first!.operationsOf({}, 5_000);
      expect(operations.filter(({ version }) => version === 1)).toHaveLength(1_500);
      await close(stores);
    },
    60_000,
  );

  test('while it is away the store says so, and works again by itself', async () => {
    const [store] = await storesOn(await server().freshUrl(), 1);
    await server().stop('fast');
    expect(await store!.ready()).toBe('the store cannot be reached');
    const waiting = store!.tell(said('x'), noon);
    await server().start();
    expect(await waiting).toBe(true);
    expect((await store!.census(noon)).tellings).toBe(1);
    await store!.close();
  }, 30_000);
});
