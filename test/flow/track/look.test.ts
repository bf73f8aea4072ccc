import { createDesk } from '../../../src/flow/desk.ts';
import { createErrands } from '../../../src/flow/errands.ts';
import { write } from '../../../src/flow/amend.ts';
import type { World } from '../../../src/flow/world.ts';
import type { Lookup } from '../../../src/model/action.ts';
import type { Operation, Running } from '../../../src/model/operation.ts';
import type { Graph, Looked } from '../../../src/ports.ts';
import {
  alex,
  mac,
  memoryStore,
  noGraph,
  noMessenger,
  noon,
  personal,
  proposed,
  settle,
  silent,
  worldOf,
} from '../../world.ts';

const entry = { at: noon, event: 'asked', tenantId: 'tenant-id', personId: 'alex-id' };
const pending: Looked = {
  is: 'seen',
  results: [
    { actionName: 'remoteLock', state: 'pending', startedAt: noon, detail: { is: 'remoteLock', unlockPin: false } },
  ],
};

const running = (id: string, deviceId: string, state: Partial<Running> = {}): Operation => ({
  ...proposed,
  id,
  origin: id,
  message: { place: personal, id: `card-${id}` },
  device: { ...mac, id: deviceId },
  state: {
    is: 'running',
    acceptance: 'accepted',
    looks: 0,
    nextLookAt: noon,
    ...state,
    sending: {
      sentAt: noon,
      lookup: { source: 'managedDevice', id: deviceId, kind: 'remoteLock', names: [] },
      before: [],
      ...state.sending,
    },
  },
});

/** A desk with these operations, and a Graph that notes which devices it was asked about, look by look. */
async function desk(operations: readonly Operation[], graph: Partial<Graph> = {}, looksPerSecond = 10_000) {
  const clock = { at: noon };
  const asked: string[][] = [];
  const store = await memoryStore({ now: () => clock.at });
  const errands = createErrands(silent);
  const usual = await worldOf();
  const look = graph.look ?? (async (lookups: readonly Lookup[]) => lookups.map(() => pending));
  const world: World = {
    ...usual,
    store,
    errands,
    clock: { now: () => clock.at },
    settings: {
      ...usual.settings,
      rates: { ...usual.settings.rates, looks: { limit: looksPerSecond, window: 1_000 } },
    },
    messenger: { ...noMessenger, update: async (message) => message, post: async (place) => ({ place, id: 'reply' }) },
    graph: {
      ...noGraph,
      ...graph,
      look: async (lookups) => {
        asked.push([...new Set(lookups.map(({ id }) => id))]);
        return look(lookups);
      },
    },
  };
  for (const operation of operations) await store.create(operation, { entry });
  const doors = createDesk(world);
  const pass = async (milliseconds: number, step = 250) => {
    for (const end = clock.at + milliseconds; clock.at < end; clock.at += step)
      while ((await doors.onTick()) > 0 || (await doors.deliver()) > 0) await settle(doors, errands);
  };
  const now = async (id: string) => (await store.operation(id)) as Operation;
  return { world, store, doors, clock, asked, pass, now };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => running(`op-${index}`, `device-${index}`));

test('one look serves all open operations of a device, also those that are not due yet', async () => {
  const at = await desk([running('one', 'mac'), running('other', 'mac', { nextLookAt: noon + 60_000 })]);
  await at.doors.onTick();
  expect(at.asked).toEqual([['mac']]);
  for (const id of ['one', 'other']) expect((await at.now(id)).state).toMatchObject({ looks: 1 });
});

test('twenty are asked about at a time', async () => {
  const at = await desk(many(45));
  expect(await at.doors.onTick()).toBe(20);
  expect(await at.doors.onTick()).toBe(20);
  expect(await at.doors.onTick()).toBe(5);
  expect(at.asked.map((devices) => devices.length)).toEqual([20, 20, 5]);
});

test('no more is asked per second than the budget allows, and all get their turn', async () => {
  const at = await desk(many(35), {}, 10);
  const perSecond: number[] = [];
  for (let second = 0; second < 4; second += 1) {
    at.asked.length = 0;
    await at.pass(1_000);
    perSecond.push(at.asked.flat().length);
  }
  expect(Math.max(...perSecond)).toBe(10);
  const states = await Promise.all(many(35).map(async ({ id }) => (await at.now(id)).state));
  expect(states.filter((state) => state.is === 'running' && state.looks > 0)).toHaveLength(35);
});

test('the more there is to look for, the longer each waits', async () => {
  const at = await desk(many(300), {}, 10);
  await at.pass(29_000);
  const { state } = await at.now('op-0');
  expect(state).toMatchObject({ is: 'running', looks: 1 });
  expect((state as Running).nextLookAt - noon).toBeGreaterThanOrEqual(30_000);
});

