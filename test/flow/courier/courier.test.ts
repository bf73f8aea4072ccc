import { createCourier } from '../../../src/flow/courier/courier.ts';
import { write } from '../../../src/flow/amend.ts';
import type { World } from '../../../src/flow/world.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Place } from '../../../src/model/place.ts';
import { NotNow, Unreachable } from '../../../src/ports.ts';
import type { Content, Messenger } from '../../../src/ports.ts';
import { StoreFault } from '../../../src/storePort.ts';
import type { Telling } from '../../../src/outboxPort.ts';
import { conversationRates, tenantRate } from '../../../src/teams/limits.ts';
import { alex, memoryStore, noMessenger, noon, personal, proposed, worldOf } from '../../world.ts';

const room = (name: string): Place => ({ ...personal, kind: 'groupChat', id: `19:${name}` });
const said = (text: string, place = personal): Telling => ({
  to: { is: 'place', place },
  what: { is: 'said', content: { text } },
});
const line = (content: Content) => ('text' in content ? content.text : content.summary);

/** A courier with Teams' rates, a chat that notes when it was spoken to, and a clock that only `pass` moves. */
async function round(messenger: Partial<Messenger> = {}) {
  const clock = { at: noon };
  const sent: { at: number; to: string; what: string }[] = [];
  const store = await memoryStore({ now: () => clock.at });
  const note = (to: string, what: string) => void sent.push({ at: clock.at - noon, to, what });
  const usual = await worldOf();
  const world: World = {
    ...usual,
    store,
    clock: { now: () => clock.at },
    settings: {
      ...usual.settings,
      rates: { ...usual.settings.rates, conversation: conversationRates, messages: tenantRate },
    },
    messenger: {
      ...noMessenger,
      post: async (place, content) => (note(place.id, line(content)), { place, id: `m${sent.length}` }),
      update: async (message, content) => (note(message.place.id, `${message.id} ${line(content)}`), message),
      ...messenger,
    },
  };
  const courier = createCourier(world);
  const carryAll = async (by = courier) => {
    for (let begun = 1; begun > 0; await by.idle()) begun = await by.deliver();
  };
  const pass = async (milliseconds: number, step = 50) => {
    for (const end = clock.at + milliseconds; clock.at < end; clock.at += step) await carryAll();
  };
  return { clock, sent, store, world, carryAll, pass, tell: (telling: Telling) => store.tell(telling, clock.at) };
}

const inAnyWindow = (times: readonly number[], window: number) =>
  Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + window).length));

test('one conversation is never spoken in faster than Teams allows, and in the order of asking', async () => {
  const { sent, tell, pass } = await round();
  for (let index = 0; index < 100; index += 1) await tell(said(`word ${index}`));
  await pass(70_000);
  expect(sent.map(({ what }) => what)).toEqual(Array.from({ length: 100 }, (_, index) => `word ${index}`));
  const times = sent.map(({ at }) => at);
  for (const { limit, window } of conversationRates) expect(inAnyWindow(times, window)).toBeLessThanOrEqual(limit);
});

test('many conversations together keep to fifty a second', async () => {
  const { sent, tell, pass } = await round();
  for (let index = 0; index < 300; index += 1) await tell(said('hello', room(String(index))));
  await pass(10_000);
  expect(new Set(sent.map(({ to }) => to)).size).toBe(300);
  expect(
    inAnyWindow(
      sent.map(({ at }) => at),
      1_000,
    ),
  ).toBeLessThanOrEqual(50);
});

test('a chat that says when to come back is not bothered before, and nothing overtakes', async () => {
  let refusals = 1;
  const { sent, store, world, tell, pass } = await round();
  const post = world.messenger.post;
  const busy = async (place: Place, content: Content) => {
    if (place.id === personal.id && refusals-- > 0) throw new NotNow('429', { retryAfterMs: 7_000, lost: false });
    return post(place, content);
  };
  Object.assign(world.messenger, { post: busy });
  await tell(said('first'));
  await tell(said('second'));
  await tell(said('elsewhere', room('other')));
  await pass(6_900);
  expect(sent.map(({ what }) => what)).toEqual(['elsewhere']);
  await pass(200);
  expect(sent.map(({ what }) => what)).toEqual(['elsewhere', 'first', 'second']);
  expect(await store.census(noon)).toMatchObject({ tellings: 0 });
});

test('without a word when, the waits double, and after some hours it is given up and written down', async () => {
  const tries: number[] = [];
  const { clock, store, pass, tell } = await round({
    post: async () => {
      tries.push(clock.at - noon);
      throw new NotNow('502', { lost: false });
    },
  });
  await tell(said('word'));
  await pass(60_000, 500);
  expect(tries.slice(0, 5)).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
  await pass(8 * 3_600_000, 60_000);
  expect(tries).toHaveLength(20);
  expect(await store.census(clock.at)).toMatchObject({ tellings: 0 });
  expect((await store.entries()).map(({ event, note }) => [event, note])).toEqual([['notTold', 'said']]);
});

