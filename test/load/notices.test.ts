import { createDesk } from '../../src/flow/desk.ts';
import { tellingsOf } from '../../src/flow/tellings.ts';
import type { World } from '../../src/flow/world.ts';
import type { Lookup } from '../../src/model/action.ts';
import type { Looked } from '../../src/ports.ts';
import { conversationRates, tenantRate } from '../../src/teams/limits.ts';
import { alex, memoryStore, noGraph, noon, worldOf } from '../world.ts';
import { agents, channels, deeds, expectedIn, generalOf, subscriptions } from './company.ts';
import type { Deed } from './company.ts';
import { fakeConnector } from './connector.ts';
import type { Posted } from './connector.ts';
import { tallyOf } from './tally.ts';
import { Windows } from './windows.ts';

const minute = 60_000;
/** Between two rounds of a process. */
const step = 250;

/** The same numbers each time, 0 to 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Two processes on one store, a clock that is only moved, Intune as `Deed`s say, and Teams with its limits and errors. */
async function stage(all: readonly Deed[]) {
  const clock = { now: noon };
  const store = await memoryStore({ now: () => clock.now });
  const connector = fakeConnector(() => clock.now, dice(7));
  const byDevice = new Map(all.map((deed) => [deed.operation.device.id, deed]));
  const seen = ({ id }: Lookup): Looked => {
    const deed = byDevice.get(id);
    const isOver = deed !== undefined && clock.now >= deed.endsAt;
    const state = isOver ? deed.end : 'pending';
    const startedAt = (deed?.startsAt ?? 0) + 100;
    const detail = { is: 'remoteLock', unlockPin: false } as const;
    return { is: 'seen', results: [{ actionName: 'remoteLock', state, startedAt, detail }] };
  };
  const usual = await worldOf();
  const world: World = {
    ...usual,
    store,
    clock: { now: () => clock.now },
    messenger: connector.messenger,
    graph: {
      ...noGraph,
      look: async (lookups) => lookups.map(seen),
      audits: async () => [],
      secret: async () => undefined,
    },
    settings: {
      ...usual.settings,
      patience: { ...usual.settings.patience, intervals: [30_000, 15_000] },
      rates: { ...usual.settings.rates, conversation: conversationRates, messages: tenantRate },
    },
  };
  const entry = { at: noon, event: 'subscribed', tenantId: 'tenant-id', personId: alex.id };
  for (const subscription of subscriptions) await store.subscribe(subscription, entry);
  return { clock, store, connector, world, desks: [createDesk(world), createDesk(world)] };
}

type Stage = Awaited<ReturnType<typeof stage>>;

/** Everything that can be done at this moment. */
async function round({ desks, world }: Stage): Promise<void> {
  for (const desk of desks) while ((await desk.onTick()) > 0) await world.errands.idle();
  for (let begun = 1; begun > 0;) {
    begun = 0;
    for (const desk of desks) begun += await desk.deliver();
    for (const desk of desks) await desk.delivered();
  }
}

/** Lets time pass until nothing waits any more; answers when that was. */
async function play(on: Stage, all: readonly Deed[], happens: Readonly<Record<number, () => Promise<void>>>) {
  const waiting = all.toSorted((one, other) => one.startsAt - other.startsAt);
  const last = Math.max(...all.map(({ endsAt }) => endsAt));
  for (let next = 0; ; on.clock.now += step) {
    await happens[on.clock.now - noon]?.();
    for (; (waiting[next]?.startsAt ?? Infinity) <= on.clock.now; next += 1) {
      const { operation } = waiting[next] as Deed;
      await on.store.create(operation, { tell: tellingsOf(on.world, undefined, operation) });
    }
    await round(on);
    const census = on.clock.now > last ? await on.store.census(on.clock.now) : undefined;
    if (census?.tellings === 0 && census.tracked === 0) return on.clock.now - noon;
    if (on.clock.now - noon > 30 * minute) throw new Error(`not done in time: ${JSON.stringify(census)}`);
  }
}

const standingIn = (posted: ReadonlyMap<string, Posted>, id: string): Posted[] =>
  [...posted.values()].filter(({ to }) => to === id);

