import { sendAgain } from '../../src/flow/track/sendAgain.ts';
import { refusedByGraph } from '../../src/flow/refusedByGraph.ts';
import { technicalFacts } from '../../src/flow/views.ts';
import { wordsFor } from '../../src/flow/words.ts';
import type { Operation, OperationIn, Running } from '../../src/model/operation.ts';
import { policyOfGroup } from '../../src/model/policy.ts';
import type { Graph, Sent } from '../../src/ports.ts';
import { memoryStore, noon, proposed, worldOf } from '../world.ts';
import { lockResult, scene, type Scene } from './scene.ts';

const assertion = 'hunter2.persons.assertion';
type Refused = Extract<Sent, { is: 'refused' }>;

/** A scene in which these actions are done in people's own names; `calls`: what Graph was sent, and with what sign-in. */
async function signedIn(asPerson: 'all' | string[] = ['remoteLock'], parts: Parameters<typeof scene>[0] = {}) {
  const calls: (string | undefined)[] = [];
  const policy = { ...policyOfGroup('helpdesk-id'), asPerson };
  const send: Graph['send'] = async (_request, token) => (calls.push(token), { is: 'accepted', requestId: 'r-1' });
  const world = { policy: () => policy, ...parts.world };
  const at = await scene({ ...parts, graph: { send, ...parts.graph }, world });
  return { at, calls, policy };
}

async function click(at: Scene, operation: Operation, token?: string) {
  const answered = await at.desk.onButton({
    ...at.press(operation, 'confirm'),
    ...(token ? { assertion: token } : {}),
  });
  await answered.afterwards?.();
  await at.settle();
  return answered;
}

const journal = (at: Scene) => at.store.entries();

test('without a sign-in nothing is claimed: the chat is asked for one, and the card keeps its buttons', async () => {
  const { at, calls } = await signedIn();
  const operation = await at.ask();
  const answered = await click(at, operation);
  expect(answered).toMatchObject({ signIn: true, audience: 'clicker' });
  expect(JSON.stringify(answered.content)).toMatch(
    /Lock MBP-042: this is done in your own name here.*on your computer/u,
  );
  expect(await at.now(operation)).toEqual(operation);
  expect((await journal(at)).map(({ event }) => event)).not.toContain('confirmed');
  expect(calls).toEqual([]);
});

test('with it, the same click is sent in their name, and that is written down before', async () => {
  const { at, calls } = await signedIn();
  const operation = await at.ask();
  await click(at, operation);
  expect(await click(at, operation, assertion)).toMatchObject({ audience: 'everyone' });
  expect(calls).toEqual([assertion]);
  expect((await at.now(operation)).state).toMatchObject({ is: 'running', sending: { asPerson: true } });
  const sending = (await journal(at)).filter(({ event }) => event === 'sending');
  expect(sending).toMatchObject([{ as: 'person', personId: operation.asker.id }]);
});

test('an action that the admin does not want so is sent in the app’s name, whatever was brought', async () => {
  const { at, calls } = await signedIn(['reprovision']);
  const operation = await at.ask();
  expect(await click(at, operation, assertion)).not.toHaveProperty('signIn');
  expect(calls).toEqual([undefined]);
  const { state } = await at.now(operation);
  expect(state).toMatchObject({ is: 'running' });
  expect(JSON.stringify(state)).not.toContain('asPerson');
  expect((await journal(at)).filter(({ event }) => event === 'sending')).toMatchObject([{ as: 'app' }]);
});

test('who may not, or comes too late, is told that first and not asked to sign in', async () => {
  const { at } = await signedIn('all', { graph: {} });
  const operation = await at.ask();
  at.world.graph.standing = async () => ({ is: 'guest' });
  expect(await click(at, operation)).not.toHaveProperty('signIn');
  at.clock.now += 300_000;
  expect(await click(at, operation)).not.toHaveProperty('signIn');
});

test('a refresh of the card asks nobody to sign in', async () => {
  const { at } = await signedIn();
  const operation = await at.ask();
  const answered = await at.desk.onButton({ ...at.press(operation, 'confirm'), automatic: true });
  expect(answered).not.toHaveProperty('signIn');
});

test('the sign-in is in nothing that is remembered, told or logged', async () => {
  const lines: string[] = [];
  const keep = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }));
  const told: string[] = [];
  const { at } = await signedIn('all', { world: { log: { info: keep, warn: keep, error: keep } } });
  at.before = async (_what, content) => void told.push(JSON.stringify(content));
  const operation = await at.ask();
  await click(at, operation, assertion);
  at.results = [lockResult('done')];
  await at.pass(5_000);
  expect(Math.min(told.length, lines.length)).toBeGreaterThan(0);
  const remembered = [await journal(at), await at.store.operationsOf({}, 100)];
  expect(remembered.flat().length).toBeGreaterThan(0);
  expect(JSON.stringify([remembered, told, lines])).not.toContain('hunter2');
});

