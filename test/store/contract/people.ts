import type { Fresh } from '../fresh.ts';
import { entry, general, proposed, question, said, subscription, summary } from '../fixtures.ts';
import { alex, channel, noon, personal } from '../../world.ts';

export function peopleContract(fresh: Fresh): void {
  test('a question is asked once and settled by one', async () => {
    const { store } = fresh;
    expect(await store.ask(question, [said('which one?')])).toBe(true);
    expect(await store.ask({ ...question, id: 'again' }, [said('which one?')])).toBe(false);
    expect((await store.census(noon)).tellings).toBe(1);
    expect(await store.question('question-1')).toEqual(question);
    expect(await store.question('again')).toBeUndefined();
    const settled = await Promise.all(Array.from({ length: 5 }, () => store.settle('question-1')));
    expect(settled.filter(Boolean)).toHaveLength(1);
    expect(await store.question('question-1')).toBeUndefined();
  });

  test('questions that are over make room when the next is asked', async () => {
    const { store } = fresh;
    await store.ask(question, []);
    await store.ask(
      { ...question, id: 'next', origin: 'next', askedAt: noon + 299_999, expiresAt: noon + 600_000 },
      [],
    );
    expect(await store.question('question-1')).toEqual(question);
    await store.ask(
      { ...question, id: 'last', origin: 'last', askedAt: noon + 300_000, expiresAt: noon + 600_000 },
      [],
    );
    expect(await store.question('question-1')).toBeUndefined();
    expect(await store.question('next')).toBeDefined();
  });

  test('a delivery is handled once, whatever became of it', async () => {
    const { store } = fresh;
    expect(await store.ask({ ...question, origin: 'one' }, [])).toBe(true);
    expect(await store.create(proposed('op', { origin: 'one' }), {})).toEqual({ is: 'heard' });
    expect(await store.tell(said('x'), noon, 'one')).toBe(false);
    expect(await store.tell(said('x'), noon, 'two')).toBe(true);
    expect(await store.ask({ ...question, id: 'other', origin: 'two' }, [])).toBe(false);
    expect(await store.tell(said('x'), noon)).toBe(true);
    expect((await store.census(noon)).tellings).toBe(2);
  });

  test('after two days a delivery is forgotten, not before', async () => {
    const { store } = fresh;
    const day = 86_400_000;
    await store.tell(said('x'), noon, 'one');
    await store.tell(said('x'), noon + 2 * day - 3_600_000, 'two');
    expect(await store.tell(said('x'), noon + 2 * day - 1, 'one')).toBe(false);
    await store.tell(said('x'), noon + 2 * day + 3_600_000, 'three');
    expect(await store.tell(said('x'), noon + 2 * day + 3_600_000, 'one')).toBe(true);
    expect(await store.tell(said('x'), noon + 2 * day + 3_600_000, 'two')).toBe(false);
  });

  test('only a personal chat is remembered as somebody’s own, the newest one', async () => {
    const { store } = fresh;
    await store.rememberPlace(channel, alex);
    expect(await store.personalPlace(alex.id)).toBeUndefined();
    await store.rememberPlace(personal, alex);
    expect(await store.personalPlace(alex.id)).toEqual(personal);
    await store.rememberPlace({ ...personal, serviceUrl: 'http://127.0.0.1:2/' }, alex);
    await store.rememberPlace({ ...personal, serviceUrl: 'http://127.0.0.1:2/' }, alex);
    expect(await store.personalPlace(alex.id)).toEqual({ ...personal, serviceUrl: 'http://127.0.0.1:2/' });
    expect(await store.personalPlace('somebody')).toBeUndefined();
  });

  test('what is subscribed to is told by the address that the conversation has now', async () => {
    const { store } = fresh;
    await store.subscribe(subscription('a'), entry);
    await store.subscribe(summary('b', noon), entry);
    await store.subscribe(subscription('c', { place: personal }), entry);
    const moved = { ...channel, serviceUrl: 'https://smba.example/emea/' };
    await store.rememberPlace(moved, alex);
    await store.rememberPlace(moved, alex);
    const expected = { ...general, serviceUrl: moved.serviceUrl };
    expect(await store.subscriptions()).toEqual([
      subscription('a', { place: expected }),
      summary('b', noon, { place: expected }),
      subscription('c', { place: personal }),
    ]);
    expect((await store.claimSummaries(noon, 10, noon + 1)).map(({ id }) => id)).toEqual(['b']);
  });
}
