import type { Fresh } from '../fresh.ts';
import { noPace } from '../../../src/model/telling.ts';
import { cardOf, dropped, entry, proposed, said } from '../fixtures.ts';
import { noon } from '../../world.ts';

export function secretContract(fresh: Fresh): void {
  const operation = proposed('one');
  const secret = { operationId: 'one', sealed: 'v1.abc' };

  test('a secret is kept with a move, replaced, and thrown away', async () => {
    const { store } = fresh;
    await store.create(operation, {});
    expect(await store.secretOf('one')).toBeUndefined();
    const kept = await store.move(operation, operation, { secret });
    expect(await store.secretOf('one')).toBe('v1.abc');
    expect(await store.secretOf('two')).toBeUndefined();
    const again = await store.move(kept!, kept!, { secret: { ...secret, sealed: 'v2.def' } });
    expect(await store.secretOf('one')).toBe('v2.def');
    await store.move(again!, again!, { entry });
    expect(await store.secretOf('one')).toBe('v2.def');
    await store.record([{ from: { ...again!, version: 3 }, to: again!, secret: { operationId: 'one' } }]);
    expect(await store.secretOf('one')).toBeUndefined();
  });

  test('they are counted by how they begin', async () => {
    const { store } = fresh;
    expect(await store.seals()).toEqual([]);
    for (const [id, sealed] of [
      ['one', 'v1.aaaaaaaa.1.2.3'],
      ['two', 'v1.bbbbbbbb.1.2.3'],
      ['three', 'v1.aaaaaaaa.4.5.6'],
    ] as const)
      await store.create(proposed(id), { secret: { operationId: id, sealed } });
    expect(await store.seals()).toEqual([
      { seal: 'v1.aaaaaaaa', count: 2 },
      { seal: 'v1.bbbbbbbb', count: 1 },
    ]);
  });

  test('with a move that came too late nothing is kept, and nothing thrown away', async () => {
    const { store } = fresh;
    await store.create(operation, { secret });
    const late = { ...operation, version: 7 };
    await store.move(late, dropped(late), { secret: { operationId: 'one' } });
    await store.claim(late, dropped(late), () => false, { secret: { operationId: 'one', sealed: 'other' } });
    expect(await store.secretOf('one')).toBe('v1.abc');
  });

  test('it goes with a telling, too, unless somebody else has told it', async () => {
    const { store } = fresh;
    await store.tell(said('x'), noon);
    await store.tell(cardOf('one'), noon);
    const [lane] = await store.claimLanes(noon, 1, noon + 100);
    const [first, second] = lane!.deliveries;
    await store.told(first!, noPace, { secret });
    expect(await store.secretOf('one')).toBe('v1.abc');
    await store.told(second!, noPace);
    await store.told(second!, noPace, { secret: { operationId: 'one' } });
    expect(await store.secretOf('one')).toBe('v1.abc');
  });
}
