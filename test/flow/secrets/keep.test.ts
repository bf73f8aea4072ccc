import { waits } from '../../../src/flow/secrets/keep.ts';
import type { Keeping, Operation } from '../../../src/model/operation.ts';
import { GraphFault } from '../../../src/ports.ts';
import type { Vault } from '../../../src/ports.ts';
import { vaultOf } from '../../../src/vault.ts';
import { alex, channel, mac, noon, personal, proposed } from '../../world.ts';
import { until } from '../../store/until.ts';
import { lockResult, scene } from '../scene.ts';
import type { Scene } from '../scene.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const viewed = ['secretAsked', 'secretViewed'];
const pin = '482913';

const sending = {
  sentAt: noon,
  lookup: { source: 'managedDevice', id: mac.id, kind: 'remoteLock', names: [] },
  before: [],
} as const;

/** What Intune says when asked for the secret, and how often it was asked. */
interface Intune {
  answer: string | undefined | GraphFault;
  asked: number;
  record: 'there' | 'gone';
}

async function opened(): Promise<{ at: Scene; intune: Intune }> {
  const intune: Intune = { answer: pin, asked: 0, record: 'there' };
  const at: Scene = await scene({
    graph: {
      secret: async () => {
        intune.asked += 1;
        if (intune.answer instanceof GraphFault) throw intune.answer;
        return intune.answer;
      },
      inspect: async () => (intune.record === 'gone' ? undefined : { device: mac, results: at.results }),
    },
  });
  return { at, intune };
}

/** Asked for and confirmed; Intune shows this of it. */
async function locked(at: Scene, state = 'done', place = personal): Promise<Operation> {
  const operation = await at.ask(place);
  const { afterwards } = await at.desk.onButton(at.press(operation, 'confirm'));
  await afterwards?.();
  at.results = [lockResult(state, at.clock.now + 100)];
  return operation;
}

/** From now on it seals and opens with this. */
const give = (at: Scene, vault: Vault): void => void Object.assign(at.world, { vault });

const keepingOf = async (at: Scene, operation: Operation): Promise<Keeping | undefined> =>
  (await at.now(operation)).keeping;
const openedOf = async (at: Scene, { id }: Operation) => at.world.vault.open((await at.store.secretOf(id)) ?? '', id);
const events = async (at: Scene) =>
  (await at.store.entries()).map(({ event }) => event).filter((event) => event.startsWith('secret'));
const show = async (at: Scene, operation: Operation) => {
  const { content } = await at.desk.onButton(at.press(await at.now(operation), 'showSecret'));
  return JSON.stringify(content);
};

test('a PIN is read and sealed as soon as Intune shows the lock as done, without anybody asking', async () => {
  const { at, intune } = await opened();
  const operation = await locked(at);
  await at.pass(3_000);
  const keeping = await keepingOf(at, operation);
  expect(keeping).toMatchObject({ is: 'kept' });
  expect(keeping?.is === 'kept' && keeping.until - keeping.at).toBe(30 * day);
  expect(await openedOf(at, operation)).toBe(pin);
  expect(await at.store.secretOf(operation.id)).not.toContain(pin);
  expect(await events(at)).toEqual(['secretKept']);
  expect(intune.asked).toBe(1);
});

test.each(['failed', 'canceled', 'pending'])('a lock that is %s has none', async (state) => {
  const { at, intune } = await opened();
  const operation = await locked(at, state);
  await at.pass(60_000);
  expect(await keepingOf(at, operation)).toBeUndefined();
  expect(intune.asked).toBe(0);
});

test('one that Intune shows only some time later is waited for, and is no news on any card', async () => {
  const { at, intune } = await opened();
  intune.answer = undefined;
  const operation = await locked(at);
  await at.pass(10_000);
  expect(await keepingOf(at, operation)).toMatchObject({ is: 'due' });
  const told = at.told.length;
  intune.answer = pin;
  await at.pass(60_000);
  expect(await keepingOf(at, operation)).toMatchObject({ is: 'kept' });
  expect(at.told).toHaveLength(told);
});

