import { openStore } from '../../src/store/open.ts';
import type { SqlStore, Where } from '../../src/store/open.ts';
import { entry, proposed, running, said, summary } from './fixtures.ts';
import { noon, silent } from '../world.ts';
import { temporaryFolders } from './folders.ts';
import { withPostgres } from './withPostgres.ts';

const folder = temporaryFolders();
const lease = 60_000;

/** Everything that one process can hold: a look, another duty, a conversation, a summary. */
async function holdAll(store: SqlStore): Promise<void> {
  await store.create(running('look', noon), { entry });
  await store.create(proposed('duty'), { entry });
  await store.tell(said('word'), noon);
  await store.subscribe(summary('daily', noon), entry);
  expect(await held(store, noon + 300_000)).toEqual(all);
}

async function held(store: SqlStore, now: number) {
  const looks = await store.claimLooks(now, 20, now + lease);
  const chores = await store.claimChores(now, 20, now + lease);
  const lanes = await store.claimLanes(now, 20, now + lease);
  const summaries = await store.claimSummaries(now, 20, now + lease);
  return [...[looks, chores, summaries].map((claimed) => claimed.map(({ id }) => id)), lanes.length];
}

const nothing = [[], [], [], 0];
const all = [['look'], ['duty'], ['daily'], 1];
const start = noon + 300_000;

test('on SQLite, where only one process can be, what the last one held is due at once', async () => {
  const where: Where = { is: 'sqlite', folder: folder() };
  const clock = { now: () => start };
  const first = await openStore(where, clock, silent);
  await holdAll(first);
  expect(await held(first, start + 1)).toEqual(nothing);
  await first.close();
  const second = await openStore(where, clock, silent);
  expect(await held(second, start + 2)).toEqual(all);
  await second.close();
});

withPostgres((server) => {
  let one: SqlStore;
  let other: SqlStore;
  beforeEach(async () => {
    const url = await server().freshUrl();
    const clock = { now: () => start };
    one = await openStore({ is: 'postgres', url }, clock, silent);
    other = await openStore({ is: 'postgres', url }, clock, silent);
    await holdAll(one);
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  test('what a silent process held is due before its lease runs out', async () => {
    for (let passed = 0; passed <= 15_000; passed += 3_000) expect(await held(other, start + passed)).toEqual(nothing);
    expect(await held(other, start + 18_000)).toEqual(all);
  });

  test('a process that gives signs of life keeps what it holds', async () => {
    for (let passed = 0; passed < lease; passed += 3_000) {
      expect(await held(one, start + passed)).toEqual(nothing);
      expect(await held(other, start + passed)).toEqual(nothing);
    }
  });

  test('who was silent itself does not take the silence of others for death', async () => {
    expect(await held(other, start)).toEqual(nothing);
    expect(await held(other, start + 30_000)).toEqual(nothing);
    expect(await held(one, start + 31_000)).toEqual(nothing);
    expect(await held(other, start + 33_000)).toEqual(nothing);
  });
});
