import type { Fresh } from '../fresh.ts';
import { noPace } from '../../../src/model/telling.ts';
import { aboutOperation, entry, general, newsOf, subscription, summary } from '../fixtures.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import { noon, personal } from '../../world.ts';

const day = 86_400_000;

export function subscriptionContract(fresh: Fresh): void {
  const subscribed = { ...entry, event: 'subscribed' };
  const unsubscribed = { ...entry, event: 'unsubscribed' };
  const events = async () => (await fresh.store.entries()).map(({ event }) => event);
  const ids = async (base?: string) => (await fresh.store.subscriptions(base)).map(({ id }) => id);
  /** Both places have a notice of the same operation. */
  const notify = async () => {
    const { store } = fresh;
    await store.tell(newsOf(aboutOperation('one')), noon);
    const lane = (await store.claimLanes(noon, 10, noon + 100)).find(({ id }) => id === 'subscribers');
    const notes = [general, personal].map((place) => ({ place, about: aboutOperation('one') }));
    await store.told(lane!.deliveries[0]!, noPace, { notify: notes, leave: true });
  };

  test('what was subscribed to is found, all of it or by place, oldest first', async () => {
    const { store } = fresh;
    const b = subscription('b', { at: noon + 1, wants: { is: 'notices', filter: { risks: ['irreversible'] } } });
    const [a, c] = [subscription('a', { at: noon + 2 }), subscription('c', { place: personal })];
    for (const one of [a, b, c]) await store.subscribe(one, subscribed);
    expect(await store.subscriptions()).toEqual([c, b, a]);
    expect(await store.subscriptions(general.id)).toEqual([b, a]);
    expect(await store.subscriptions('elsewhere')).toEqual([]);
    expect(await events()).toEqual(['subscribed', 'subscribed', 'subscribed']);
  });

  test('it is written over by its id', async () => {
    const { store } = fresh;
    const muted = subscription('a', { mutedUntil: noon + 60_000 });
    await store.subscribe(subscription('a'), subscribed);
    await store.subscribe(muted, { ...entry, event: 'muted' });
    expect(await store.subscriptions()).toEqual([muted]);
    expect(await events()).toEqual(['subscribed', 'muted']);
  });

  test('it is changed as it is by then, or not at all once it is gone', async () => {
    const { store } = fresh;
    await store.subscribe(subscription('a'), subscribed);
    const mute = (now: Subscription) => ({ ...now, mutedUntil: noon + 60_000 });
    const rename = (now: Subscription) => ({ ...now, words: `${now.words}, renamed` });
    const muted = { ...entry, event: 'muted' };
    await Promise.all([mute, rename].map((change) => store.amendSubscription('a', change, muted)));
    const both = rename(mute(subscription('a')));
    expect(await store.subscriptions()).toEqual([both]);
    await store.unsubscribe(['a'], unsubscribed);
    expect(await store.amendSubscription('a', mute, muted)).toBe(false);
    expect(await store.subscriptions()).toEqual([]);
    expect(await events()).toEqual(['subscribed', 'muted', 'muted', 'unsubscribed']);
  });

  test('those that are still there are taken away, by one caller, and it is written down once', async () => {
    const { store } = fresh;
    for (const id of ['a', 'b', 'c']) await store.subscribe(subscription(id), subscribed);
    expect(await store.unsubscribe([], unsubscribed)).toBe(0);
    expect(await store.unsubscribe(['x'], unsubscribed)).toBe(0);
    const gone = await Promise.all([1, 2, 3].map(() => store.unsubscribe(['b', 'a', 'x'], unsubscribed)));
    expect(gone.sort()).toEqual([0, 0, 2]);
    expect(await ids()).toEqual(['c']);
    expect(await events()).toEqual(['subscribed', 'subscribed', 'subscribed', 'unsubscribed']);
  });

  test('a place that has no subscription left has no notices; others keep theirs', async () => {
    const { store } = fresh;
    for (const id of ['a', 'b']) await store.subscribe(subscription(id), subscribed);
    await store.subscribe(subscription('c', { place: personal }), subscribed);
    await notify();
    await store.unsubscribe(['a'], unsubscribed);
    expect(await store.dueNotices(general.id, 10)).toHaveLength(1);
    await store.unsubscribe(['b'], unsubscribed);
    expect(await store.dueNotices(general.id, 10)).toEqual([]);
    expect(await store.dueNotices(personal.id, 10)).toHaveLength(1);
  });

  test('of the last two that are taken away at once, the later takes the notices along', async () => {
    const { store } = fresh;
    for (const id of ['a', 'b']) await store.subscribe(subscription(id), subscribed);
    await notify();
    expect(await Promise.all(['a', 'b'].map((id) => store.unsubscribe([id], unsubscribed)))).toEqual([1, 1]);
    expect(await store.dueNotices(general.id, 10)).toEqual([]);
  });

  describe('summaries', () => {
    const claim = async (now: number, limit = 10, until = now + 100) =>
      (await fresh.store.claimSummaries(now, limit, until)).map(({ id }) => id);

    test('those that are due are given to one caller, the longest due first', async () => {
      const { store } = fresh;
      await store.subscribe(summary('late', noon + 9), subscribed);
      await store.subscribe(summary('now', noon), subscribed);
      await store.subscribe(summary('early', noon - 9), subscribed);
      await store.subscribe(subscription('notices'), subscribed);
      const [first] = await store.claimSummaries(noon, 1, noon + 100);
      expect(first).toEqual(summary('early', noon - 9));
      expect(await claim(noon)).toEqual(['now']);
      expect(await claim(noon + 8)).toEqual([]);
      expect(await claim(noon + 100)).toEqual(['late', 'early', 'now']);
    });

    test('of many who claim at once, nobody is given what another has', async () => {
      for (let index = 0; index < 12; index += 1) await fresh.store.subscribe(summary(`s-${index}`, noon), subscribed);
      const given = (await Promise.all(Array.from({ length: 4 }, () => claim(noon, 5)))).flat();
      expect(new Set(given).size).toBe(given.length);
      expect(given.length + (await claim(noon, 20)).length).toBe(12);
    });

    test('another next time ends the lease, anything else keeps it', async () => {
      const { store } = fresh;
      await store.subscribe(summary('a', noon), subscribed);
      expect(await claim(noon, 1, noon + 1_000)).toEqual(['a']);
      await store.subscribe(summary('a', noon, { mutedUntil: noon + 5 }), subscribed);
      expect(await claim(noon + 999)).toEqual([]);
      await store.subscribe(summary('a', noon + 500), subscribed);
      expect(await claim(noon + 499)).toEqual([]);
      expect(await claim(noon + 500)).toEqual(['a']);
    });

    test('what became a subscription to notices is no longer due, and what became a summary is', async () => {
      const { store } = fresh;
      await store.subscribe(summary('a', noon), subscribed);
      await store.subscribe(subscription('a'), subscribed);
      expect(await claim(noon + day)).toEqual([]);
      await store.subscribe(summary('a', noon + day), subscribed);
      expect(await claim(noon + day)).toEqual(['a']);
    });

    test('what was taken away is not told', async () => {
      const { store } = fresh;
      await store.subscribe(summary('a', noon), subscribed);
      await store.unsubscribe(['a'], unsubscribed);
      expect(await claim(noon)).toEqual([]);
    });
  });
}
