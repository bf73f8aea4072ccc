import type { Operation } from '../../src/model/operation.ts';
import type { Question } from '../../src/model/question.ts';
import type { JournalEntry, Store } from '../../src/ports.ts';
import { alex, channel, noon, personal, proposed } from '../world.ts';

const entry: JournalEntry = { at: noon, event: 'asked', tenantId: 'tenant-id', personId: 'alex-id' };
const question: Question = {
  id: 'question-1',
  token: 't',
  asker: alex,
  place: personal,
  wish: { is: 'status' },
  words: 'status MBP-042',
  origin: 'a:personal-alex/9',
  candidates: [],
  askedAt: noon,
  expiresAt: noon + 300_000,
};
const running = (id: string, nextLookAt: number): Operation => ({
  ...proposed,
  id,
  origin: id,
  state: {
    is: 'running',
    acceptance: 'accepted',
    sending: { sentAt: noon, lookup: { source: 'managedDevice', id: 'x', kind: 'plain', names: [] }, before: [] },
    looks: 0,
    nextLookAt,
  },
});

/** What every store must do, whatever it is made of. `journalled` tells how many entries were written. */
export function storeContract(open: () => Promise<{ store: Store; journalled(): Promise<number> }>): void {
  let store: Store;
  let journalled: () => Promise<number>;
  beforeEach(async () => {
    ({ store, journalled } = await open());
  });

  test('what was created is found, once', async () => {
    expect(await store.create(proposed, entry)).toBe(true);
    expect(await store.operation(proposed.id)).toEqual(proposed);
    expect(await store.operation('other')).toBeUndefined();
    expect(await store.create(proposed, entry)).toBe(false);
    expect(await store.create({ ...proposed, id: 'operation-2' }, entry)).toBe(false);
    expect(await journalled()).toBe(1);
  });

  test('of many moves from the same state, one is written, with its entry', async () => {
    await store.create(proposed, entry);
    const dropped: Operation = { ...proposed, state: { is: 'dropped', why: 'cancelled', at: noon } };
    const moves = await Promise.all(Array.from({ length: 10 }, () => store.move(proposed, dropped, entry)));
    expect(moves.filter(Boolean)).toEqual([{ ...dropped, version: 1 }]);
    expect(await store.operation(proposed.id)).toEqual({ ...dropped, version: 1 });
    expect(await journalled()).toBe(2);
  });

  test('a move of what nobody created writes nothing', async () => {
    expect(await store.move(proposed, proposed, entry)).toBeUndefined();
    expect(await journalled()).toBe(0);
  });

  test('what is due is given to one caller at a time, the longest due first', async () => {
    for (const operation of [running('late', noon + 9), running('early', noon - 9), running('now', noon)])
      await store.create(operation, entry);
    expect((await store.claimDue(noon, 20, noon + 100)).map(({ id }) => id)).toEqual(['early', 'now']);
    expect(await store.claimDue(noon + 5, 20, noon + 100)).toEqual([]);
    expect((await store.claimDue(noon + 50, 20, noon + 100)).map(({ id }) => id)).toEqual(['late']);
    expect(await store.claimDue(noon + 100, 1, noon + 200)).toHaveLength(1);
  });

  test('a move ends the lease', async () => {
    const operation = running('one', noon);
    await store.create(operation, entry);
    await store.claimDue(noon, 20, noon + 100_000);
    await store.move(operation, running('one', noon + 10));
    expect(await store.claimDue(noon + 10, 20, noon + 100_000)).toHaveLength(1);
  });

  test('proposals are due when they expire, shown secrets when they are to be hidden, the rest never', async () => {
    await store.create(proposed, entry);
    const done: Operation = {
      ...proposed,
      id: 'done',
      origin: 'done',
      state: { is: 'finished', outcome: 'done', at: noon },
    };
    await store.create(done, entry);
    await store.create(
      { ...done, id: 's', origin: 's', secretShown: { on: { place: personal, id: 'm' }, until: noon + 7 } },
      entry,
    );
    const ids = async (now: number) => (await store.claimDue(now, 20, now + 1)).map(({ id }) => id);
    expect(await ids(noon)).toEqual([]);
    expect(await ids(noon + 7)).toEqual(['s']);
    expect(await ids(noon + 300_000)).toEqual(['s', 'operation-1']);
  });

  test('operations are listed newest first, by device and by person', async () => {
    for (const id of ['one', 'two', 'three']) await store.create({ ...proposed, id, origin: id }, entry);
    const other = { ...proposed, id: 'x', origin: 'x', device: { ...proposed.device, id: 'other' } };
    await store.create(other, entry);
    const ids = async (filter: Parameters<Store['operationsOf']>[0], most = 10) =>
      (await store.operationsOf(filter, most)).map(({ id }) => id);
    expect(await ids({ deviceId: proposed.device.id }, 2)).toEqual(['three', 'two']);
    expect(await ids({ personId: alex.id })).toEqual(['x', 'three', 'two', 'one']);
    expect(await ids({ personId: alex.id, deviceId: 'other' })).toEqual(['x']);
    expect(await ids({ personId: 'somebody' })).toEqual([]);
  });

  test('a question is asked once and settled by one', async () => {
    expect(await store.ask(question)).toBe(true);
    expect(await store.ask({ ...question, id: 'again' })).toBe(false);
    expect(await store.question('question-1')).toEqual(question);
    const settled = await Promise.all([store.settle('question-1'), store.settle('question-1')]);
    expect(settled.filter(Boolean)).toHaveLength(1);
    expect(await store.question('question-1')).toBeUndefined();
  });

  test('only a personal chat is remembered as somebody’s own, the newest one', async () => {
    await store.rememberPlace(channel, alex);
    expect(await store.personalPlace(alex.id)).toBeUndefined();
    await store.rememberPlace(personal, alex);
    await store.rememberPlace({ ...personal, serviceUrl: 'http://127.0.0.1:2/' }, alex);
    expect(await store.personalPlace(alex.id)).toEqual({ ...personal, serviceUrl: 'http://127.0.0.1:2/' });
    expect(await store.personalPlace('somebody')).toBeUndefined();
  });

  test('it is ready', async () => {
    expect(await store.ready()).toBeUndefined();
  });
}
