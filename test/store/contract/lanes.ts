import type { Lane } from '../../../src/outboxPort.ts';
import type { Fresh } from '../fresh.ts';
import { noPace } from '../../../src/model/telling.ts';
import { cardOf, said } from '../fixtures.ts';
import { alex, channel, noon, personal } from '../../world.ts';

const hour = 3_600_000;
const thread = { ...channel, id: channel.id.replace(/\d+$/u, '42') };

export function laneContract(fresh: Fresh): void {
  const claim = async (now = noon, until = now + 100): Promise<Lane | undefined> =>
    (await fresh.store.claimLanes(now, 10, until))[0];
  const bury = async (place = personal) => {
    await fresh.store.tell(cardOf('one', place), noon);
    const lane = await claim();
    await fresh.store.bury(lane!, noon + 1);
    return lane!;
  };

  test('what waits in a dead lane is kept, and nobody is given it', async () => {
    await bury();
    expect(await claim(noon + hour)).toBeUndefined();
    expect(await fresh.store.census(noon + hour)).toMatchObject({
      tellings: 1,
      deadPlaces: 1,
      tellingSince: undefined,
    });
  });

  test('what may not wait there is claimed until it is told elsewhere or void, without what waits', async () => {
    const { store } = fresh;
    await bury();
    await store.tell(said('two'), noon + 2);
    const lane = await claim(noon + 2);
    expect(lane).toMatchObject({ deadSince: noon + 1 });
    expect(lane!.deliveries.map(({ telling }) => telling.what.is)).toEqual(['said']);
    await store.leave(lane!, noon + 3, noPace);
    const again = await claim(noon + 3);
    await store.told(again!.deliveries[0]!, noPace, { leave: true });
    expect(await claim(noon + hour)).toBeUndefined();
    expect((await store.census(noon)).tellings).toBe(1);
  });

  test('however much may not wait there, all of it is claimed in the end', async () => {
    const { store } = fresh;
    for (let index = 0; index < 50; index += 1) await store.tell(said(String(index)), noon);
    let now = noon;
    let told = 0;
    for (let lane = await claim(now); lane; lane = await claim(now)) {
      for (const delivery of lane.deliveries) await store.told(delivery, noPace);
      told += lane.deliveries.length;
      now += 1;
      await store.bury(lane, now);
    }
    expect(told).toBe(50);
  });

  test('a card that is called for there waits', async () => {
    const { store } = fresh;
    await bury();
    await store.tell(cardOf('two'), noon + 2);
    expect(await claim(noon + 2)).toBeUndefined();
    expect(await claim(noon + hour)).toBeUndefined();
    expect((await store.census(noon)).tellings).toBe(2);
  });

  test('what is told while somebody finds out that the place is dead is still looked at', async () => {
    const { store } = fresh;
    await store.tell(said('one'), noon);
    const lane = await claim();
    await store.tell(said('two'), noon);
    await store.bury(lane!, noon + 1);
    expect(await claim(noon + 1)).toMatchObject({ deadSince: noon + 1 });
  });

  test.each([
    ['the same conversation', channel, channel],
    ['another thread of it', channel, thread],
    ['the channel itself', channel, { ...channel, id: channel.id.replace(/;.*/u, '') }],
    ['a chat of one’s own', personal, personal],
  ])('it is alive again when somebody speaks in %s', async (_what, dead, met) => {
    const { store, clock } = fresh;
    await bury(dead);
    clock.time = noon + hour;
    await store.rememberPlace(met, alex);
    const lane = await claim(noon + hour);
    expect(lane).toMatchObject({ id: dead.id });
    expect(lane).not.toHaveProperty('deadSince');
    expect((await store.census(noon + hour)).deadPlaces).toBe(0);
  });

  test('nobody else’s place comes alive by it', async () => {
    await bury(channel);
    await fresh.store.rememberPlace({ ...channel, id: '19:other@thread.tacv2;messageid=1' }, alex);
    await fresh.store.rememberPlace(personal, alex);
    expect(await claim(noon + hour)).toBeUndefined();
  });

  test('a person’s lane is alive again when that person is met alone', async () => {
    const { store } = fresh;
    await store.tell({ ...cardOf('x'), to: { is: 'person', person: alex, near: channel } }, noon);
    await store.bury((await claim())!, noon);
    await store.rememberPlace(channel, alex);
    await store.rememberPlace(personal, { ...alex, id: 'somebody' });
    expect(await claim(noon + hour)).toBeUndefined();
    await store.rememberPlace(personal, alex);
    expect(await claim(noon + hour)).toMatchObject({ id: 'person:alex-id' });
  });

  test('a lease stays a lease when the place comes alive under it', async () => {
    const { store } = fresh;
    await bury();
    await store.tell(said('two'), noon + 2);
    const lane = await claim(noon + 2, noon + 100);
    await store.rememberPlace(personal, alex);
    expect(await claim(noon + 99)).toBeUndefined();
    await store.leave(lane!, noon + 50, noPace);
    expect((await claim(noon + 50))!.deliveries).toHaveLength(2);
  });

  test('a dead lane in which nothing waits comes alive, and is not due', async () => {
    const { store } = fresh;
    const lane = await bury();
    await store.told(lane.deliveries[0]!, noPace);
    await store.rememberPlace(personal, alex);
    expect((await store.census(noon)).deadPlaces).toBe(0);
    expect(await claim(noon + hour)).toBeUndefined();
  });

  test('whoever has lost the lease changes nothing about it', async () => {
    const { store } = fresh;
    await store.tell(said('one'), noon);
    const slow = await claim(noon, noon + 100);
    const quick = await claim(noon + 100, noon + 300);
    await store.leave(slow!, noon + 150, { recent: [1], counts: [] });
    await store.bury(slow!, noon + 150);
    expect(await claim(noon + 299)).toBeUndefined();
    expect((await store.census(noon)).deadPlaces).toBe(0);
    await store.leave(quick!, noon + 160, noPace);
    expect(await claim(noon + 160)).toMatchObject({ pace: noPace });
  });

  test('a lane that was long idle is thrown away; its numbers never come again', async () => {
    const { store, clock } = fresh;
    const pace = { recent: [noon], counts: [] };
    await store.tell(said('one'), noon);
    const old = await claim();
    await store.told(old!.deliveries[0]!, pace, { leave: true });
    clock.time = noon + 3 * hour;
    await store.tell(said('elsewhere', channel), clock.time);
    await store.tell(said('two'), clock.time);
    const lanes = await store.claimLanes(clock.time, 10, clock.time + 100);
    const lane = lanes.find(({ id }) => id === personal.id);
    expect(lane!.pace).toEqual(noPace);
    await store.told(old!.deliveries[0]!, noPace);
    expect((await store.census(clock.time)).tellings).toBe(2);
  });

  test('a lane that was used just now keeps its pace, and one that is dead its death', async () => {
    const { store, clock } = fresh;
    const pace = { recent: [noon], counts: [] };
    await bury(channel);
    await store.tell(said('one'), noon);
    await store.told((await claim())!.deliveries[0]!, pace, { leave: true });
    clock.time = noon + hour;
    await store.tell(said('two'), clock.time);
    expect((await claim(clock.time))!.pace).toEqual(pace);
    expect((await store.census(clock.time)).deadPlaces).toBe(1);
  });
}
