import type { Elsewhere } from '../../../src/model/subscription.ts';
import type { Fresh } from '../fresh.ts';
import { noPace } from '../../../src/model/telling.ts';
import { audit, entry, newsOf, said, subscription } from '../fixtures.ts';
import { noon } from '../../world.ts';

const day = 86_400_000;
const news = (id: string) => newsOf({ is: 'elsewhere', id });

export function elsewhereContract(fresh: Fresh): void {
  /** What the subscribers are to hear of it; it leaves the queue. */
  const heard = async (seen: readonly Elsewhere[], now = noon) => {
    const { store } = fresh;
    await store.noteElsewhere(seen, now);
    const lanes = await store.claimLanes(now, 10, now + 1);
    const deliveries = lanes.flatMap((lane) => lane.deliveries);
    for (const delivery of deliveries) await store.told(delivery, noPace, { leave: true });
    return deliveries.map(({ telling }) => telling);
  };

  test('what is new, or in another state, is written down and is news; the rest is neither', async () => {
    const { store } = fresh;
    await store.subscribe(subscription('a'), entry);
    expect(await heard([audit('b'), audit('a')])).toEqual([news('a'), news('b')]);
    expect(await store.elsewhere('a')).toEqual(audit('a'));
    expect(await store.elsewhere('x')).toBeUndefined();
    expect(await heard([audit('a'), audit('b')], noon + 1)).toEqual([]);
    expect(await heard([audit('a', 'done'), audit('b'), audit('c')], noon + 2)).toEqual([news('a'), news('c')]);
    expect(await store.elsewhere('a')).toEqual(audit('a', 'done'));
    expect(await heard([])).toEqual([]);
  });

  test('seen twice at once, the newer counts', async () => {
    await fresh.store.subscribe(subscription('a'), entry);
    expect(await heard([audit('a'), audit('a', 'done')])).toEqual([news('a')]);
    expect((await fresh.store.elsewhere('a'))?.state).toBe('done');
  });

  test('what has ended does not begin anew, whoever says so, and in whatever order', async () => {
    const { store } = fresh;
    await store.subscribe(subscription('a'), entry);
    expect(await heard([audit('a', 'done'), audit('a', 'active')])).toEqual([news('a')]);
    for (const state of ['none', 'pending', 'active', 'somethingNew'])
      expect(await heard([audit('a', state)], noon + 1)).toEqual([]);
    expect((await store.elsewhere('a'))?.state).toBe('done');
    await Promise.all([
      store.noteElsewhere([audit('b', 'failed')], noon),
      store.noteElsewhere([audit('b', 'pending')], noon),
      store.noteElsewhere([audit('b', 'active')], noon),
    ]);
    expect((await store.elsewhere('b'))?.state).toBe('failed');
    expect(await heard([audit('a', 'canceled')], noon + 2)).toContainEqual(news('a'));
  });

  test('many are found at once, and those that have not ended by when they were written down', async () => {
    const { store } = fresh;
    const many = Array.from({ length: 600 }, (_, index) => audit(`audit-${index}`, index < 598 ? 'done' : 'active'));
    await store.noteElsewhere([...many, audit('old')], noon - day);
    await store.noteElsewhere([audit('new', 'none')], noon);
    const found = await store.elsewheres([...many.map(({ id }) => id), 'old', 'old', 'x']);
    expect(found).toHaveLength(601);
    expect(found).toContainEqual(audit('old'));
    expect(await store.elsewheres([])).toEqual([]);
    const open = async (since: number) => (await store.openElsewhere(since)).map(({ id }) => id).sort();
    expect(await open(noon - day)).toEqual(['audit-598', 'audit-599', 'new', 'old']);
    expect(await open(noon - day + 1)).toEqual(['new']);
    expect(await store.openElsewhere(noon)).toEqual([audit('new', 'none')]);
  });

  test('of many who see the same at once, one has it told', async () => {
    const { store } = fresh;
    await store.subscribe(subscription('a'), entry);
    const seen = Array.from({ length: 600 }, (_, index) => audit(`audit-${index}`));
    await Promise.all([seen, seen.toReversed(), seen].map((each) => store.noteElsewhere(each, noon)));
    expect((await store.census(noon)).tellings).toBe(600);
    const [lane] = await store.claimLanes(noon, 1, noon + 1);
    expect(lane!.deliveries.map(({ wish }) => wish)).toEqual(Array.from({ length: 20 }, () => 0));
  });

  test('where nobody subscribes it is written down, and is no news', async () => {
    expect(await heard([audit('a')])).toEqual([]);
    expect(await fresh.store.elsewhere('a')).toEqual(audit('a'));
    await fresh.store.subscribe(subscription('a'), entry);
    expect(await heard([audit('a')])).toEqual([]);
    expect(await heard([audit('a', 'done')])).toEqual([news('a')]);
  });

  test('thirty days after its state changed last it is forgotten', async () => {
    const { store } = fresh;
    await store.noteElsewhere([audit('a'), audit('b')], noon);
    await store.noteElsewhere([audit('b', 'done')], noon + day);
    await store.tell(said('x'), noon + 30 * day);
    expect(await store.elsewhere('a')).toBeDefined();
    await store.tell(said('y'), noon + 31 * day);
    expect(await store.elsewhere('a')).toBeUndefined();
    expect(await store.elsewhere('b')).toBeDefined();
  });
}