test('a store that is away for a moment loses no message, and says none of them untold', async () => {
  const { sent, store, carryAll, pass, tell } = await round();
  const told = store.told.bind(store);
  let away = 2;
  store.told = async (...asked) => {
    if (away-- > 0) throw new StoreFault('unreachable', 'away');
    return told(...asked);
  };
  await tell(said('word'));
  await carryAll();
  await pass(5_000);
  // Each time it was said, and could not be noted: then it is said again rather than never.
  expect(sent.map(({ what }) => what)).toEqual(['word', 'word', 'word']);
  expect(await store.entries()).toEqual([]);
  expect(await store.census(noon + 5_000)).toMatchObject({ tellings: 0 });
});

test('a place that dies in the middle: what was told stays told, and of the rest nothing is forgotten', async () => {
  let alive = 5;
  const { store, tell, pass } = await round({
    post: async (place) => {
      if (alive-- <= 0) throw new Unreachable('403');
      return { place, id: 'm' };
    },
  });
  for (let index = 0; index < 30; index += 1) await tell(said(`word ${index}`));
  await pass(10_000);
  expect((await store.entries()).filter(({ event }) => event === 'notTold')).toHaveLength(25);
  expect(await store.census(noon + 10_000)).toMatchObject({ tellings: 0, deadPlaces: 1 });
});

describe('the card of an operation', () => {
  const shown: Operation = { ...proposed, message: { place: personal, id: 'card' } };
  const claimed = (at: number): Operation => ({
    ...shown,
    steps: [...shown.steps, { is: 'confirmed', at, by: alex.name, note: '' }],
    state: { is: 'claimed', by: alex, at, standing: [], overdueAt: at + 90_000 },
  });
  const entry = { at: noon, event: 'asked', tenantId: 'tenant-id', personId: 'alex-id' };

  test('is posted once, and its place noted', async () => {
    const { sent, store, carryAll } = await round();
    const card: Telling = { to: { is: 'place', place: personal }, what: { is: 'card', operationId: proposed.id } };
    await store.create(proposed, { entry, tell: [card] });
    await carryAll();
    expect(sent.map(({ what }) => what)).toEqual(['Lock MBP-042? Please confirm.']);
    expect((await store.operation(proposed.id))?.message?.id).toBe('m1');
  });

  test('that changed many times before it could go out goes out once, as it is then', async () => {
    const { sent, store, world, carryAll } = await round();
    await store.create(shown, { entry });
    let now: Operation | undefined = await store.operation(shown.id);
    for (let at = noon; now && at < noon + 5; at += 1) now = await write(world, now, claimed(at));
    expect(now?.version).toBe(5);
    await carryAll();
    expect(sent.map(({ what }) => what)).toEqual(['card Lock MBP-042: confirmed, on its way to Intune']);
  });

  test('that changes while it goes out goes out again', async () => {
    const said: string[] = [];
    const { store, world, carryAll } = await round({
      update: async (message, content) => {
        said.push(line(content));
        const now = await store.operation(shown.id);
        if (now?.state.is === 'claimed')
          await write(world, now, { ...now, state: { is: 'finished', outcome: 'refused', at: noon } });
        return message;
      },
      post: async (place) => ({ place, id: 'end' }),
    });
    await store.create(shown, { entry });
    await write(world, shown, claimed(noon));
    await carryAll();
    expect(said).toEqual(['Lock MBP-042: confirmed, on its way to Intune', 'Lock MBP-042: not done']);
  });

  test('that was gone and sent anew is known by its new id from then on', async () => {
    const { store, world, carryAll } = await round({ update: async ({ place }) => ({ place, id: 'anew' }) });
    await store.create(shown, { entry });
    await write(world, shown, claimed(noon));
    await carryAll();
    expect((await store.operation(shown.id))?.message?.id).toBe('anew');
  });
});

test('what a process took and did not tell before it died, the next one tells', async () => {
  const never = new Promise<never>(() => undefined);
  const { clock, sent, store, world, tell } = await round();
  const dying = createCourier({ ...world, messenger: { ...world.messenger, post: () => never } });
  await tell(said('word'));
  expect(await dying.deliver()).toBe(1);
  const next = createCourier(world);
  expect(await next.deliver()).toBe(0);
  clock.at += 120_000;
  expect(await next.deliver()).toBe(1);
  await next.idle();
  expect(sent.map(({ what }) => what)).toEqual(['word']);
  expect(await store.census(clock.at)).toMatchObject({ tellings: 0 });
});

test('somebody without a chat of their own is not told, and that is written down', async () => {
  const { store, carryAll } = await round({ privately: async () => undefined });
  await store.create(
    { ...proposed, place: room('team') },
    { entry: { at: noon, event: 'asked', tenantId: 't', personId: 'p' } },
  );
  const what = { is: 'secretOffer', operationId: proposed.id } as const;
  await store.tell({ to: { is: 'person', person: alex, near: room('team') }, what }, noon);
  await carryAll();
  expect((await store.entries()).map(({ event, note }) => [event, note ?? ''])).toEqual([
    ['asked', ''],
    ['notTold', 'secretOffer'],
  ]);
  expect(await store.census(noon)).toMatchObject({ tellings: 0, deadPlaces: 0 });
});
