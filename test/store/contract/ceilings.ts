import type { Operation } from '../../../src/model/operation.ts';
import type { Ceiling } from '../../../src/storePort.ts';
import type { Fresh } from '../fresh.ts';
import { confirmed, dropped, entry, finished, proposed, said } from '../fixtures.ts';
import { alex, noon } from '../../world.ts';

export function ceilingContract(fresh: Fresh): void {
  const perHour: Ceiling = { actions: 'all', since: noon - 3_600_000, most: 2 };
  const claim = (operation: Operation, ceilings: readonly Ceiling[], at = noon) =>
    fresh.store.claim(operation, confirmed(operation, at), () => false, { entry, tell: [said('x')] }, ceilings);
  const offered = async (id: string, changes: Partial<Operation> = {}) => {
    const operation = proposed(id, changes);
    await fresh.store.create(operation, {});
    return operation;
  };

  test('as many as a ceiling allows are claimed; of the next nothing is written', async () => {
    const { store } = fresh;
    for (const id of ['one', 'two']) expect(await claim(await offered(id), [perHour])).toMatchObject({ is: 'moved' });
    const third = await offered('three');
    expect(await claim(third, [perHour])).toEqual({ is: 'ceiling', ceiling: perHour });
    expect(await store.operation('three')).toEqual(third);
    expect(await store.entries()).toHaveLength(2);
    expect((await store.census(noon)).tellings).toBe(2);
    expect(await claim(third, [{ ...perHour, most: 3 }])).toMatchObject({ is: 'moved' });
  });

  test('what is over by now counts, what was confirmed before or never does not', async () => {
    const { store } = fresh;
    const over = await offered('over');
    const moved = await claim(over, [], noon);
    if (moved.is === 'moved') await store.move(moved.operation, finished(moved.operation));
    await claim(await offered('before'), [], noon - 3_600_001);
    const never = await offered('never');
    await store.move(never, dropped(never));
    await offered('offered');
    await claim(await offered('by-another', { asker: { ...alex, id: 'lee' } }), []);
    const one: Ceiling = { ...perHour, most: 1 };
    expect(await claim(await offered('next'), [one])).toEqual({ is: 'ceiling', ceiling: one });
    expect(await claim(await offered('last'), [perHour])).toMatchObject({ is: 'moved' });
  });

  test('only the actions that it covers count; the first ceiling that is too low is told', async () => {
    const locks: Ceiling = { actions: ['remoteLock'], since: noon, most: 1 };
    const wipes: Ceiling = { actions: ['wipe', 'retire'], since: noon, most: 1 };
    await claim(await offered('lock'), []);
    const wipe = await offered('wipe', { action: 'wipe' });
    expect(await claim(wipe, [wipes, locks])).toMatchObject({ is: 'moved' });
    const retire = await offered('retire', { action: 'retire' });
    expect(await claim(retire, [locks, perHour, wipes])).toEqual({ is: 'ceiling', ceiling: perHour });
    expect(await claim(retire, [locks, wipes, perHour])).toEqual({ is: 'ceiling', ceiling: wipes });
    expect(await claim(retire, [{ ...wipes, most: 0 }])).toMatchObject({ is: 'ceiling' });
  });

  test('a second click is late, not one too many', async () => {
    const one: Ceiling = { ...perHour, most: 1 };
    const operation = await offered('one');
    expect(await claim(operation, [one])).toMatchObject({ is: 'moved' });
    expect(await claim(operation, [one])).toEqual({ is: 'late' });
  });

  test('a rival is told before a ceiling, and takes up no room', async () => {
    const operation = await offered('one');
    const rival = await offered('two', { device: operation.device, action: 'retire' });
    await claim(rival, []);
    const found = await fresh.store.claim(operation, confirmed(operation), ({ id }) => id === 'two', {}, [perHour]);
    expect(found).toMatchObject({ is: 'rival', rival: { id: 'two' } });
    expect(await claim(await offered('three'), [perHour])).toMatchObject({ is: 'moved' });
  });

  test('however many are confirmed at once, no more are claimed', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `op-${index}`);
    const operations = await Promise.all(ids.map((id) => offered(id)));
    const claims = await Promise.all(operations.map((operation) => claim(operation, [{ ...perHour, most: 5 }])));
    expect(claims.filter(({ is }) => is === 'moved')).toHaveLength(5);
    expect(claims.filter(({ is }) => is === 'ceiling')).toHaveLength(7);
    expect(await fresh.store.entries()).toHaveLength(5);
  });
}
