import type { Operation } from '../../../src/model/operation.ts';
import type { SqlStore } from '../../../src/store/open.ts';
import type { Fresh } from '../fresh.ts';
import { cardOf, claimed, dropped, entry, finished, proposed, running, said } from '../fixtures.ts';
import { alex, noon } from '../../world.ts';

const isSent = ({ state }: Operation) => state.is === 'claimed' || state.is === 'running';

export function operationContract(fresh: Fresh): void {
  const operation = proposed('one');

  test('what was created is found, once', async () => {
    const { store } = fresh;
    expect(await store.create(operation, { entry, tell: [cardOf('one')] })).toEqual({ is: 'created' });
    expect(await store.operation('one')).toEqual(operation);
    expect(await store.operation('other')).toBeUndefined();
    expect(await store.create(operation, { entry })).toEqual({ is: 'heard' });
    const again = proposed('two', { origin: operation.origin });
    expect(await store.create(again, { entry, tell: [cardOf('two')] })).toEqual({ is: 'heard' });
    expect(await store.operation('two')).toBeUndefined();
    expect(await store.entries()).toEqual([entry]);
    expect((await store.census(noon)).tellings).toBe(1);
  });

  test('foreign text of any kind comes back as it was', async () => {
    const { store } = fresh;
    const words = 'lock \0 "MBP" \u{1F512} \uD800 \\ \' $1 /*pg:x*/ äöü';
    await store.create({ ...operation, words }, { entry });
    expect((await store.operation('one'))?.words).toBe(words);
    const nul = proposed('n\0l');
    await store.create(nul, { entry: { ...entry, note: words, deviceId: 'd\0' } });
    expect(await store.operation('n\0l')).toEqual(nul);
    expect((await store.entries())[1]?.note).toBe(words);
  });

  test('of many that are created at once from the same delivery, one is', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `op-${index}`);
    const made = await Promise.all(
      ids.map((id) => fresh.store.create(proposed(id, { origin: 'the same' }), { entry, tell: [cardOf(id)] })),
    );
    expect(made.filter(({ is }) => is === 'created')).toHaveLength(1);
    expect(made.filter(({ is }) => is === 'heard')).toHaveLength(9);
    expect(await fresh.store.entries()).toHaveLength(1);
  });

  describe('offers', () => {
    const like = (id: string) => proposed(id, { device: operation.device });

    test('an offer that stands open is not made twice, and its second asking counts as heard', async () => {
      const { store } = fresh;
      await store.create(operation, { entry });
      expect(await store.create(like('two'), { entry, tell: [cardOf('two')] })).toEqual({ is: 'open', operation });
      expect(await store.create(like('two'), { entry })).toEqual({ is: 'heard' });
      expect(await store.entries()).toHaveLength(1);
      expect((await store.census(noon)).tellings).toBe(0);
    });

    test('the same can be offered to others, with other options, elsewhere', async () => {
      const { store } = fresh;
      await store.create(operation, { entry });
      const others = [
        { ...like('b'), asker: { ...alex, id: 'lee' } },
        { ...like('c'), options: { keepUserData: true } },
        { ...like('d'), place: { ...operation.place, id: 'elsewhere' } },
        { ...like('e'), action: 'retire' },
      ];
      for (const other of others) expect(await store.create(other, { entry })).toEqual({ is: 'created' });
    });

    test('of many that are made at once, one stands', async () => {
      const ids = Array.from({ length: 10 }, (_, index) => `op-${index}`);
      const made = await Promise.all(ids.map((id) => fresh.store.create(like(id), { entry })));
      expect(made.filter(({ is }) => is === 'created')).toHaveLength(1);
      expect(made.filter(({ is }) => is === 'open')).toHaveLength(9);
    });

    test('once it is taken, cancelled or over in time, it can be made anew', async () => {
      const { store } = fresh;
      await store.create(operation, { entry });
      await store.move(operation, dropped(operation));
      expect(await store.create(like('two'), { entry })).toEqual({ is: 'created' });
      const later = { ...like('three'), askedAt: noon + 300_000 };
      expect(await store.create(later, { entry })).toEqual({ is: 'created' });
      expect((await store.operation('two'))?.state.is).toBe('proposed');
    });

    test('one that is changed is found by what it is now', async () => {
      const { store } = fresh;
      await store.create(operation, { entry });
      const changed = { ...operation, options: { keep: true } };
      expect(await store.move(operation, changed)).toMatchObject({ version: 1 });
      expect(await store.create({ ...like('two'), options: { keep: true } }, { entry })).toMatchObject({ is: 'open' });
      expect(await store.create(like('three'), { entry })).toEqual({ is: 'created' });
    });

    test('one that is changed into one that stands already leaves both be', async () => {
      const { store } = fresh;
      const other = { ...like('two'), options: { keep: true } };
      await store.create(operation, { entry });
      await store.create(other, { entry });
      const same = await store.move(operation, { ...operation, options: { keep: true } });
      expect(same?.version).toBe(1);
      expect(await store.move(same!, { ...same!, words: 'moved once more' })).toMatchObject({ version: 2 });
      expect(await store.create({ ...other, id: 'x', origin: 'x' }, { entry })).toMatchObject({
        is: 'open',
        operation: { id: 'two' },
      });
    });
  });

  test('of many moves from the same state, one is written, with its entry and its telling', async () => {
    const { store } = fresh;
    await store.create(operation, { entry });
    const along = { entry: { ...entry, event: 'cancelled' }, tell: [said('dropped')] };
    const moves = await Promise.all(Array.from({ length: 10 }, () => store.move(operation, dropped(operation), along)));
    expect(moves.filter(Boolean)).toEqual([{ ...dropped(operation), version: 1 }]);
    expect(await store.operation('one')).toEqual({ ...dropped(operation), version: 1 });
    expect((await store.entries()).map(({ event }) => event)).toEqual(['asked', 'cancelled']);
    expect((await store.census(noon)).tellings).toBe(1);
  });

  test('a move of what nobody created writes nothing', async () => {
    expect(await fresh.store.move(operation, operation, { entry, tell: [said('x')] })).toBeUndefined();
    expect(await fresh.store.entries()).toEqual([]);
    expect((await fresh.store.census(noon)).tellings).toBe(0);
  });

  test('many moves at once are answered in order; those that came late write nothing', async () => {
    const { store } = fresh;
    const all = Array.from({ length: 25 }, (_, index) => running(`op-${index}`, noon));
    for (const each of all) await store.create(each, {});
    await store.move(all[7]!, finished(all[7]!));
    const moves = all.map((from, index) => ({
      from,
      to: running(from.id, noon + index + 1),
      entry: { ...entry, event: 'looked', note: from.id },
      tell: [cardOf(from.id)],
    }));
    const written = await store.record([...moves, { from: proposed('nobody'), to: proposed('nobody'), entry }]);
    expect(written.map((each) => each?.id)).toEqual([
      ...all.map(({ id }, index) => (index === 7 ? undefined : id)),
      undefined,
    ]);
    expect(written[3]).toEqual({ ...moves[3]!.to, version: 1 });
    expect(await store.operation('op-24')).toEqual({ ...moves[24]!.to, version: 1 });
    expect((await store.entries()).map(({ note }) => note)).toEqual(
      all.map(({ id }) => id).filter((id) => id !== 'op-7'),
    );
    expect((await store.census(noon)).tellings).toBe(24);
    expect((await store.record(moves)).filter(Boolean)).toEqual([]);
    expect(await store.record([])).toEqual([]);
  });

  test('of two moves of one operation in the same record, the second goes by what the first left', async () => {
    const { store } = fresh;
    await store.create(operation, {});
    const [first, second, third] = await store.record([
      { from: operation, to: claimed(operation), entry },
      { from: operation, to: dropped(operation), entry },
      { from: { ...claimed(operation), version: 1 }, to: finished(operation), entry },
    ]);
    expect([first?.version, second, third?.version]).toEqual([1, undefined, 2]);
    expect((await store.operation('one'))?.state.is).toBe('finished');
    expect(await store.entries()).toHaveLength(2);
  });

  describe('rivals', () => {
    const two = proposed('two', { device: operation.device, action: 'retire' });
    const away = proposed('away');
    beforeEach(async () => {
      for (const each of [operation, two, away]) await fresh.store.create(each, {});
    });

    test('of those on one device, one at most is claimed', async () => {
      const { store } = fresh;
      const claims = await Promise.all(
        [operation, two, away].map((each) => store.claim(each, claimed(each), isSent, { entry, tell: [said('x')] })),
      );
      expect(claims[2]).toMatchObject({ is: 'moved', operation: { id: 'away', version: 1 } });
      expect(
        claims
          .slice(0, 2)
          .map(({ is }) => is)
          .sort(),
      ).toEqual(['moved', 'rival']);
      expect(await store.entries()).toHaveLength(2);
      expect((await store.census(noon)).tellings).toBe(2);
    });

    test('whoever is in the way is named, and is not once it is over', async () => {
      const { store } = fresh;
      const moved = await store.claim(operation, claimed(operation), isSent, {});
      expect(moved).toEqual({ is: 'moved', operation: { ...claimed(operation), version: 1 } });
      const sent = { ...claimed(operation), version: 1 };
      expect(await store.claim(two, claimed(two), isSent, {})).toEqual({ is: 'rival', rival: sent });
      await store.move(sent, finished(sent));
      expect(await store.claim(two, claimed(two), isSent, {})).toMatchObject({ is: 'moved' });
    });

    test('nobody is a rival to oneself: a second click is late', async () => {
      const { store } = fresh;
      await store.claim(operation, claimed(operation), isSent, { entry });
      expect(await store.claim(operation, claimed(operation), isSent, { entry })).toEqual({ is: 'late' });
      expect(await store.entries()).toHaveLength(1);
    });

    test('what the question itself throws comes through, and nothing was written', async () => {
      const broken = () => {
        throw new TypeError('broken');
      };
      await expect(fresh.store.claim(operation, claimed(operation), broken, { entry })).rejects.toThrow(TypeError);
      expect((await fresh.store.operation('one'))?.version).toBe(0);
      expect(await fresh.store.claim(operation, claimed(operation), isSent, {})).toMatchObject({ is: 'moved' });
    });
  });

  test('operations are listed newest first, by device and by person', async () => {
    const { store } = fresh;
    const { device } = operation;
    for (const [index, id] of ['one', 'two', 'three'].entries())
      await store.create(proposed(id, { device, action: id, askedAt: noon + index }), {});
    await store.create(proposed('x', { askedAt: noon + 9 }), {});
    const ids = async (filter: Parameters<SqlStore['operationsOf']>[0], most = 10) =>
      (await store.operationsOf(filter, most)).map(({ id }) => id);
    expect(await ids({ deviceId: device.id }, 2)).toEqual(['three', 'two']);
    expect(await ids({ personId: alex.id })).toEqual(['x', 'three', 'two', 'one']);
    expect(await ids({ personId: alex.id, deviceId: 'device-of-x' })).toEqual(['x']);
    expect(await ids({ personId: 'somebody' })).toEqual([]);
    expect(await ids({}, 1)).toEqual(['x']);
  });
}