test('200 channels and 5,000 operations: all is told, nothing twice, and never faster than Teams allows', async () => {
  const all = deeds(5_000, dice(3));
  const on = await stage(all);
  const { counts, posted, absent } = on.connector;
  const lost = channels.slice(20, 25);
  const took = await play(on, all, {
    [2 * minute]: async () => lost.forEach(({ id }) => absent.add(id)),
    [5 * minute]: async () => {
      absent.clear();
      // As Teams does: once, from the team's General.
      await on.desks[0]?.onArrival(generalOf(20), alex);
    },
  });
  const told = subscriptions.map((subscription) => {
    const expected = expectedIn(subscription, all);
    return { expected, tally: tallyOf(standingIn(posted, subscription.place.id)) };
  });
  const sum = (each: (one: (typeof told)[number]) => number) => told.reduce((total, one) => total + each(one), 0);
  const chats = agents.map(({ id }) => standingIn(posted, `a:${id}`));
  const replies = chats.flat().filter(({ content }) => 'text' in content);
  const report = {
    simulatedSeconds: took / 1_000,
    operations: all.length,
    noticesExpected: sum(({ expected }) => expected.length),
    noticesTold: sum(({ tally }) => tally.actions),
    toldTwice: sum(({ tally }) => tally.twice.length),
    messagesInChannels: sum(({ tally }) => tally.messages),
    ofThoseFolded: sum(({ tally }) => tally.folded),
    cardsInChats: chats.flat().length - replies.length,
    endsInChats: replies.length,
    ...counts,
  };
  console.log(JSON.stringify(report, null, 2));
  for (const { expected, tally } of told) {
    const [done, failed] = [
      expected.filter(({ end }) => end === 'done'),
      expected.filter(({ end }) => end === 'failed'),
    ];
    const ends = {
      ...(done.length > 0 ? { done: done.length } : {}),
      ...(failed.length > 0 ? { failed: failed.length } : {}),
    };
    expect(tally).toMatchObject({ actions: expected.length, twice: [] });
    expect(tally.ends).toEqual(ends);
  }
  expect(chats.map((chat) => tallyOf(chat.filter(({ content }) => 'card' in content)).actions)).toEqual(
    Array(agents.length).fill(50),
  );
  expect(new Set(replies.map(({ content }) => JSON.stringify(content))).size).toBe(5_000);
  expect(report).toMatchObject({ overruns: 0, endsInChats: 5_000, cardsInChats: 5_000 });
  expect(Math.min(counts.throttled, counts.badGateways, counts.forbidden)).toBeGreaterThan(0);
  expect(took).toBeLessThanOrEqual(10 * minute);
}, 120_000);

describe('the counters themselves', () => {
  const card = (summary: string): Posted => ({ id: summary, to: 'x', content: { card: {}, summary } });

  test('notice what is told twice, alone or folded', () => {
    const once = [card('Lock DEV-1: done'), card('5 actions on devices: 4 done, 1 failed')];
    expect(tallyOf(once)).toMatchObject({ actions: 6, ends: { done: 5, failed: 1 }, twice: [], folded: 1 });
    expect(tallyOf([...once, card('Lock DEV-1: done')])).toMatchObject({ actions: 7, twice: ['DEV-1'] });
    expect(tallyOf([...once, ...once]).actions).toBe(12);
    expect(() => tallyOf([card('hello')])).toThrow('an unexpected line');
  });

  test('notice a call too many, in a conversation or of all together', () => {
    const clock = { now: 0 };
    const windows = new Windows(() => clock.now);
    expect(Array.from({ length: 8 }, () => windows.admit('one'))).toEqual([...Array(7).fill(true), false]);
    expect(Array.from({ length: 43 }, (_, index) => windows.admit(`other-${index}`)).indexOf(false)).toBe(42);
    clock.now = 1_000;
    expect(windows.admit('another')).toBe(true);
    expect(windows.admit('one')).toBe(false);
    clock.now = 3_000;
    expect(windows.admit('one')).toBe(true);
  });
});
