import type { Operation } from '../../../src/model/operation.ts';
import type { Before, OperationFilter } from '../../../src/storePort.ts';
import type { Fresh } from '../fresh.ts';
import { claimed, confirmed, dropped, entry, finished, proposed, running } from '../fixtures.ts';
import { alex, noon } from '../../world.ts';

export function historyContract(fresh: Fresh): void {
  const create = async (...operations: readonly Operation[]) => {
    for (const operation of operations) await fresh.store.create(operation, {});
  };
  const ids = async (filter: OperationFilter, most = 10, before?: Before) =>
    (await fresh.store.operationsOf(filter, most, before)).map(({ id }) => id);

  test('page by page each comes once, those of the same moment as well', async () => {
    const times = [0, 1, 1, 1, 2, 2, 3];
    const all = times.map((time, index) => proposed(`op-${index}`, { askedAt: noon + time, ticket: 'INC1' }));
    await create(...all);
    for (const filter of [{}, { ticket: 'INC1' }, { personId: alex.id }, { open: true as const }]) {
      const pages: string[][] = [];
      for (let before: Before | undefined; ;) {
        const page = await fresh.store.operationsOf(filter, 2, before);
        const last = page.at(-1);
        if (!last) break;
        pages.push(page.map(({ id }) => id));
        before = { askedAt: last.askedAt, id: last.id };
      }
      expect(pages).toEqual([['op-6', 'op-5'], ['op-4', 'op-3'], ['op-2', 'op-1'], ['op-0']]);
    }
  });

  test('all that is asked for must fit', async () => {
    const lee = { ...alex, id: 'lee' };
    await create(
      proposed('a', { ticket: 'INC1' }),
      proposed('b', { ticket: 'INC1', asker: lee, askedAt: noon + 1 }),
      proposed('c', { ticket: 'INC2', askedAt: noon + 2 }),
      proposed('d', { askedAt: noon + 3 }),
    );
    expect(await ids({ ticket: 'INC1' })).toEqual(['b', 'a']);
    expect(await ids({ ticket: 'INC1', personId: 'lee' })).toEqual(['b']);
    expect(await ids({ ticket: 'INC1', deviceId: 'device-of-c' })).toEqual([]);
    expect(await ids({ ticket: undefined, personId: alex.id }, 2)).toEqual(['d', 'c']);
    expect(await ids({ personId: alex.id }, 2, { askedAt: noon + 2, id: 'c' })).toEqual(['a']);
  });

  test('open is what is offered, claimed or running', async () => {
    const { store } = fresh;
    await create(
      proposed('offered'),
      claimed(proposed('claimed', { askedAt: noon + 1 })),
      running('running', noon, { askedAt: noon + 2 }),
      finished(proposed('finished', { askedAt: noon + 3 })),
      dropped(proposed('dropped', { askedAt: noon + 4 })),
    );
    expect(await ids({ open: true })).toEqual(['running', 'claimed', 'offered']);
    expect(await ids({ open: true, deviceId: 'device-of-claimed' })).toEqual(['claimed']);
    const operation = (await store.operation('running'))!;
    await store.move(operation, finished(operation));
    expect(await ids({ open: true })).toEqual(['claimed', 'offered']);
  });

  test('what ended is found by when it did, a page at a time, however it came to its end', async () => {
    const { store } = fresh;
    const ended = (id: string, at: number) => {
      const whole = proposed(id, { askedAt: noon - 7 });
      return { ...whole, state: { is: 'finished', outcome: 'failed', at } } as const;
    };
    await create(ended('early', noon - 1), ended('late', noon), proposed('open'));
    const running = proposed('moved', { askedAt: noon - 9 });
    await create(running);
    const [moved] = await store.record([{ from: running, to: { ...ended('moved', noon + 5), askedAt: noon - 9 } }]);
    expect(await ids({ endedSince: noon })).toEqual(['late', 'moved']);
    expect(await ids({ endedSince: noon }, 1)).toEqual(['late']);
    expect(await ids({ endedSince: noon }, 1, { askedAt: noon - 7, id: 'late' })).toEqual(['moved']);
    expect(await ids({ endedSince: noon + 1, deviceId: 'device-of-moved' })).toEqual(['moved']);
    await store.move(moved!, { ...moved!, state: running.state });
    expect(await ids({ endedSince: noon })).toEqual(['late']);
  });

  test('of many devices, all that was asked for since then is found at once', async () => {
    const operations = Array.from({ length: 620 }, (_, index) => proposed(`op-${index}`, { askedAt: noon + index }));
    await create(...operations);
    const devices = operations.map(({ device }) => device.id);
    expect(await fresh.store.operationsOn(devices, noon + 10)).toHaveLength(610);
    const some = await fresh.store.operationsOn(['device-of-op-7', 'device-of-op-7', 'device-of-op-9', 'x'], noon);
    expect(some.map(({ id }) => id).sort()).toEqual(['op-7', 'op-9']);
    expect(await fresh.store.operationsOn([], noon)).toEqual([]);
  });

  test('a ticket that is put on later is found, and the one before is not', async () => {
    const operation = proposed('one', { ticket: 'INC1' });
    await create(operation);
    await fresh.store.move(operation, { ...operation, ticket: 'INC2' });
    expect(await ids({ ticket: 'INC1' })).toEqual([]);
    expect(await ids({ ticket: 'INC2' })).toEqual(['one']);
  });

  test('what somebody confirmed is told, newest first', async () => {
    const { store } = fresh;
    const [one, two, other] = [
      proposed('one'),
      proposed('two', { action: 'wipe' }),
      proposed('other', { asker: { ...alex, id: 'lee' } }),
    ];
    await create(one, two, other, proposed('offered'));
    for (const [index, each] of [one, two, other].entries())
      await store.claim(each, confirmed(each, noon + index), () => false, {});
    const first = (await store.operation('one'))!;
    await store.move(first, finished(first));
    expect(await store.confirmedSince(alex.id, noon)).toEqual([
      { action: 'wipe', at: noon + 1 },
      { action: 'remoteLock', at: noon },
    ]);
    expect(await store.confirmedSince(alex.id, noon + 1)).toEqual([{ action: 'wipe', at: noon + 1 }]);
    expect(await store.confirmedSince('nobody', 0)).toEqual([]);
  });

  test('entries are found by their operations, oldest first', async () => {
    const { store } = fresh;
    const written = ['one', 'two', 'one', 'three', 'two'].map((operationId, index) => ({
      ...entry,
      event: `event-${index}`,
      at: noon - index,
      operationId,
    }));
    for (const one of [entry, ...written]) await store.journal(one);
    expect(await store.entriesOf(['one', 'two', 'one'])).toEqual(written.filter((_, index) => index !== 3));
    expect(await store.entriesOf([])).toEqual([]);
    const many = Array.from({ length: 1_200 }, (_, index) => `x-${index}`);
    expect((await store.entriesOf(['three', ...many, 'one'])).map(({ event }) => event)).toEqual([
      'event-0',
      'event-2',
      'event-3',
    ]);
  });
}
