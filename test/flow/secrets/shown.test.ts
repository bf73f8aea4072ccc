import { secretsShown } from '../../../src/model/operation.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Content, Graph } from '../../../src/ports.ts';
import { mac, personal, proposed } from '../../world.ts';
import { lockResult, scene } from '../scene.ts';
import type { Scene } from '../scene.ts';

const pin = '123456';
const minute = 60_000;

/** A Mac whose PIN is kept, on the message `m1`. */
async function locked(graph: Partial<Graph> = {}): Promise<{ at: Scene; operation: Operation }> {
  const at = await scene({ graph });
  const operation = await at.ask();
  const { afterwards } = await at.desk.onButton(at.press(operation, 'confirm'));
  await afterwards?.();
  at.results = [lockResult('done', at.clock.now + 100)];
  await at.pass(5_000);
  at.told.length = 0;
  return { at, operation: await at.now(operation) };
}

const show = (at: Scene, operation: Operation, id: string) =>
  at.desk.onButton(at.press(operation, 'showSecret', { id }));
const shows = (content: unknown) => JSON.stringify(content).includes(pin);
const standing = async (at: Scene, operation: Operation) =>
  secretsShown(await at.now(operation)).map(({ on }) => on.id);
const hidden = (at: Scene) =>
  [...new Set(at.told.flatMap((line) => /^update (\S+)/u.exec(line)?.[1] ?? []))].toSorted();
const events = async (at: Scene) => (await at.store.entries()).map(({ event }) => event);

test('shown on several messages at once, it is hidden on each of them', async () => {
  const { at, operation } = await locked();
  const ids = ['m1', 'm7', 'm8', 'm9'];
  const answers = await Promise.all(ids.map((id) => show(at, operation, id)));
  expect(answers.map(({ content }) => shows(content))).toEqual([true, true, true, true]);
  await at.settle();
  expect(await standing(at, operation)).toHaveLength(1);
  await at.pass(70_000);
  expect(hidden(at)).toEqual(ids);
  expect(await standing(at, operation)).toEqual([]);
});

test('a chat that fails for a while keeps none of them standing for good', async () => {
  const { at, operation } = await locked();
  at.before = async () => {
    throw new Error('the chat is broken');
  };
  await show(at, operation, 'm1');
  await show(at, operation, 'm8');
  await at.settle();
  at.before = async () => undefined;
  await show(at, operation, 'm9');
  await at.pass(70_000);
  expect(hidden(at)).toEqual(['m1', 'm8', 'm9']);
});

test('shown anew on the same message while that is being hidden, it stands there for its minute', async () => {
  const { at, operation } = await locked();
  await show(at, operation, 'm1');
  at.clock.now += minute;
  await Promise.all(at.desk.beats.map((beat) => beat()));
  await show(at, operation, 'm1');
  await at.settle();
  expect(secretsShown(await at.now(operation))).toMatchObject([{ on: { id: 'm1' }, until: at.clock.now + minute }]);
  at.told.length = 0;
  await at.pass(70_000);
  expect(hidden(at)).toEqual(['m1']);
});

test('what an older version wrote down is hidden, too', async () => {
  const { at } = await locked();
  const secretShown = { on: { place: personal, id: 'm5' }, until: at.clock.now + minute };
  const older: Operation = { ...proposed, id: 'older', origin: 'older', secretShown, message: secretShown.on };
  await at.store.create({ ...older, state: { is: 'dropped', why: 'cancelled', at: at.clock.now } }, {});
  await at.pass(30_000);
  expect(hidden(at)).toEqual([]);
  await at.pass(40_000);
  expect(hidden(at)).toEqual(['m5']);
  expect((await at.store.operation('older'))?.secretShown).toBeUndefined();
});

test('it is hidden in time though Graph never answers', async () => {
  const never = new Promise<never>(() => undefined);
  const { at, operation } = await locked();
  await show(at, operation, 'm1');
  const sending = { sentAt: at.clock.now, lookup: { source: 'managedDevice', id: mac.id, kind: 'plain', names: [] } };
  const state = { is: 'running', acceptance: 'accepted', sending: { ...sending, before: [] }, looks: 0 } as const;
  const due = { id: 'due', origin: 'due', keeping: { is: 'due', at: 0, tries: 0 } } as const;
  const underWay = { ...proposed, ...due, state: { ...state, nextLookAt: at.clock.now } } as Operation;
  await at.store.create(underWay, {});
  Object.assign(at.world.graph, { look: () => never, secret: () => never });
  at.clock.now += minute;
  await Promise.any(at.desk.beats.map((beat) => beat()));
  await at.desk.deliver();
  await at.desk.delivered();
  expect(hidden(at)).toEqual(['m1']);
});

test('nothing is shown of which the journal does not tell', async () => {
  const { at, operation } = await locked();
  const { store } = at.world;
  const full = { ...store, move: () => Promise.reject(new Error('the journal is full')) };
  Object.assign(at.world, { store: full });
  await expect(show(at, operation, 'm1')).rejects.toThrow('the journal is full');
  Object.assign(at.world, { store });
  expect((await events(at)).slice(-2)).toEqual(['secretKept', 'secretAsked']);
});

test('a view is in the journal before it is answered', async () => {
  const { at, operation } = await locked();
  await show(at, operation, 'm1');
  expect((await events(at)).slice(-2)).toEqual(['secretAsked', 'secretViewed']);
});

describe('on a phone that does not say which message it was', () => {
  const press = async (at: Scene, operation: Operation) => {
    const { content, afterwards } = await show(at, operation, '');
    expect(shows(content)).toBe(false);
    await afterwards?.();
    await at.settle();
  };

  test('it stands for a minute from when it came, however long that took', async () => {
    const { at, operation } = await locked();
    at.before = async (what) => void (what === 'post' && (at.clock.now += 2 * minute));
    await press(at, operation);
    expect(secretsShown(await at.now(operation))).toMatchObject([{ until: at.clock.now + minute }]);
  });

  test('it is never posted, and a message that is gone shows none', async () => {
    const { at, operation } = await locked();
    const said: Content[] = [];
    at.before = async (_what, content) => void said.push(content);
    Object.assign(at.world.messenger, { change: async () => false });
    await press(at, operation);
    expect(said.some(shows)).toBe(false);
    expect(at.told.at(-1)).toBe('post I could not show it just now. Press the button again.');
    expect(await standing(at, operation)).toEqual([]);
    at.told.length = 0;
    await at.pass(70_000);
    expect(at.told).toEqual([]);
  });
});
