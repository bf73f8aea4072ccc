import type { Fresh } from '../fresh.ts';
import { claimed, cardOf, entry, finished, lookedFor, proposed, running, said } from '../fixtures.ts';
import { noon, personal } from '../../world.ts';

export function leaseContract(fresh: Fresh): void {
  const looks = async (now: number, limit = 20, until = now + 100) =>
    (await fresh.store.claimLooks(now, limit, until)).map(({ id }) => id);
  const chores = async (now: number, limit = 20, until = now + 100) =>
    (await fresh.store.claimChores(now, limit, until)).map(({ id }) => id);

  test('a look that is due is given to one caller at a time, the longest due first', async () => {
    for (const operation of [running('late', noon + 9), running('early', noon - 9), running('now', noon)])
      await fresh.store.create(operation, { entry });
    expect(await looks(noon)).toEqual(['early', 'now']);
    expect(await looks(noon + 5)).toEqual([]);
    expect(await looks(noon + 50)).toEqual(['late']);
    expect(await looks(noon + 100, 1)).toHaveLength(1);
  });

  test('of many who claim at once, nobody is given what another has', async () => {
    for (let index = 0; index < 30; index += 1) await fresh.store.create(running(`op-${index}`, noon), {});
    const given = (await Promise.all(Array.from({ length: 6 }, () => looks(noon, 10)))).flat();
    expect(new Set(given).size).toBe(given.length);
    expect(given.length + (await looks(noon)).length).toBe(30);
  });

  test('what waits on the same device is looked for along with it, due or not', async () => {
    const { device } = running('due', noon);
    for (const operation of [
      running('due', noon),
      running('sibling', noon + 50_000, { device }),
      running('alone', noon + 50_000),
      finished(proposed('over', { device })),
      proposed('offered', { device }),
    ])
      await fresh.store.create(operation, {});
    expect(await looks(noon, 1)).toEqual(['due', 'sibling']);
    expect(await looks(noon + 99)).toEqual([]);
    expect(await looks(noon + 100)).toEqual(['due', 'sibling']);
  });

  test('a sibling that somebody else looks for stays theirs', async () => {
    const { device } = running('first', noon);
    await fresh.store.create(running('first', noon, { device }), {});
    expect(await looks(noon)).toEqual(['first']);
    await fresh.store.create(running('second', noon + 1, { device }), {});
    expect(await looks(noon + 1)).toEqual(['second']);
    expect(await looks(noon + 100)).toEqual(['first']);
  });

  test('a move that sets another look ends the lease, one that does not keeps it', async () => {
    const { store } = fresh;
    const operation = running('one', noon);
    await store.create(operation, {});
    await looks(noon, 20, noon + 100_000);
    const told = await store.move(operation, { ...operation, message: { place: personal, id: 'm' } });
    expect(await looks(noon + 99_999)).toEqual([]);
    await store.move(told!, { ...told!, state: lookedFor(noon + 10, 1) });
    expect(await looks(noon + 9)).toEqual([]);
    expect(await looks(noon + 10)).toEqual(['one']);
  });

  test('what is over is not looked for', async () => {
    const operation = running('one', noon);
    await fresh.store.create(operation, {});
    await fresh.store.move(operation, finished(operation));
    expect(await looks(noon + 1_000_000)).toEqual([]);
  });

  test('looks that were not made are given back, but not those that were', async () => {
    const { store } = fresh;
    const [one, two] = [running('one', noon), running('two', noon)];
    for (const operation of [one, two]) await store.create(operation, {});
    const given = await store.claimLooks(noon, 20, noon + 100_000);
    await store.move(one, running('one', noon + 500));
    await store.postponeLooks(given, noon + 30);
    expect(await looks(noon + 29)).toEqual([]);
    expect(await looks(noon + 30)).toEqual(['two']);
    await store.postponeLooks([], noon);
  });

  test('a look that is not leased is not put off', async () => {
    const operation = running('one', noon);
    await fresh.store.create(operation, {});
    await fresh.store.postponeLooks([operation], noon + 50_000);
    expect(await looks(noon)).toEqual(['one']);
  });

  test('offers are due when they expire, claims when they are overdue, shown secrets when they are to be hidden', async () => {
    const { store } = fresh;
    const secretShown = { on: { place: personal, id: 'm' }, until: noon + 7 };
    await store.create(proposed('offer'), {});
    await store.create(claimed(proposed('claim')), {});
    await store.create(finished(proposed('over')), {});
    await store.create({ ...finished(proposed('secret')), secretShown }, {});
    expect(await chores(noon)).toEqual([]);
    expect(await chores(noon + 7)).toEqual(['secret']);
    expect(await chores(noon + 8)).toEqual([]);
    expect(await chores(noon + 300_000)).toEqual(['secret', 'claim', 'offer']);
    expect(await looks(noon + 300_000)).toEqual([]);
  });

  test('a move that sets another duty ends the lease, one that does not keeps it', async () => {
    const { store } = fresh;
    const operation = proposed('one');
    await store.create(operation, {});
    expect(await chores(noon + 300_000, 1, noon + 400_000)).toEqual(['one']);
    const told = await store.move(operation, { ...operation, message: { place: personal, id: 'm' } });
    expect(await chores(noon + 399_999)).toEqual([]);
    await store.move(told!, claimed(told!));
    expect(await chores(noon + 399_999)).toEqual(['one']);
  });

  test('a look and another duty of the same operation are leased each by itself', async () => {
    const secretShown = { on: { place: personal, id: 'm' }, until: noon };
    await fresh.store.create(running('one', noon, { secretShown }), {});
    expect(await chores(noon)).toEqual(['one']);
    expect(await looks(noon)).toEqual(['one']);
    expect(await chores(noon + 1)).toEqual([]);
  });

  test('the census counts what is under way, and since when what is due waits', async () => {
    const { store } = fresh;
    expect(await store.census(noon)).toEqual({
      tracked: 0,
      lookSince: undefined,
      choreSince: undefined,
      tellingSince: undefined,
      tellings: 0,
      deadPlaces: 0,
    });
    await store.create(running('one', noon - 5), { tell: [cardOf('one'), said('x')] });
    await store.create(running('two', noon + 5), {});
    await store.create(proposed('three'), {});
    expect(await store.census(noon)).toEqual({
      tracked: 2,
      lookSince: noon - 5,
      choreSince: undefined,
      tellingSince: noon,
      tellings: 2,
      deadPlaces: 0,
    });
    expect((await store.census(noon + 300_001)).choreSince).toBe(noon + 300_000);
    await looks(noon, 1);
    const [lane] = await store.claimLanes(noon, 1, noon + 100);
    await store.bury(lane!, noon);
    expect(await store.census(noon)).toMatchObject({
      tracked: 2,
      lookSince: undefined,
      tellingSince: undefined,
      tellings: 2,
      deadPlaces: 1,
    });
  });
}
