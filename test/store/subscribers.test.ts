import pg from 'pg';
import type { About } from '../../src/model/subscription.ts';
import type { Place } from '../../src/model/place.ts';
import { noPace } from '../../src/model/telling.ts';
import type { SqlStore } from '../../src/store/open.ts';
import type { Delivery } from '../../src/outboxPort.ts';
import { aboutOperation, audit, confirmed, entry, general, newsOf, proposed, said, subscription } from './fixtures.ts';
import { say } from './postgres.ts';
import { noon } from '../world.ts';
import { until } from './until.ts';
import { withPostgres } from './withPostgres.ts';
import { close, storesOn } from './workers.ts';

const placeOf = (id: string): Place => ({ ...general, id: `19:${id}@thread.tacv2` });
const never = () => false;

withPostgres((server) => {
  let all: readonly SqlStore[];
  let url: string;
  beforeEach(async () => {
    url = await server().freshUrl();
    all = await storesOn(url, 3);
  });
  afterEach(() => close(all));
  const storeFor = (index: number) => all[index % all.length]!;

  const deadlocks = async () => {
    const [row] = await say(server().url, 'SELECT SUM(deadlocks)::int AS count FROM pg_stat_database');
    return (row as { count: number }).count;
  };

  /** PostgreSQL counts what a connection saw when that connection ends, at the latest. */
  const deadlocksInTheEnd = async () => {
    await close(all);
    return deadlocks();
  };

  /** News in the hands of whoever is to tell it. */
  async function newsAbout(about: About): Promise<Delivery> {
    await all[0]!.tell(newsOf(about), noon);
    const lanes = await all[0]!.claimLanes(noon, 300, noon + 60_000);
    for (const lane of lanes) if (lane.id !== 'subscribers') await all[0]!.leave(lane, noon, noPace);
    return lanes.find(({ id }) => id === 'subscribers')!.deliveries[0]!;
  }

  test('of what one person confirms in several processes at once, no more is claimed than the ceiling allows', async () => {
    for (let round = 0; round < 15; round += 1) {
      const asker = { ...proposed('x').asker, id: `asker-${round}` };
      const operations = Array.from({ length: 9 }, (_, index) => proposed(`op-${round}-${index}`, { asker }));
      for (const operation of operations) await all[0]!.create(operation, {});
      const ceilings = [{ actions: 'all', since: noon - 1, most: 4 } as const];
      const claims = await Promise.all(
        operations.map((operation, index) =>
          storeFor(index).claim(operation, confirmed(operation), never, { entry }, ceilings),
        ),
      );
      expect(claims.filter(({ is }) => is === 'moved')).toHaveLength(4);
      expect(claims.filter(({ is }) => is === 'ceiling')).toHaveLength(5);
    }
    expect(await all[0]!.entries()).toHaveLength(60);
  }, 60_000);

  test('ceilings and rivals of the same devices get in nobody’s way', async () => {
    const before = await deadlocks();
    for (let round = 0; round < 15; round += 1) {
      const devices = [0, 1].map((index) => proposed(`device-${round}-${index}`).device);
      const askers = [0, 1].map((index) => ({ ...proposed('x').asker, id: `asker-${round}-${index}` }));
      const operations = devices.flatMap((device, one) =>
        askers.map((asker, other) => proposed(`op-${round}-${one}-${other}`, { device, asker })),
      );
      for (const operation of operations) await all[0]!.create(operation, {});
      const claims = await Promise.all(
        operations.map((operation, index) =>
          storeFor(index).claim(operation, confirmed(operation), ({ state }) => state.is === 'claimed', { entry }, [
            { actions: 'all', since: noon, most: 1 },
          ]),
        ),
      );
      const moved = operations.filter((_, index) => claims[index]!.is === 'moved');
      expect(moved.length).toBeGreaterThan(0);
      for (const key of ['device', 'asker'] as const)
        expect(new Set(moved.map((operation) => operation[key].id)).size).toBe(moved.length);
    }
    expect(await deadlocksInTheEnd()).toBe(before);
  }, 60_000);

  test('a notice never outlives the last subscription of its place, whoever is faster', async () => {
    for (let round = 0; round < 25; round += 1) {
      const place = placeOf(`round-${round}`);
      const other = placeOf(`other-${round}`);
      const ids = [place, other].flatMap(({ id }) => [`a ${id}`, `b ${id}`]);
      for (const id of ids)
        await all[0]!.subscribe(subscription(id, { place: id.endsWith(place.id) ? place : other }), entry);
      const delivery = await newsAbout(aboutOperation(`op-${round}`));
      const notify = [other, place].map((to) => ({ place: to, about: aboutOperation(`op-${round}`) }));
      await Promise.all([
        all[0]!.told(delivery, noPace, { notify, leave: true }),
        all[1]!.unsubscribe([`a ${place.id}`, `a ${other.id}`], entry),
        all[2]!.unsubscribe([`b ${place.id}`], entry),
      ]);
      expect(await all[0]!.dueNotices(place.id, 10)).toEqual([]);
      expect(await all[0]!.dueNotices(other.id, 10)).toHaveLength(1);
    }
  }, 60_000);

  test('of those who take the last subscriptions of a place away at once, the last takes the notices along', async () => {
    for (let round = 0; round < 25; round += 1) {
      const place = placeOf(`round-${round}`);
      const ids = all.map((_, index) => `${index} ${place.id}`);
      for (const id of ids) await all[0]!.subscribe(subscription(id, { place }), entry);
      const delivery = await newsAbout(aboutOperation('one'));
      await all[0]!.told(delivery, noPace, { notify: [{ place, about: aboutOperation('one') }], leave: true });
      const gone = await Promise.all(ids.map((id, index) => all[index]!.unsubscribe([id], entry)));
      expect(gone).toEqual([1, 1, 1]);
      expect(await all[0]!.dueNotices(place.id, 10)).toEqual([]);
    }
  }, 60_000);

  test('what is raised while a card is shown is still to be told, whoever is faster', async () => {
    await all[0]!.subscribe(subscription('a'), entry);
    const about = aboutOperation('one');
    for (let round = 0; round < 25; round += 1) {
      const now = noon + round;
      const first = await newsAbout(about);
      await all[0]!.told(first, noPace, { notify: [{ place: general, about }], leave: true });
      const [lane] = (await all[1]!.claimLanes(now, 10, now + 60_000)).filter(({ id }) => id === general.id);
      const notices = await all[1]!.dueNotices(general.id, 10);
      const again = await newsAbout(about);
      await Promise.all([
        all[0]!.told(again, noPace, { notify: [{ place: general, about }], leave: true }),
        all[1]!.told(lane!.deliveries[0]!, noPace, { shown: { card: `m-${round}`, notices }, leave: true }),
      ]);
      const [due] = await all[2]!.dueNotices(general.id, 10);
      expect(due).toMatchObject({ wish: notices[0]!.wish + 1, card: `m-${round}` });
      const [next] = (await all[2]!.claimLanes(noon + 100, 10, noon + 60_000)).filter(({ id }) => id === general.id);
      expect(next!.deliveries.map(({ telling }) => telling.what.is)).toEqual(['bulletin']);
      await all[2]!.told(next!.deliveries[0]!, noPace, { shown: { card: `m-${round}`, notices: [due!] }, leave: true });
      expect(await all[2]!.dueNotices(general.id, 10)).toEqual([]);
    }
  }, 60_000);

  test('a departure and news lock the subscriptions of several places in the same order', async () => {
    const before = await deadlocks();
    const [one, other] = [placeOf('1'), placeOf('2')];
    await all[0]!.subscribe(subscription('z', { place: one }), entry);
    await all[0]!.subscribe(subscription('a', { place: other }), entry);
    const about = aboutOperation('one');
    const delivery = await newsAbout(about);
    const notify = [one, other].map((place) => ({ place, about }));
    const holder = new pg.Client(url);
    await holder.connect();
    await holder.query(`BEGIN; SELECT id FROM subscription WHERE id = 'a' FOR UPDATE`);
    const waiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
    const untilWaiting = (count: number) => until(async () => (await say(url, waiting)).length === count);
    // The departure comes first, so it is the one that goes on when `a` is given free.
    const departure = all[1]!.unsubscribe(['a', 'z'], entry);
    await untilWaiting(1);
    const told = all[0]!.told(delivery, noPace, { notify, leave: true });
    await untilWaiting(2);
    await holder.query('COMMIT');
    await Promise.all([departure, told]);
    await holder.end();
    expect(await deadlocksInTheEnd()).toBe(before);
  }, 60_000);

  test('nobody waits for each other in a circle, however many places are told of how much', async () => {
    const before = await deadlocks();
    const places = Array.from({ length: 40 }, (_, index) => placeOf(String(index)));
    // By id, the places come in another order than by themselves.
    const idsIn = ({ id }: Place) => [`a ${10_000 - Number(/\d+/u.exec(id))}`, `b ${id}`];
    for (const place of places)
      for (const id of idsIn(place)) await all[0]!.subscribe(subscription(id, { place }), entry);
    const deliveries: Delivery[] = [];
    for (let index = 0; index < 12; index += 1) await all[0]!.tell(newsOf(aboutOperation(String(index))), noon);
    const [lane] = await all[0]!.claimLanes(noon, 1, noon + 60_000);
    deliveries.push(...lane!.deliveries);
    const seen = Array.from({ length: 30 }, (_, index) => audit(`audit-${index}`));
    await Promise.all([
      ...deliveries.map((delivery, index) => {
        const order = index % 2 === 0 ? places : places.toReversed();
        const about = aboutOperation(String(index % 4));
        return storeFor(index).told(delivery, noPace, { notify: order.map((place) => ({ place, about })) });
      }),
      ...places.map((place, index) => storeFor(index).tell(said('x', place), noon)),
      ...[seen, seen.toReversed(), seen].map((each, index) => storeFor(index).noteElsewhere(each, noon)),
      // Two departures, each of several channels, and somebody who stops a single one.
      ...[0, 1].map((index) => storeFor(index).unsubscribe(places.slice(index, 9 + index).flatMap(idsIn), entry)),
      storeFor(2).unsubscribe(idsIn(places[4]!), entry),
    ]);
    for (const place of places.slice(0, 10)) expect(await all[0]!.dueNotices(place.id, 10)).toEqual([]);
    for (const place of places.slice(10)) expect(await all[0]!.dueNotices(place.id, 10)).toHaveLength(4);
    expect(await deadlocksInTheEnd()).toBe(before);
  }, 60_000);
});
