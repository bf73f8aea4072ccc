import type { Fresh } from '../fresh.ts';
import { noon } from '../../world.ts';

const rule = { limit: 10, window: 20_000 };

export function budgetContract(fresh: Fresh): void {
  test('no more is granted per window than the rule allows, to all together', async () => {
    const { store } = fresh;
    expect(await store.draw('graph', 4, rule, noon)).toEqual({ granted: 4, next: noon });
    const drawn = await Promise.all(Array.from({ length: 4 }, () => store.draw('graph', 3, rule, noon + 1)));
    expect(drawn.reduce((sum, { granted }) => sum + granted, 0)).toBe(6);
    expect(await store.draw('graph', 1, rule, noon + 2)).toEqual({ granted: 0, next: noon + 20_000 });
    expect(await store.draw('other', 1, rule, noon + 2)).toMatchObject({ granted: 1 });
    expect(await store.draw('graph', 99, rule, noon + 20_000)).toEqual({ granted: 10, next: noon + 40_000 });
  });

  test('while it is held nothing is granted; the longest hold counts', async () => {
    const { store } = fresh;
    await store.hold('graph', noon + 500);
    await store.hold('graph', noon + 100);
    expect(await store.draw('graph', 1, rule, noon + 499)).toEqual({ granted: 0, next: noon + 500 });
    expect(await store.draw('graph', 1, rule, noon + 500)).toEqual({ granted: 1, next: noon + 500 });
  });
}