test('who confirmed it and died before sending: given up with a word, and not sent in the app’s name', async () => {
  const { at, calls } = await signedIn();
  const operation = await at.ask();
  await at.desk.onButton({ ...at.press(operation, 'confirm'), assertion });
  expect((await at.now(operation)).state).toMatchObject({ is: 'claimed', asPerson: true });
  await at.pass(120_000);
  expect((await at.now(operation)).state).toMatchObject({
    is: 'finished',
    outcome: 'refused',
    reason: { code: 'signInGone', why: expect.stringContaining('nothing was sent') as string },
  });
  expect(calls).toEqual([]);
});

test('the admin wants it in people’s names only after it was confirmed: it is not sent in the app’s', async () => {
  const { at, calls, policy } = await signedIn([]);
  const operation = await at.ask();
  const answered = await at.desk.onButton(at.press(operation, 'confirm'));
  policy.asPerson = ['remoteLock'];
  await answered.afterwards?.();
  expect((await at.now(operation)).state).toMatchObject({ outcome: 'refused', reason: { code: 'signInGone' } });
  expect(calls).toEqual([]);
});

test('the admin no longer wants it so after it was confirmed: it is sent as it was confirmed', async () => {
  const { at, calls, policy } = await signedIn();
  const operation = await at.ask();
  const answered = await at.desk.onButton({ ...at.press(operation, 'confirm'), assertion });
  policy.asPerson = [];
  await answered.afterwards?.();
  expect(calls).toEqual([assertion]);
});

test('Graph’s answer is not written down in time: it is looked for, and not sent again', async () => {
  const store = await memoryStore();
  const move = store.move.bind(store);
  let broken = false;
  store.move = async (from, to, along) => {
    if (to.state.is !== 'running' || broken) return move(from, to, along);
    broken = true;
    throw new Error('killed');
  };
  const { at, calls } = await signedIn('all', { store });
  const operation = await at.ask();
  await expect(click(at, operation, assertion)).rejects.toThrow('killed');
  await at.pass(240_000);
  expect((await at.now(operation)).state).toMatchObject({ outcome: 'unproven', sending: { asPerson: true } });
  expect(calls).toEqual([assertion]);
});

const leftBehind = (asPerson: boolean): OperationIn<Running> => ({
  ...proposed,
  action: 'triggerConfigurationManagerAction',
  options: { action: 'refreshMachinePolicy' },
  steps: [{ is: 'confirmed', at: noon, by: 'Megan Bowen', note: '' }],
  state: {
    is: 'running',
    acceptance: 'unsure',
    leftBehind: true,
    sending: {
      sentAt: noon,
      ...(asPerson ? { asPerson: true } : {}),
      lookup: { source: 'managedDevice', id: proposed.device.id, names: ['x'] } as never,
      before: [],
    },
    looks: 1,
    nextLookAt: noon,
  },
});

const lost: Operation = {
  ...proposed,
  state: {
    is: 'finished',
    outcome: 'unproven',
    at: noon,
    reason: { understood: '', code: 'answerLost', why: '', instead: '' },
  },
};

test.each([
  [false, 'claimed', /I send it once more/u],
  [true, 'finished', /will not send it again/u],
])('what is harmless is sent once more, but for what only a sign-in could send: %s', async (asPerson, is, words) => {
  const world = await worldOf();
  const from = leftBehind(asPerson);
  expect(sendAgain(world, from, lost, noon).state.is).toBe(is);
  expect(wordsFor(from, noon, world.catalogue.action(from.action)).advice).toMatch(words);
});

test.each([
  [false, 'the app'],
  [true, 'Megan Bowen'],
])('the card tells in whose name Graph was called: %s', (asPerson, name) => {
  const facts = technicalFacts(leftBehind(asPerson), noon);
  expect(facts).toContainEqual(expect.objectContaining({ title: 'Graph called as', text: name }));
  expect(technicalFacts(proposed, noon).map(({ title }) => title)).not.toContain('Graph called as');
});

const no = (why: Refused['why'], more: object = {}): Refused => ({
  is: 'refused',
  why,
  message: 'for the log',
  requestId: 'r-1',
  ...more,
});

test.each<[string, Refused, 'app' | 'person', RegExp]>([
  ['the person’s role', no('denied'), 'person', /their Intune role does not allow it.*Ask your Intune admin/u],
  ['a delegated permission', no('denied', { missingScope: 'A.B.All' }), 'person', /delegated permission A\.B\.All/u],
  ['the app’s permission', no('denied'), 'app', /whether Device Desk has Device/u],
  ['consent', no('consentMissing'), 'person', /has not agreed yet.*grant admin consent/u],
  ['a second factor', no('moreSignIn'), 'person', /second factor.*Sign out of Teams/u],
  ['the exchange', no('signInFailed'), 'person', /in Alex Wilber’s name. Nothing was sent.*confirm it once more/u],
])('for want of %s, the words say so', async (_, sent, as, words) => {
  const { why, instead } = refusedByGraph(await worldOf(), proposed, sent, as);
  expect(`${why} ${instead}`).toMatch(words);
  expect(`${why} ${instead}`).not.toContain('for the log');
});

test('a sign-in that opens nothing ends it as refused, with its reason on the card', async () => {
  const { at } = await signedIn('all', { graph: { send: async () => no('consentMissing') } });
  const operation = await at.ask();
  await click(at, operation, assertion);
  expect((await at.now(operation)).state).toMatchObject({ outcome: 'refused', reason: { code: 'consentMissing' } });
});
