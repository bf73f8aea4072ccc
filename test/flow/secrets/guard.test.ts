import { catalogueOf } from '../../../src/catalogue.ts';
import { unreadOf, unseenFor } from '../../../src/flow/secrets/guard.ts';
import type { Unread } from '../../../src/flow/secrets/guard.ts';
import { defineAction } from '../../../src/model/action.ts';
import type { Keeping, Operation, State } from '../../../src/model/operation.ts';
import type { Device } from '../../../src/model/device.ts';
import type { Person } from '../../../src/model/person.ts';
import type { ActionResult } from '../../../src/model/result.ts';
import { GraphFault } from '../../../src/ports.ts';
import { alex, mac, noon, personal, proposed, worldOf } from '../../world.ts';
import { lockResult, scene } from '../scene.ts';
import type { Scene } from '../scene.ts';

const hour = 3_600_000;
const megan: Person = { id: 'megan-id', tenantId: 'tenant-id', name: 'Megan Bowen', chatId: '29:megan' };
const meganAlone = { ...personal, id: 'a:personal-megan' };

/** Something else that a Mac could do. */
const restart = defineAction<object>({
  name: 'restart',
  summary: 'Restart a Mac',
  risk: 'disruptive',
  permissions: [],
  phrases: [{ say: 'restart {device}', options: () => ({}) }],
  past: [{ say: 'restarted' }],
  examples: ['restart MBP-042'],
  deed: (device) => `Restart ${device}`,
  consequences: () => [],
  whyNot: () => undefined,
  request: () => ({ method: 'POST', version: 'v1.0', path: '/restart' }),
  completion: ({ id }) => ({ source: 'managedDevice', id, kind: 'plain', names: ['restart'] }),
  show: () => ({}),
});

interface Stage {
  readonly at: Scene;
  /** What Intune answers to whoever reads the secret. */
  secret: string | undefined | GraphFault;
}

/** Locks are asked for by Alex, and Intune shows of them what `at.results` says. */
async function opened(secret: Stage['secret']): Promise<Stage> {
  const stage: { at?: Scene; secret: Stage['secret'] } = { secret };
  const at = await scene({
    graph: {
      secret: async () => {
        if (stage.secret instanceof GraphFault) throw stage.secret;
        return stage.secret;
      },
      inspect: async (_id, { kind }) => ({ device: mac, results: kind === 'remoteLock' ? at.results : [] }),
    },
  });
  const { cards, catalogue } = at.world;
  Object.assign(at.world, {
    cards: { ...cards, fill: (name: string, view: object) => cards.fill(name, view as never) },
    catalogue: catalogueOf([...catalogue.actions, restart]),
  });
  return Object.assign(stage, { at });
}

let heard = 0;
async function say(at: Scene, text: string, person = megan, place = meganAlone): Promise<string> {
  at.told.length = 0;
  const posted: string[] = [];
  at.before = async (_what, content) => void posted.push(JSON.stringify(content));
  await at.desk.onMessage({ id: `said-${++heard}`, person, place, text, mentions: [] });
  await at.settle();
  return posted.join('\n');
}

const newest = async (at: Scene): Promise<Operation> =>
  (await at.store.operationsOf({ deviceId: mac.id }, 1))[0] as Operation;
const bewareOf = ({ state }: Operation) => (state.is === 'proposed' ? state.beware : []);

async function press(at: Scene, operation: Operation, verb: string, person = alex): Promise<string> {
  const { content, afterwards } = await at.desk.onButton({ ...at.press(operation, verb), person });
  await afterwards?.();
  await at.settle();
  return JSON.stringify(content);
}

async function lock(at: Scene): Promise<Operation> {
  const operation = await at.ask();
  await press(at, operation, 'confirm');
  at.results = [lockResult('done', at.clock.now + 100)];
  return operation;
}

const sending = {
  sentAt: noon,
  lookup: { source: 'managedDevice', id: 'x', kind: 'remoteLock', names: [] },
  before: [],
} as const;
const running: State = { is: 'running', acceptance: 'accepted', sending, looks: 0, nextLookAt: noon };
const done: State = { is: 'finished', outcome: 'done', at: noon, sending };
const failed: State = { ...done, outcome: 'failed' };
const kept: Keeping = { is: 'kept', at: noon, until: noon + 30 * 24 * hour };

test.each<[string, State, Keeping | undefined, number, Unread['is'] | undefined]>([
  ['only offered', proposed.state, undefined, 0, undefined],
  ['on its way', { is: 'claimed', by: alex, at: noon, standing: [], overdueAt: noon }, undefined, 0, 'atRisk'],
  ['under way', running, undefined, 0, 'atRisk'],
  ['under way, and its PIN is there', running, { is: 'due', at: noon, tries: 0 }, 0, 'atRisk'],
  ['done, and its PIN is not read', done, { is: 'due', at: noon, tries: 3 }, 9 * hour, 'atRisk'],
  ['done, and there was no PIN', done, { is: 'none' }, 0, undefined],
  ['done, and its PIN could never be read', done, { is: 'none', unreadAt: noon }, 0, 'unread'],
  ['done, and Intune has forgotten its PIN', done, { is: 'none', unreadAt: noon }, 30 * 24 * hour, undefined],
  ['failed', failed, undefined, 0, undefined],
  ['kept', done, kept, 0, 'unseen'],
  ['kept, and not seen for hours', done, kept, unseenFor - 1, 'unseen'],
  ['kept, and not seen for too long', done, kept, unseenFor, undefined],
  ['kept and seen', done, { ...kept, viewedAt: noon }, 0, undefined],
  ['removed', done, { is: 'removed' }, 0, undefined],
])('a lock that is %s', async (_what, state, keeping, after, expected) => {
  const world = await worldOf();
  const operation = { ...proposed, state, ...(keeping ? { keeping } : {}) };
  const unread = unreadOf(world, operation, noon + after);
  expect(unread?.is).toBe(expected);
  const phone: Device = { ...mac, platform: 'iOS' };
  expect(unreadOf(world, { ...operation, device: phone }, noon + after)).toBeUndefined();
  expect(unreadOf(world, { ...operation, action: 'reprovision' }, noon + after)).toBeUndefined();
});

