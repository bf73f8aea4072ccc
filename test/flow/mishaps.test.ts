import { secretsShown } from '../../src/model/operation.ts';
import type { Operation } from '../../src/model/operation.ts';
import { NotNow, Unreachable } from '../../src/ports.ts';
import type { Graph, Sent } from '../../src/ports.ts';
import { StoreFault } from '../../src/storePort.ts';
import { channel, mac, memoryStore } from '../world.ts';
import { lockResult, scene } from './scene.ts';
import type { Scene } from './scene.ts';

const click = async (at: Awaited<ReturnType<typeof scene>>, ...asked: Parameters<typeof at.press>) => {
  const answered = await at.desk.onButton(at.press(...asked));
  await answered.afterwards?.();
  await at.settle();
  return answered;
};

test('a chat that answers late does not stop what was clicked meanwhile', async () => {
  const at = await scene();
  let clicked: Promise<unknown> | undefined;
  at.before = async (what) => {
    if (what !== 'post' || clicked) return;
    const [operation] = await at.store.operationsOf({}, 1);
    // The card is already to be seen, and the click comes before the chat has told its id.
    if (operation)
      clicked = at.desk.onButton(at.press(operation, 'confirm', { id: 'm1' })).then((done) => done.afterwards?.());
  };
  const operation = await at.ask();
  await clicked;
  expect(at.sent).toHaveLength(1);
  expect((await at.now(operation)).state.is).toBe('running');
});

test('a store that fails right after the call: it is taken over, looked for, and never sent again', async () => {
  const store = await memoryStore();
  const move = store.move.bind(store);
  let broken = false;
  store.move = async (from, to, entry) => {
    if (to.state.is === 'running' && from.state.is === 'claimed' && !broken) {
      broken = true;
      throw new Error('disk full');
    }
    return move(from, to, entry);
  };
  const at = await scene({ store });
  const operation = await at.ask();
  await expect(click(at, operation, 'confirm')).rejects.toThrow('disk full');
  expect((await at.now(operation)).state.is).toBe('claimed');
  at.results = [lockResult('done')];
  await at.pass(120_000);
  expect((await at.now(operation)).state).toMatchObject({ is: 'finished', outcome: 'done' });
  expect(at.sent).toHaveLength(1);
});

describe('whoever is slow and not gone', () => {
  test('does not say that nothing was sent while another sends it', async () => {
    let stuck: ((found: undefined) => void) | undefined;
    let looks = 0;
    const sent: string[] = [];
    const at = await scene({
      graph: {
        // The second look is that of whoever was clicked; the one before is for the card, the third is the other's.
        inspect: () => {
          looks += 1;
          return looks === 2
            ? new Promise((resolve) => (stuck = resolve))
            : Promise.resolve({ device: mac, results: [] });
        },
        send: async ({ path }) => (sent.push(path), { is: 'accepted', requestId: 'r' }),
      },
    });
    const operation = await at.ask();
    const slow = (await at.desk.onButton(at.press(operation, 'confirm'))).afterwards?.();
    await at.pass(91_000);
    expect(sent).toHaveLength(1);
    stuck?.(undefined);
    await slow;
    expect((await at.now(operation)).state).toMatchObject({ is: 'running', acceptance: 'accepted' });
    expect(sent).toHaveLength(1);
  });

  test('does not send what it was slow to write down', async () => {
    const store = await memoryStore();
    const move = store.move.bind(store);
    const at = await scene({ store });
    store.move = async (from, to, along) => {
      if (along?.entry?.event === 'sending') at.clock.now += 15_000;
      return move(from, to, along);
    };
    const operation = await at.ask();
    await click(at, operation, 'confirm');
    expect(at.sent).toEqual([]);
    expect((await at.now(operation)).state).toMatchObject({ outcome: 'refused', reason: { code: 'tooLate' } });
  });
});

test('what Graph answered is written down as soon as the store is back', async () => {
  const store = await memoryStore();
  const move = store.move.bind(store);
  let away = 3;
  store.move = async (from, to, along) => {
    if (along?.entry?.event === 'accepted' && away-- > 0) throw new StoreFault('unreachable', 'away');
    return move(from, to, along);
  };
  const at = await scene({ store });
  const operation = await at.ask();
  await click(at, operation, 'confirm');
  expect((await at.now(operation)).state).toMatchObject({ is: 'running', acceptance: 'accepted' });
  expect(at.sent).toHaveLength(1);
});

