import type { Notice } from '../../../src/model/subscription.ts';
import type { Fresh } from '../fresh.ts';
import { noPace } from '../../../src/model/telling.ts';
import { aboutOperation, entry, general, said } from '../fixtures.ts';
import { hearingIn, notice } from '../hearing.ts';
import { noon } from '../../world.ts';

const hour = 3_600_000;
const day = 24 * hour;
const one = aboutOperation('one');
const two = aboutOperation('two');

export function noticeContract(fresh: Fresh): void {
  const { subscribe, raise, due, bulletinIn } = hearingIn(fresh);
  const show = async (card: string, notices: readonly Notice[], now = noon) => {
    fresh.clock.time = now;
    const lane = await bulletinIn(general, now);
    await fresh.store.told(lane!.deliveries[0]!, noPace, { shown: { card, notices }, leave: true });
  };
  const on = (card: string) => fresh.store.noticesOn(general.id, card, 10);

  test('is written down with the bulletin, and is not due any more', async () => {
    await subscribe(general);
    await raise(one, [general]);
    await raise(two, [general], {}, noon + 1_000);
    await show('m1', await due(), noon + 1_000);
    expect(await due()).toEqual([]);
    expect(await on('m1')).toEqual([
      notice(one, { due: false, card: 'm1' }),
      notice(two, { due: false, card: 'm1', at: noon + 1_000 }),
    ]);
    expect(await fresh.store.noticesOn(general.id, 'm1', 1)).toHaveLength(1);
    expect(await on('m2')).toEqual([]);
    expect((await fresh.store.census(noon)).tellings).toBe(0);
  });

  test('keeps what its card shows, until another card shows it', async () => {
    await subscribe(general);
    await raise(one, [general]);
    const lane = await bulletinIn();
    const shown = { card: 'm1', notices: await due(), drawn: 'hash' };
    await fresh.store.told(lane!.deliveries[0]!, noPace, { shown, leave: true });
    await raise(one, [general], {}, noon + 1_000);
    expect(await due()).toEqual([notice(one, { wish: 2, card: 'm1', drawn: 'hash' })]);
    await show('', await due(), noon + 1_000);
    expect(await on('')).toEqual([notice(one, { wish: 2, due: false, card: '' })]);
  });

  test('is found by what it is about, in every place that still subscribes', async () => {
    await subscribe(general);
    const other = { ...general, id: '19:other@thread.tacv2' };
    await subscribe(other);
    await raise(one, [general, other]);
    await raise(two, [general]);
    expect(await fresh.store.noticesOf(one)).toEqual([notice(one), notice(one, { base: other.id })]);
    expect(await fresh.store.noticesOf(two)).toEqual([notice(two)]);
    expect(await fresh.store.noticesOf(aboutOperation('three'))).toEqual([]);
  });

  test('is due again when there is news, and stays on its card', async () => {
    await subscribe(general);
    await raise(one, [general]);
    await show('m1', await due());
    await raise(one, [general], {}, noon + 1_000);
    expect(await due()).toEqual([notice(one, { wish: 2, card: 'm1' })]);
    expect(await on('m1')).toEqual(await due());
  });

  test('stays due where it was raised after it was read', async () => {
    await subscribe(general);
    for (const about of [one, two]) await raise(about, [general]);
    const read = await due();
    const lane = await bulletinIn();
    await raise(one, [general], {}, noon + 1);
    await fresh.store.told(lane!.deliveries[0]!, noPace, { shown: { card: 'm1', notices: read }, leave: true });
    expect(await on('m1')).toEqual([notice(one, { wish: 2, card: 'm1' }), notice(two, { due: false, card: 'm1' })]);
    expect(await due()).toEqual([notice(one, { wish: 2, card: 'm1' })]);
    expect((await bulletinIn(general, noon + 1_000))!.deliveries).toHaveLength(1);
  });

  test('of a place that unsubscribed meanwhile is not made anew', async () => {
    await subscribe(general);
    await raise(one, [general]);
    const read = await due();
    await fresh.store.unsubscribe([`in ${general.id}`], entry);
    await show('m1', read);
    expect(await on('m1')).toEqual([]);
    expect(await due()).toEqual([]);
  });

  test('is forgotten after thirty days without news; what was not shown yet is not', async () => {
    const { store } = fresh;
    await subscribe(general);
    for (const about of [one, two]) await raise(about, [general]);
    await show('m1', [notice(one)]);
    await store.tell(said('x'), noon + 30 * day);
    expect(await on('m1')).toHaveLength(1);
    await store.tell(said('y'), noon + 30 * day + hour);
    expect(await on('m1')).toEqual([]);
    expect(await due()).toEqual([notice(two)]);
  });

  test('that waits in a place where nobody can be spoken to is forgotten after thirty days, too', async () => {
    const { store } = fresh;
    await subscribe(general);
    for (const about of [one, two]) await raise(about, [general]);
    const lane = await bulletinIn();
    await store.bury(lane!, noon);
    await raise(two, [general], {}, noon + day);
    await store.tell(said('x'), noon + 30 * day);
    expect(await due()).toHaveLength(2);
    await store.tell(said('y'), noon + 30 * day + hour);
    expect((await due()).map(({ about }) => about)).toEqual([two]);
  });
}