test('while the PIN is not read, a second lock is refused with the reason, and nothing is sent', async () => {
  const { at } = await opened(undefined);
  await lock(at);
  await at.pass(3_000);
  expect(await say(at, 'lock MBP-042')).toContain('not been able to read its unlock PIN yet');
  expect(at.sent).toHaveLength(1);
});

test('while nobody has looked at it, a second lock is refused, and who can look is said', async () => {
  const { at } = await opened('482913');
  const first = await lock(at);
  await at.pass(3_000);
  const toMegan = await say(at, 'lock MBP-042');
  expect(toMegan).toContain('nobody has looked at its unlock PIN yet');
  expect(toMegan).toContain('Ask Alex Wilber to look at it first');
  expect(await say(at, 'lock MBP-042', alex, personal)).toContain('Look at it first: in your own chat with me');
  await press(at, await at.now(first), 'showSecret');
  await say(at, 'lock MBP-042');
  expect((await newest(at)).state.is).toBe('proposed');
});

test('after some hours nobody is held back by one who does not look', async () => {
  const { at } = await opened('482913');
  await lock(at);
  await at.pass(3_000);
  at.clock.now += unseenFor;
  await say(at, 'lock MBP-042');
  expect((await newest(at)).state.is).toBe('proposed');
});

test('one that could never be read warns, until another action was sent, and holds nobody back', async () => {
  const { at } = await opened(new GraphFault('denied', '403'));
  const first = await lock(at);
  await at.pass(3_000);
  for (let hours = 0; hours < 26; hours += 1) {
    at.clock.now += hour;
    await at.pass(1);
  }
  expect((await at.now(first)).keeping).toMatchObject({ is: 'none' });
  at.results = [lockResult('done', noon - hour)];
  for (const text of ['restart MBP-042', 'lock MBP-042']) {
    await say(at, text);
    expect(bewareOf(await newest(at))).toContainEqual(expect.stringContaining('never able to read its unlock PIN'));
  }
  const second = await newest(at);
  await press(at, second, 'confirm', megan);
  expect((await at.now(second)).state.is).toBe('running');
  at.results = [lockResult('failed', at.clock.now + 100)];
  await at.pass(3_000);
  await say(at, 'restart MBP-042');
  expect(bewareOf(await newest(at))).toEqual([]);
});

test('a card from before does not get past it', async () => {
  const { at } = await opened('482913');
  await say(at, 'lock MBP-042');
  const older = await newest(at);
  at.clock.now += 5_000;
  await lock(at);
  await at.pass(3_000);
  await press(at, older, 'confirm', megan);
  const end = (await at.now(older)).state;
  expect(end).toMatchObject({ is: 'finished', outcome: 'refused', reason: { code: 'secretUnread' } });
  expect(at.sent).toHaveLength(1);
});

test('any other action warns on its card, as long as the PIN is at risk or unseen', async () => {
  const stage = await opened(new GraphFault('unreachable', 'no answer'));
  const { at } = stage;
  const first = await lock(at);
  expect(await say(at, 'restart MBP-042')).toContain('I do not have its unlock PIN yet');
  await at.pass(3_000);
  expect(await say(at, 'restart MBP-042')).toContain('I do not have its unlock PIN yet');
  stage.secret = '482913';
  await at.pass(70_000);
  expect(await say(at, 'restart MBP-042')).toContain('nobody has looked at its unlock PIN yet');
  await press(at, await at.now(first), 'showSecret');
  at.clock.now += 600_000;
  await say(at, 'restart MBP-042');
  const offered = await newest(at);
  expect(offered).toMatchObject({ action: 'restart', state: { is: 'proposed', beware: [] } });
});

test('a card from before the lock gets the warning at the click, and works at the next', async () => {
  const { at } = await opened(undefined);
  await say(at, 'restart MBP-042');
  const card = await newest(at);
  at.clock.now += 1_000;
  await lock(at);
  await at.pass(3_000);
  expect(await press(at, card, 'confirm', megan)).toContain('press the button again');
  const warned = await at.now(card);
  expect(bewareOf(warned)).toEqual([expect.stringContaining('I do not have its unlock PIN yet')]);
  expect(at.sent).toHaveLength(1);
  await press(at, warned, 'confirm', megan);
  expect(at.sent).toHaveLength(2);
});

test.each<[string, readonly ActionResult[], boolean]>([
  ['a PIN of a lock in the portal', [lockResult('done', noon - hour)], true],
  ['a lock in the portal without a PIN', [lockResult('failed', noon - hour)], false],
  ['nothing', [], false],
])('Intune shows %s', async (_what, results, isWarned) => {
  const { at } = await opened('482913');
  at.results = [...results];
  await say(at, 'restart MBP-042');
  const beware = isWarned ? [expect.stringContaining('Intune still keeps the unlock PIN')] : [];
  expect(bewareOf(await newest(at))).toEqual(beware);
});
