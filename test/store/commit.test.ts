import { openServer } from '../../src/store/openPostgres.ts';
import { patience } from '../../src/store/patience.ts';
import { fateOf, isUndecided } from '../../src/store/postgresTransaction.ts';
import { storeOn } from '../../src/store/store.ts';
import { startCuttingProxy } from './cuttingProxy.ts';
import { entry, finished, Hands, proposed, running, said } from './fixtures.ts';
import { noon, silent } from '../world.ts';
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

/** A server that gives this status of the transaction's number, and holds its mark or does not. */
const server = (status: string | null, isMarked: boolean) => async (text: string) =>
  (text.includes('commit_mark') ? (isMarked ? [{ id: 'mark' }] : []) : [{ status }]) as never;

test.each([
  ['committed', true, 'committed'],
  ['aborted', false, 'aborted'],
  // A crash undid it, and its number was given to another.
  ['committed', false, 'aborted'],
  [null, false, 'aborted'],
  [null, true, 'committed'],
] as const)('its number is %s, its mark is there: %s; it was %s', async (status, isMarked, fate) => {
  expect(await fateOf({ id: '1', mark: 'mark' }, server(status, isMarked))).toBe(fate);
});

test('a number that is yet to be given belongs to a transaction that a crash undid', async () => {
  const future = Object.assign(new Error('transaction ID 7 is in the future'), { code: '22023' });
  const ask = async (text: string) => {
    if (text.includes('commit_mark')) return [] as never;
    throw future;
  };
  expect(await fateOf({ id: '7', mark: 'mark' }, ask)).toBe('aborted');
});

test('while it is under way nothing is known of it', async () => {
  expect(await fateOf({ id: '1', mark: 'mark' }, server('in progress', false)).catch(isUndecided)).toBe(true);
});
