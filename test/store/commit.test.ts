import { openServer } from '../../src/store/openPostgres.ts';
import { patience } from '../../src/store/patience.ts';
import { fateOf, isUndecided } from '../../src/store/postgresTransaction.ts';
import { storeOn } from '../../src/store/store.ts';
import { startCuttingProxy } from './cuttingProxy.ts';
import { entry, finished, Hands, noon, proposed, running, said, silent } from './fixtures.ts';
import { until } from './until.ts';
import { withPostgres } from './withPostgres.ts';

withPostgres((server) => {
  let ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends) await end();
    ends = [];
  });
  const setUp = async (total = 10_000) => {
    const proxy = await startCuttingProxy(server().port);
    const url = (await server().freshUrl()).replace(`:${server().port}/`, `:${proxy.port}/`);
    const store = storeOn(await openServer(url, silent, { ...patience, total }), new Hands(), silent);
    ends.push(store.close, proxy.close);
    return { proxy, store };
  };

  test.each(['lost', 'never'] as const)(
    'a COMMIT that is %s is found out about, and done once',
    async (cut) => {
      const { proxy, store } = await setUp();
      proxy.cutNext(cut);
      const before = proxy.commits();
      expect(await store.create(proposed('one'), { entry, tell: [said('x')] })).toEqual({ is: 'created' });
      // The last one throws away what is out of date.
      expect(proxy.commits() - before).toBe((cut === 'lost' ? 1 : 2) + 1);
      expect(await store.entries()).toHaveLength(1);
      expect(await store.census(noon)).toMatchObject({ tellings: 1 });

      const operation = running('two', noon);
      await store.create(operation, {});
      proxy.cutNext(cut);
      const along = { entry, tell: [said('y')] };
      expect(await store.move(operation, finished(operation), along)).toMatchObject({ version: 1 });
      expect(await store.entries()).toHaveLength(2);

      await store.tell(said('z'), noon);
      proxy.cutNext(cut);
      expect(await store.claimLanes(noon, 5, noon + 100)).toHaveLength(1);
      proxy.cutNext(cut);
      expect(await store.draw('graph', 3, { limit: 5, window: 1_000 }, noon)).toMatchObject({ granted: 3 });
      expect(await store.draw('graph', 3, { limit: 5, window: 1_000 }, noon)).toMatchObject({ granted: 2 });
    },
    30_000,
  );

  test('as long as a transaction is still open on the server, nothing is done a second time', async () => {
    const { proxy, store } = await setUp();
    proxy.cutNext('open');
    let isDone = false;
    const creating = store.create(proposed('one'), { entry }).finally(() => (isDone = true));
    await until(proxy.isCut);
    // Somebody else's work goes on meanwhile.
    await store.journal({ ...entry, tenantId: 'other' });
    expect(isDone).toBe(false);
    proxy.letGo();
    expect(await creating).toEqual({ is: 'created' });
    expect(await store.entries()).toHaveLength(2);
  }, 30_000);

  test('what cannot be found out is told as a fault, and not tried again', async () => {
    const { proxy, store } = await setUp(300);
    proxy.cutNext('open');
    await expect(store.create(proposed('one'), { entry })).rejects.toMatchObject({
      name: 'StoreFault',
      reason: 'undecided',
      message: expect.stringContaining('not known') as string,
    });
    proxy.letGo();
    await until(async () => (await store.create(proposed('one'), {})).is === 'created');
    expect(await store.entries()).toEqual([]);
  }, 30_000);
});

test.each([
  ['committed', 'committed'],
  ['aborted', 'aborted'],
])('a transaction that is %s', async (status, fate) => {
  expect(await fateOf('1', async () => [{ status }] as never)).toBe(fate);
});

test('a transaction that is under way is undecided, one that is forgotten a fault', async () => {
  const ask = (status: string | null) => fateOf('1', async () => [{ status }] as never).catch(isUndecided);
  expect(await ask('in progress')).toBe(true);
  expect(await ask(null)).toBe(false);
});