test('one that never comes is given up after all tries, ever more rarely', async () => {
  const { at, intune } = await opened();
  intune.answer = undefined;
  const operation = await locked(at);
  for (const wait of [3_000, ...waits]) {
    at.clock.now += wait;
    await at.pass(1_000);
  }
  expect(intune.asked).toBe(waits.length + 1);
  expect(await keepingOf(at, operation)).toEqual({ is: 'none' });
  expect(await events(at)).toEqual(['secretNotFound']);
  intune.answer = pin;
  await at.pass(60_000);
  expect(intune.asked).toBe(waits.length + 1);
});

test('it is given up at once when the device’s record is gone for good', async () => {
  const { at, intune } = await opened();
  intune.answer = undefined;
  const operation = await locked(at);
  await at.pass(3_000);
  intune.record = 'gone';
  await at.pass(30_000);
  expect(await keepingOf(at, operation)).toEqual({ is: 'none' });
  expect(intune.asked).toBeLessThan(4);
});

test('a Graph that cannot be read is no proof that there is none', async () => {
  const { at, intune } = await opened();
  intune.answer = new GraphFault('unreachable', 'no answer');
  const operation = await locked(at);
  await at.pass(200_000);
  expect(await keepingOf(at, operation)).toMatchObject({ is: 'due', tries: 0, faults: 3 });
  intune.answer = pin;
  await at.pass(240_000);
  expect(await openedOf(at, operation)).toBe(pin);
});

/** So many minutes in steps of one. */
const passMinutes = async (at: Scene, minutes: number) => {
  for (let left = minutes; left > 0; left -= 1) {
    at.clock.now += minute;
    await at.pass(1);
  }
};

test.each<[string, Partial<Extract<Keeping, { is: 'due' }>>]>([
  ['', {}],
  [', also where an older version wrote that it is due', { since: undefined }],
])('a Graph that can never be read is asked ever more rarely, and given up after a day%s', async (_what, older) => {
  const { at, intune } = await opened();
  intune.answer = new GraphFault('denied', '403');
  const operation = await locked(at);
  await at.pass(3_000);
  const first = await at.now(operation);
  const keeping = JSON.parse(JSON.stringify({ ...first.keeping, ...older })) as Keeping;
  await at.store.move(first, { ...first, keeping });
  await passMinutes(at, 23 * 60);
  expect(await keepingOf(at, operation)).toMatchObject({ is: 'due' });
  expect(intune.asked).toBeLessThan(32);
  await passMinutes(at, 2 * 60);
  expect(await keepingOf(at, operation)).toEqual({ is: 'none', unreadAt: expect.any(Number) });
  expect(await events(at)).toEqual(['secretNotRead']);
  intune.answer = pin;
  expect(await show(at, operation)).toContain(pin);
  expect(await keepingOf(at, operation)).toMatchObject({ is: 'kept', viewedAt: at.clock.now });
});

test('a PIN is read also where Intune gives the lock no start time', async () => {
  const { at } = await opened();
  const operation = await locked(at);
  const { startedAt: _unset, ...result } = lockResult('done');
  at.results = [result];
  await at.pass(3_000);
  expect(await openedOf(at, operation)).toBe(pin);
});

test('so many are read at a time, each of them once, while Graph is slow', async () => {
  const { at, intune } = await opened();
  const answers: (() => void)[] = [];
  at.world.graph.secret = () => {
    intune.asked += 1;
    return new Promise((resolve) => answers.push(() => resolve(pin)));
  };
  const dues = Array.from({ length: 25 }, (_, index) => `due-${index}`);
  const state = { is: 'finished', outcome: 'done', at: noon, sending, result: lockResult('done') } as const;
  for (const id of dues)
    await at.store.create({ ...proposed, id, origin: id, state, keeping: { is: 'due', at: noon, tries: 0 } }, {});
  while ((await at.desk.onTick()) > 0);
  at.clock.now += at.world.settings.lease;
  while ((await at.desk.onTick()) > 0);
  await until(() => intune.asked >= 20);
  expect(intune.asked).toBe(20);
  for (let answered = 0; answered < 25; answered += 1) {
    await until(() => answers.length > 0);
    answers.shift()?.();
  }
  await at.settle();
  expect(intune.asked).toBe(25);
  for (const id of dues) expect((await at.store.operation(id))?.keeping).toMatchObject({ is: 'kept' });
});