test('throttled: nobody asks before the time that Graph named, and everything else goes on', async () => {
  let answer: Looked = { is: 'notNow', retryAfterMs: 30_000, message: '429' };
  const at = await desk(
    [
      ...many(3),
      {
        ...proposed,
        id: 'offer',
        origin: 'offer',
        state: { ...proposed.state, is: 'proposed', expiresAt: noon + 5_000 } as never,
      },
    ],
    {
      look: async (lookups) => lookups.map(() => answer),
    },
  );
  await at.pass(29_000);
  expect(at.asked).toHaveLength(1);
  expect((await at.now('offer')).state).toMatchObject({ is: 'dropped', why: 'expired' });
  answer = pending;
  await at.pass(2_000);
  expect(at.asked).toHaveLength(2);
});

test('a pause that one process was asked for is kept by the others', async () => {
  const at = await desk(many(2), {
    look: async (lookups) => lookups.map(() => ({ is: 'notNow', retryAfterMs: 30_000, message: '429' })),
  });
  await at.doors.onTick();
  const another = createDesk(at.world);
  at.clock.at += 10_000;
  await another.onTick();
  expect(at.asked).toHaveLength(1);
});

test('what was seen counts, also when something else was noted on the operation meanwhile', async () => {
  const at = await desk([running('one', 'mac')], {
    look: async (lookups) => {
      const now = await at.now('one');
      await write(at.world, now, { ...now, privately: { place: personal, id: 'private' } });
      return lookups.map(() => pending);
    },
  });
  await at.doors.onTick();
  expect(await at.now('one')).toMatchObject({
    privately: { id: 'private' },
    state: { looks: 1, result: { state: 'pending' } },
  });
});

describe('whoever sent it died before the answer came', () => {
  const sending = {
    sentAt: noon,
    lookup: { source: 'managedDevice', id: 'x', kind: 'plain', names: [] },
    before: [],
  } as const;
  const left = (action: string): Operation => ({
    ...running('left', mac.id),
    action,
    options: action === 'remoteLock' ? {} : { action: 'refreshMachinePolicy' },
    state: { is: 'claimed', by: alex, at: noon, standing: [], sending, overdueAt: noon + 10_000 },
  });
  const graphOf = (sent: string[], looked: Looked): Partial<Graph> => ({
    look: async (lookups) => lookups.map(() => looked),
    standing: async () => ({ is: 'member', groups: ['helpdesk-id'] }),
    inspect: async () => ({ device: mac, results: [] }),
    send: async ({ path }) => (sent.push(path), { is: 'accepted', requestId: 'r' }),
  });
  const nothing: Looked = { is: 'seen', results: [] };

  test('and Intune shows it: it goes on, and is not sent again', async () => {
    const sent: string[] = [];
    const done: Looked = {
      is: 'seen',
      results: [{ actionName: 'x', state: 'done', startedAt: noon + 5, detail: { is: 'plain' } }],
    };
    const at = await desk([left('triggerConfigurationManagerAction')], graphOf(sent, done));
    await at.pass(60_000);
    expect((await at.now('left')).state).toMatchObject({ is: 'finished', outcome: 'done' });
    expect(sent).toEqual([]);
  });

  test('and Intune shows nothing: what is harmless is sent again, once', async () => {
    const sent: string[] = [];
    const at = await desk([left('triggerConfigurationManagerAction')], graphOf(sent, nothing));
    await at.pass(19_000);
    expect(sent).toEqual([]);
    await at.pass(120_000);
    expect(sent).toHaveLength(1);
    const operation = await at.now('left');
    expect(operation.state).toMatchObject({ is: 'running', acceptance: 'accepted' });
    expect(operation.steps.map(({ is }) => is)).toEqual(['asked', 'unsure', 'resent', 'accepted']);
    expect((await at.store.entries()).map(({ event }) => event)).toEqual([
      'asked',
      'unsure',
      'resending',
      'sending',
      'accepted',
    ]);
  });

  test('and so did whoever sent it again: it is not sent a third time', async () => {
    const sent: string[] = [];
    const again = left('triggerConfigurationManagerAction');
    const steps = [...again.steps, { is: 'resent', at: noon, by: '', note: '' } as const];
    const at = await desk([{ ...again, steps }], graphOf(sent, nothing));
    await at.pass(120_000);
    expect((await at.now('left')).state).toMatchObject({ is: 'finished', outcome: 'unproven' });
    expect(sent).toEqual([]);
  });

  test('and the person has lost the role since: it is not sent again, and nobody says that nothing was sent', async () => {
    const sent: string[] = [];
    const at = await desk([left('triggerConfigurationManagerAction')], {
      ...graphOf(sent, nothing),
      standing: async () => ({ is: 'member', groups: [] }),
    });
    await at.pass(120_000);
    expect((await at.now('left')).state).toMatchObject({ is: 'finished', outcome: 'unproven' });
    expect(sent).toEqual([]);
  });

  test('and Intune shows nothing: what is not harmless is left to a person', async () => {
    const sent: string[] = [];
    const at = await desk([left('remoteLock')], graphOf(sent, nothing));
    await at.pass(120_000);
    expect((await at.now('left')).state).toMatchObject({
      is: 'finished',
      outcome: 'unproven',
      reason: { code: 'answerLost' },
    });
    expect(sent).toEqual([]);
  });
});
