import type { About } from '../../../src/model/subscription.ts';
import type { Place } from '../../../src/model/place.ts';
import type { Fresh } from '../fresh.ts';
import { noPace } from '../../../src/model/telling.ts';
import { aboutOperation, cardOf, entry, general, newsOf, proposed, said } from '../fixtures.ts';
import { hearingIn, notice } from '../hearing.ts';
import { alex, noon, personal } from '../../world.ts';

const hour = 3_600_000;
const one = aboutOperation('one');
const two = aboutOperation('two');
const placeOf = (id: string): Place => ({ ...general, id: `19:${id}@thread.tacv2` });

export function bulletinContract(fresh: Fresh): void {
  const { claim, subscribe, raise, due, bulletinIn } = hearingIn(fresh);

  describe('news', () => {
    const tellings = async () => (await fresh.store.census(noon)).tellings;

    test('where nobody subscribes none is queued, whatever it comes with', async () => {
      const { store } = fresh;
      expect(await store.tell(newsOf(one), noon, 'origin')).toBe(true);
      expect(await store.tell(newsOf(one), noon, 'origin')).toBe(false);
      await store.create(proposed('one'), { tell: [newsOf(one), cardOf('one'), newsOf(two)] });
      expect(await tellings()).toBe(1);
      expect((await claim()).map(({ id }) => id)).toEqual([personal.id]);
    });

    test('where somebody does it waits in a lane of its own, once per subject', async () => {
      const { store } = fresh;
      await subscribe(personal);
      const elsewhere: About = { is: 'elsewhere', id: 'one' };
      await store.tell(newsOf(one), noon);
      await store.create(proposed('one'), { tell: [newsOf(two), newsOf(one), newsOf(elsewhere)] });
      const [lane] = await claim();
      expect(lane).toMatchObject({ id: 'subscribers' });
      expect(lane!.deliveries.map(({ telling, wish }) => [telling, wish])).toEqual([
        [newsOf(one), 1],
        [newsOf(two), 0],
        [newsOf(elsewhere), 0],
      ]);
    });

    test('once the last subscription is gone none is queued', async () => {
      await subscribe(general);
      await fresh.store.unsubscribe([`in ${general.id}`], entry);
      await fresh.store.tell(newsOf(one), noon);
      expect(await tellings()).toBe(0);
    });
  });

  test('news becomes a notice in each place, and one bulletin there', async () => {
    const { store } = fresh;
    for (const place of [general, personal]) await subscribe(place);
    await raise(one, [general, personal]);
    expect(await due()).toEqual([notice(one)]);
    expect(await due(personal)).toEqual([notice(one, { base: personal.id })]);
    const lanes = await claim();
    expect(lanes.map(({ id, deliveries }) => [id, deliveries.map(({ telling }) => telling)]).sort()).toEqual([
      [general.id, [{ to: { is: 'place', place: general }, what: { is: 'bulletin' } }]],
      [personal.id, [{ to: { is: 'place', place: personal }, what: { is: 'bulletin' } }]],
    ]);
    expect((await store.census(noon)).tellings).toBe(2);
  });

  test('more news raises the wish of its notice, and at most one bulletin waits', async () => {
    await subscribe(general);
    await raise(one, [general]);
    await raise(two, [general], {}, noon + 1_000);
    await raise(one, [general], {}, noon + 2_000);
    expect(await due()).toEqual([notice(one, { wish: 2 }), notice(two, { at: noon + 1_000 })]);
    expect(await fresh.store.dueNotices(general.id, 1)).toHaveLength(1);
    const lane = await bulletinIn(general, noon + 3_000);
    expect(lane!.deliveries).toHaveLength(1);
  });

  test('threads of one channel share the notice', async () => {
    const thread = { ...general, id: `${general.id};messageid=1` };
    await subscribe(general);
    await raise(one, [general, thread, general]);
    expect(await due(thread)).toEqual([notice(one)]);
    expect((await fresh.store.census(noon)).tellings).toBe(2);
  });

  test('two hundred places at once', async () => {
    const places = Array.from({ length: 200 }, (_, index) => placeOf(String(index)));
    await Promise.all(places.map(subscribe));
    await raise(one, places);
    expect(await claim()).toHaveLength(200);
    for (const place of [places[0]!, places[199]!]) expect(await due(place)).toHaveLength(1);
  });

  test('a place that has unsubscribed meanwhile hears nothing', async () => {
    await subscribe(personal);
    await raise(one, [general, personal]);
    expect(await due()).toEqual([]);
    expect((await claim()).map(({ id }) => id)).toEqual([personal.id]);
  });

  test('news that somebody else has told calls for no notice; news told anew stays queued', async () => {
    const { store } = fresh;
    await subscribe(general);
    await store.tell(newsOf(one), noon);
    const [lane] = await claim();
    const delivery = lane!.deliveries[0]!;
    await store.tell(newsOf(one), noon + 1);
    const along = { notify: [{ place: general, about: one }] };
    await store.told(delivery, noPace, along);
    expect(await due()).toEqual([notice(one, { at: noon })]);
    await store.told({ ...delivery, wish: 1 }, noPace, along);
    await store.told({ ...delivery, wish: 1 }, noPace, along);
    expect(await due()).toEqual([notice(one, { wish: 2 })]);
  });

  test('in a dead place bulletins wait as cards do, and are told when it is alive again', async () => {
    const { store } = fresh;
    await subscribe(general);
    await raise(one, [general]);
    await store.bury((await bulletinIn())!, noon + 1);
    expect(await bulletinIn(general, noon + hour)).toBeUndefined();
    await raise(two, [general], {}, noon + hour);
    await store.tell(said('void', general), noon + hour);
    const dead = await bulletinIn(general, noon + hour);
    expect(dead).toMatchObject({ deadSince: noon + 1 });
    expect(dead!.deliveries.map(({ telling }) => telling.what.is)).toEqual(['said']);
    await store.told(dead!.deliveries[0]!, noPace, { leave: true });
    expect(await bulletinIn(general, noon + 2 * hour)).toBeUndefined();
    fresh.clock.time = noon + 2 * hour;
    await store.rememberPlace(general, alex);
    const alive = await bulletinIn(general, noon + 2 * hour);
    expect(alive!.deliveries.map(({ telling }) => telling.what.is)).toEqual(['bulletin']);
    expect(await due()).toHaveLength(2);
  });

  test('with a bulletin goes everything else that is written, or nothing', async () => {
    const { store } = fresh;
    const operation = proposed('one');
    await store.create(operation, {});
    await subscribe(general);
    const moves = { from: { ...operation, version: 7 }, to: operation };
    await raise(one, [general], { move: moves });
    expect(await due()).toEqual([]);
    await raise(one, [general], { move: { from: operation, to: operation }, tell: [said('x')] }, noon + 1_000);
    expect(await due()).toHaveLength(1);
    expect((await claim(noon + 1_000)).map(({ id }) => id).sort()).toEqual([general.id, personal.id].sort());
  });
}