test('a process that dies between reading and writing loses nothing', async () => {
  const { at, intune } = await opened();
  const operation = await locked(at);
  const { store, vault } = at.world;
  const dying = () => {
    throw new Error('killed');
  };
  give(at, { ...vault, seal: dying });
  await at.pass(3_000);
  expect(await keepingOf(at, operation)).toMatchObject({ is: 'due' });
  expect(await store.secretOf(operation.id)).toBeUndefined();
  give(at, vault);
  await at.pass(at.world.settings.lease + 2_000);
  expect(await openedOf(at, operation)).toBe(pin);
  expect(intune.asked).toBe(2);
});

test('it is shown from where it is kept, also when Intune has forgotten it; each view is recorded', async () => {
  const { at, intune } = await opened();
  const operation = await locked(at);
  await at.pass(3_000);
  intune.answer = undefined;
  expect(await show(at, operation)).toContain(pin);
  const first = await keepingOf(at, operation);
  at.clock.now += 120_000;
  expect(await show(at, operation)).toContain(pin);
  expect(first).toMatchObject({ is: 'kept', viewedAt: at.clock.now - 120_000 });
  expect(await keepingOf(at, operation)).toEqual(first);
  expect(intune.asked).toBe(1);
  expect(await events(at)).toEqual(['secretKept', ...viewed, ...viewed]);
});

test('whoever clicks before it is kept gets it from Intune, and then it is kept', async () => {
  const { at, intune } = await opened();
  intune.answer = undefined;
  const operation = await locked(at);
  await at.pass(3_000);
  expect(await show(at, operation)).toContain('has no unlock PIN for it yet');
  intune.answer = pin;
  expect(await show(at, operation)).toContain(pin);
  expect(await keepingOf(at, operation)).toMatchObject({ is: 'kept', viewedAt: at.clock.now });
  expect(await openedOf(at, operation)).toBe(pin);
});

test('nobody but the asker is shown it, and nobody in a channel', async () => {
  const { at } = await opened();
  const operation = await locked(at, 'done', channel);
  await at.pass(3_000);
  const pressed = at.press(await at.now(operation), 'showSecret', { place: personal, id: 'm9' });
  const clicks = [
    { ...pressed, place: personal, person: { ...alex, id: 'megan-id' } },
    { ...pressed, place: channel },
  ];
  for (const click of clicks) expect(JSON.stringify(await at.desk.onButton(click))).not.toContain(pin);
  expect(await keepingOf(at, operation)).not.toHaveProperty('viewedAt');
  expect(JSON.stringify(await at.desk.onButton({ ...pressed, place: personal }))).toContain(pin);
});

test('its time over, it is thrown away, and that is said', async () => {
  const { at, intune } = await opened();
  const operation = await locked(at);
  await at.pass(3_000);
  at.clock.now += 30 * day - 10_000;
  await at.pass(5_000);
  expect(await openedOf(at, operation)).toBe(pin);
  await at.pass(10_000);
  expect(await keepingOf(at, operation)).toEqual({ is: 'removed' });
  expect(await at.store.secretOf(operation.id)).toBeUndefined();
  expect(await events(at)).toEqual(['secretKept', 'secretRemoved']);
  intune.answer = undefined;
  expect(await show(at, operation)).toContain('I kept the unlock PIN for 30 days and then removed it');
  intune.answer = pin;
  expect(await show(at, operation)).toContain(pin);
  expect(await at.store.secretOf(operation.id)).toBeUndefined();
});

test('with its key lost it is read from Intune and sealed anew; where Intune forgot it, that is said', async () => {
  const { at, intune } = await opened();
  const operation = await locked(at);
  await at.pass(3_000);
  give(at, vaultOf([Buffer.alloc(32, 'new')]));
  intune.answer = undefined;
  expect(await show(at, operation)).toContain('without the key that opens it');
  intune.answer = new GraphFault('throttled', '429');
  expect(await show(at, operation)).toContain('could not read the unlock PIN');
  intune.answer = pin;
  expect(await show(at, operation)).toContain(pin);
  intune.answer = undefined;
  expect(await show(at, operation)).toContain(pin);
});