describe('Graph that answers after somebody else has taken over', () => {
  const slow = async (answer: Sent) => {
    let release: (sent: Sent) => void = () => undefined;
    const at = await scene({ graph: { send: () => new Promise((resolve) => (release = resolve)) } });
    const operation = await at.ask();
    const answered = await at.desk.onButton(at.press(operation, 'confirm'));
    const sending = answered.afterwards?.();
    await at.pass(91_000);
    expect((await at.now(operation)).state).toMatchObject({ is: 'running', acceptance: 'unsure', leftBehind: true });
    release(answer);
    await sending;
    return { at, operation: await at.now(operation) };
  };

  test('is still heard when it says yes', async () => {
    const { at, operation } = await slow({ is: 'accepted', requestId: 'r-late' });
    expect(operation.state).toMatchObject({ is: 'running', acceptance: 'accepted' });
    expect(operation.state).not.toHaveProperty('leftBehind');
    expect((await at.store.entries()).map(({ event }) => event)).toEqual([
      'asked',
      'confirmed',
      'sending',
      'unsure',
      'accepted',
    ]);
  });

  test('is still heard when it says no', async () => {
    const { operation } = await slow({ is: 'refused', why: 'badRequest', message: '400', requestId: 'r-late' });
    expect(operation.state).toMatchObject({ is: 'finished', outcome: 'refused' });
  });
});

test('claimed and never sent by who is gone: carried out by the next, once', async () => {
  const at = await scene();
  const operation = await at.ask();
  await at.desk.onButton(at.press(operation, 'confirm'));
  await at.pass(89_000);
  expect(at.sent).toEqual([]);
  await at.pass(10_000);
  expect(at.sent).toHaveLength(1);
  expect((await at.now(operation)).state.is).toBe('running');
});

test('claimed and never sent, by somebody who has lost the role since: refused', async () => {
  const at = await scene();
  const operation = await at.ask();
  await at.desk.onButton(at.press(operation, 'confirm'));
  at.world.graph.standing = async () => ({ is: 'member', groups: [] });
  await at.pass(120_000);
  expect((await at.now(operation)).state).toMatchObject({ outcome: 'refused', reason: { code: 'noRole' } });
  expect(at.sent).toEqual([]);
});

test('claimed and never sent, found long after: given up with a word, and not sent later', async () => {
  const at = await scene();
  const operation = await at.ask();
  await at.desk.onButton(at.press(operation, 'confirm'));
  at.clock.now += 3_600_000;
  await at.pass(120_000);
  expect((await at.now(operation)).state).toMatchObject({ outcome: 'refused', reason: { code: 'leftBehind' } });
  expect(at.sent).toEqual([]);
  expect(at.told.at(-1)).toBe('post Lock MBP-042: not done.');
});

test('two cards of one device clicked at the same moment: one call', async () => {
  const at = await scene();
  const one = await at.ask();
  const other = await at.ask(channel);
  expect(other.id).not.toBe(one.id);
  const answers = await Promise.all([
    click(at, one, 'confirm'),
    click(at, other, 'confirm', { place: channel, id: other.message?.id ?? '' }),
  ]);
  expect(at.sent).toHaveLength(1);
  expect(answers.map(({ audience }) => audience)).toEqual(['everyone', 'everyone']);
  expect((await Promise.all([one, other].map(at.now))).map(({ state }) => state.is).sort()).toEqual([
    'dropped',
    'running',
  ]);
});

test('an end that cannot be told is told later, its reply once', async () => {
  const at = await scene();
  const operation = await at.ask();
  await click(at, operation, 'confirm');
  let failures = 0;
  at.before = async () => {
    failures += 1;
    if (failures <= 4) throw new NotNow('502', { lost: false });
  };
  at.results = [lockResult('done')];
  await at.pass(3_000);
  expect(at.told.filter((line) => line.endsWith('Lock MBP-042: done.'))).toEqual([]);
  await at.pass(60_000);
  expect(at.told.filter((line) => line.endsWith('Lock MBP-042: done.'))).toHaveLength(1);
  expect(at.told.filter((line) => line === 'update m1 Lock MBP-042: done')).not.toHaveLength(0);
});

