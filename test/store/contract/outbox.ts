import type { Delivery, Lane, Telling } from '../../../src/outboxPort.ts';
import type { Fresh } from '../fresh.ts';
import { noPace } from '../../../src/model/telling.ts';
import { cardOf, entry, finished, proposed, running, said } from '../fixtures.ts';
import { alex, channel, noon, personal } from '../../world.ts';

const wordsOf = ({ telling: { what } }: Delivery) =>
  what.is === 'said'
    ? 'text' in what.content
      ? what.content.text
      : 'a card'
    : 'operationId' in what
      ? `${what.is} ${what.operationId}`
      : what.is;

export function outboxContract(fresh: Fresh): void {
  const claim = (now = noon, until = now + 100): Promise<readonly Lane[]> => fresh.store.claimLanes(now, 10, until);
  const only = async (now?: number, until?: number): Promise<Lane> => {
    const lanes = await claim(now, until);
    expect(lanes).toHaveLength(1);
    return lanes[0]!;
  };
  const words = (lane: Lane) => lane.deliveries.map(wordsOf);

  test('what is told comes out once, in order, conversation by conversation', async () => {
    const { store } = fresh;
    for (const text of ['one', 'two', 'three']) await store.tell(said(text), noon);
    await store.tell(said('elsewhere', channel), noon + 1);
    const lanes = await claim(noon + 1);
    expect(lanes.map(({ id }) => id)).toEqual([personal.id, channel.id]);
    expect(lanes.map(words)).toEqual([['one', 'two', 'three'], ['elsewhere']]);
    expect(lanes[0]).toMatchObject({ pace: noPace, leaseUntil: noon + 101 });
    expect(lanes[0]).not.toHaveProperty('deadSince');
    expect(lanes[0]!.deliveries[0]).toMatchObject({ lane: personal.id, wish: 0, tries: 0, since: noon });
    expect(lanes[0]!.deliveries[0]!.telling).toEqual(said('one'));
    expect(await claim(noon + 100)).toEqual([]);
    expect(await claim(noon + 101)).toHaveLength(2);
  });

  test('people are told in a lane of their own', async () => {
    await fresh.store.tell({ ...said('x'), to: { is: 'person', person: alex, near: channel } }, noon);
    expect((await only()).id).toBe('person:alex-id');
  });

  test('the longest due comes first, and no more than asked for', async () => {
    for (const [index, id] of ['c', 'a', 'b'].entries())
      await fresh.store.tell(said('x', { ...personal, id }), noon - index);
    expect((await fresh.store.claimLanes(noon, 2, noon + 100)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await fresh.store.claimLanes(noon, 2, noon + 100)).map(({ id }) => id)).toEqual(['c']);
  });

  test('twenty at most come out at once', async () => {
    for (let index = 0; index < 25; index += 1) await fresh.store.tell(said(String(index)), noon);
    const lane = await only();
    expect(words(lane)).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
    for (const delivery of lane.deliveries) await fresh.store.told(delivery, noPace);
    await fresh.store.leave(lane, noon, noPace);
    expect(words(await only())).toEqual(['20', '21', '22', '23', '24']);
  });

  test('of each kind one waits per operation, in its place, with the newest words', async () => {
    const { store } = fresh;
    const moved: Telling = cardOf('one', { ...personal, serviceUrl: 'http://127.0.0.1:2/' });
    await store.tell(cardOf('one'), noon);
    await store.tell(said('between'), noon);
    await store.tell({ ...cardOf('one'), what: { is: 'end', operationId: 'one' } }, noon);
    await store.tell(cardOf('two'), noon);
    await store.tell(moved, noon + 1);
    const lane = await only();
    expect(words(lane)).toEqual(['card one', 'between', 'end one', 'card two']);
    expect(lane.deliveries[0]).toMatchObject({ wish: 1, since: noon, telling: moved });
  });

  test('the same twice in one breath waits once', async () => {
    await fresh.store.create(proposed('one'), { tell: [cardOf('one'), said('a'), said('a'), cardOf('one')] });
    expect(words(await only())).toEqual(['card one', 'a', 'a']);
  });

  test('told elsewhere, it goes there', async () => {
    const { store } = fresh;
    await store.tell(cardOf('one'), noon);
    await store.tell(cardOf('one', channel), noon);
    const lane = await only();
    expect(lane.id).toBe(channel.id);
    expect(words(lane)).toEqual(['card one']);
    expect(await store.census(noon)).toMatchObject({ tellings: 1 });
  });

  test('what went out is gone; the lease stays until it is given up', async () => {
    const { store } = fresh;
    await store.tell(said('one'), noon);
    await store.tell(said('two'), noon);
    const lane = await only();
    const pace = { recent: [noon], counts: [[noon, 1]] as const };
    expect(await store.told(lane.deliveries[0]!, pace)).toBe(true);
    expect(await claim(noon + 99)).toEqual([]);
    await store.leave(lane, noon + 10, pace);
    expect(await claim(noon + 9)).toEqual([]);
    const again = await only(noon + 10);
    expect(words(again)).toEqual(['two']);
    expect(again.pace).toEqual(pace);
  });

  test('told and left in one: what is left is due at once, and nothing when nothing is', async () => {
    const { store } = fresh;
    await store.tell(said('one'), noon);
    await store.tell(said('two'), noon);
    const first = await only();
    await store.told(first.deliveries[0]!, noPace, { leave: true });
    const second = await only();
    expect(words(second)).toEqual(['two']);
    await store.told(second.deliveries[0]!, noPace, { leave: true });
    expect(await claim(noon + 1_000_000)).toEqual([]);
    await store.tell(said('three'), noon + 1);
    expect(words(await only(noon + 1))).toEqual(['three']);
  });

  test('what was called for again while it went out stays, and begins anew', async () => {
    const { store } = fresh;
    await store.tell(cardOf('one'), noon);
    const first = await only();
    await store.leave(first, noon, noPace, first.deliveries[0]);
    const lane = await only();
    expect(lane.deliveries[0]!.tries).toBe(1);
    await store.tell(cardOf('one'), noon + 1);
    expect(await store.told(lane.deliveries[0]!, noPace, { leave: true })).toBe(true);
    const again = await only();
    expect(words(again)).toEqual(['card one']);
    expect(again.deliveries[0]).toMatchObject({ tries: 0, wish: 1, number: lane.deliveries[0]!.number });
    await store.told(again.deliveries[0]!, noPace, { leave: true });
    expect(await store.census(noon)).toMatchObject({ tellings: 0, tellingSince: undefined });
  });

  test('what is told while the lane is leased waits for its end, and is not lost', async () => {
    const { store } = fresh;
    await store.tell(said('one'), noon);
    const lane = await only();
    await store.tell(said('two'), noon + 1);
    expect(await claim(noon + 1)).toEqual([]);
    await store.told(lane.deliveries[0]!, noPace);
    await store.leave(lane, noon + 5, noPace);
    expect(words(await only(noon + 5))).toEqual(['two']);
  });

  test('a telling goes with a move, an entry and what is told instead; or with nothing at all', async () => {
    const { store } = fresh;
    const operation = running('one', noon + 5_000);
    await store.create(operation, { tell: [cardOf('one')] });
    const lane = await only();
    const move = { from: operation, to: { ...operation, message: { place: personal, id: 'm' } } };
    const along = { move, entry, tell: [said('instead', channel)] };
    expect(await store.told(lane.deliveries[0]!, noPace, along)).toBe(true);
    expect(await store.operation('one')).toEqual({ ...move.to, version: 1 });
    expect(await store.entries()).toEqual([entry]);
    expect((await claim()).map(words)).toEqual([['instead']]);

    await store.tell(cardOf('one'), noon);
    await store.leave(lane, noon, noPace);
    const again = await only();
    const late = { move, entry, tell: [said('never')], leave: true as const };
    expect(await store.told(again.deliveries[0]!, { recent: [1], counts: [] }, late)).toBe(false);
    expect(await store.entries()).toHaveLength(1);
    expect(await store.census(noon)).toMatchObject({ tellings: 2 });
    expect(await claim(noon + 99)).toEqual([]);
    const [unchanged] = (await claim(noon + 100)).filter(({ id }) => id === personal.id);
    expect(unchanged!.pace).toEqual(noPace);
    expect(words(unchanged!)).toEqual(['card one']);
  });

  test('the same is told elsewhere in place of what cannot be told here', async () => {
    const { store } = fresh;
    await store.tell(cardOf('one', channel), noon);
    const lane = await only();
    await store.told(lane.deliveries[0]!, noPace, { tell: [cardOf('one')], leave: true });
    expect((await claim()).map((each) => [each.id, words(each)])).toEqual([[personal.id, ['card one']]]);
  });

  test('what was told anew is not taken out by whoever went out with the old', async () => {
    const { store } = fresh;
    await store.tell(cardOf('one'), noon);
    const lane = await only();
    await store.told(lane.deliveries[0]!, noPace);
    await store.tell(cardOf('one'), noon);
    await store.told(lane.deliveries[0]!, noPace);
    await store.leave(lane, noon, noPace);
    expect(words(await only())).toEqual(['card one']);
  });

  test('a move and the telling of its end are written together', async () => {
    const { store } = fresh;
    const operation = running('one', noon);
    await store.create(operation, {});
    await store.move(operation, finished(operation), {
      entry,
      tell: [cardOf('one'), { ...cardOf('one'), what: { is: 'end', operationId: 'one' } }],
    });
    expect(words(await only())).toEqual(['card one', 'end one']);
  });
}