test('an end that is told slowly is told once', async () => {
  const at = await scene();
  const operation = await at.ask();
  await click(at, operation, 'confirm');
  at.results = [lockResult('done')];
  let release: () => void = () => undefined;
  at.before = () => new Promise((resolve) => (release = resolve));
  at.clock.now += 1_000;
  await at.desk.onTick();
  expect(await at.desk.deliver()).toBe(1);
  at.clock.now += 40_000;
  expect(await at.desk.deliver()).toBe(0);
  at.before = async () => undefined;
  release();
  await at.settle();
  expect(at.told.filter((line) => line === 'post Lock MBP-042: done.')).toHaveLength(1);
});

test('a slow conversation holds up neither the clock nor the others', async () => {
  const at = await scene();
  const operation = await at.ask();
  await click(at, operation, 'confirm');
  let release: () => void = () => undefined;
  at.before = () => new Promise((resolve) => (release = resolve));
  at.results = [lockResult('pending')];
  at.clock.now += 1_000;
  expect(await at.desk.onTick()).toBe(1);
  expect(await at.desk.deliver()).toBe(1);
  at.clock.now += 5_000;
  at.results = [lockResult('done')];
  expect(await at.desk.onTick()).toBe(1);
  expect((await at.now(operation)).state.is).toBe('finished');
  release();
});

test('a place that is gone: the asker is told alone, and the card goes on when it is back', async () => {
  const at = await scene();
  const operation = await at.ask(channel);
  await click(at, operation, 'confirm', { place: channel });
  at.before = async (_what, _content, place) => {
    if (place.id === channel.id) throw new Unreachable('403');
  };
  at.results = [lockResult('done')];
  at.told.length = 0;
  await at.pass(10_000);
  expect(at.told).toContain('post Lock MBP-042: done.');
  expect((await at.store.entries()).map(({ event }) => event)).toContain('notTold');
  at.before = async () => undefined;
  at.told.length = 0;
  await at.pass(600_000);
  expect(at.told).toEqual([]);
  await at.desk.onArrival({ ...channel, id: '19:general@thread.tacv2' }, operation.asker);
  await at.settle();
  expect(at.told).toEqual([`update ${operation.message?.id} Lock MBP-042: done`]);
});

describe('a PIN', () => {
  const locked = async (graph: Partial<Graph> = {}) => {
    const at = await scene({ graph });
    const operation = await at.ask();
    await click(at, operation, 'confirm');
    at.results = [lockResult('done')];
    await at.pass(5_000);
    return { at, operation: await at.now(operation) };
  };
  const standing = async (at: Scene, operation: Operation) =>
    secretsShown(await at.now(operation)).map(({ on }) => on.id);
  const shows = (content: unknown) => JSON.stringify(content).includes('123456');

  test('shown on a second message is hidden on the first', async () => {
    const { at, operation } = await locked();
    expect(shows((await click(at, operation, 'showSecret', { id: 'm1' })).content)).toBe(true);
    at.told.length = 0;
    expect(shows((await click(at, operation, 'showSecret', { id: 'm8' })).content)).toBe(true);
    expect(at.told).toEqual(['update m1 Lock MBP-042: done']);
    expect(await standing(at, operation)).toEqual(['m8']);
    await at.pass(70_000);
    expect((await at.now(operation)).secretShown).toBeUndefined();
    expect(at.told.at(-1)).toMatch(/^update m8 /);
  });

  test('asked for by a phone that does not say on which card comes in a message that can be hidden', async () => {
    const { at, operation } = await locked();
    const answered = await click(at, operation, 'showSecret', { id: '' });
    expect(shows(answered.content)).toBe(false);
    const [shown] = await standing(at, operation);
    expect(shown).toMatch(/^m\d+$/);
    await at.pass(70_000);
    expect(at.told.at(-1)).toMatch(new RegExp(`^update ${shown} `));
  });

  test('that Intune does not have leaves no trace of having been shown', async () => {
    const { at, operation } = await locked({ secret: async () => undefined });
    const answered = await click(at, operation, 'showSecret');
    expect(answered).toMatchObject({
      audience: 'clicker',
      content: { text: expect.stringContaining('Intune has no unlock PIN') },
    });
    expect((await at.now(operation)).steps.some(({ is }) => is === 'secretShown')).toBe(false);
    const events = (await at.store.entries()).map(({ event }) => event);
    expect(events.filter((event) => event.startsWith('secret'))).toEqual(['secretAsked']);
  });
});
