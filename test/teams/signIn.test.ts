import type { Answered } from '../../src/doors.ts';
import type { SignIn } from '../../src/teams/signIn.ts';
import { Framework, tenantId } from './framework.ts';
import { activity, channel, click, deferred, open, post, type House } from './house.ts';

const clientId = '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001';
const resource = `api://botid-${clientId}`;
const signIn: SignIn = { resource, connection: 'entra', audiences: [resource, clientId] };
const megan = '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2002';

let framework: Framework;
let house: House;
beforeEach(async () => {
  framework = new Framework();
  await framework.start();
  house = await open(framework, { signIn });
});
afterEach(async () => {
  await house.teams.stop();
  await framework.stop();
});

const action = { type: 'Action.Execute', verb: 'confirm', data: { operation: 'o1', token: 't1' } };
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: object = {}) =>
  `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ aud: resource, tid: tenantId, oid: megan, ...claims })}.c2lnbmVk`;
const press = (value: object = {}, more: object = {}) =>
  post(house, click(framework, action, { value: { action, trigger: 'manual', ...value }, ...more }), {
    authorization: framework.token(),
  });
const bring = (token: unknown, more: object = {}) =>
  press({ authentication: { id: 'x', connectionName: 'entra', token }, ...more });
const asking: Answered = { signIn: true, content: { text: 'this Teams app cannot' }, audience: 'clicker' };
const logged = () => JSON.stringify(house.log.lines);

test('a click that needs it is answered with a request to sign in, which no proxy takes for an error', async () => {
  house.desk.button = () => Promise.resolve(asking);
  const { status, body } = await press();
  expect(status).toBe(200);
  expect(body).toEqual({
    statusCode: 401,
    type: 'application/vnd.microsoft.activity.loginRequest',
    value: {
      text: 'Teams signs you in, so that this is done in your own name.',
      connectionName: 'entra',
      tokenExchangeResource: { id: expect.stringMatching(/^[0-9a-f-]{36}$/u) as unknown, uri: resource },
      buttons: [],
    },
  });
  expect(framework.calls).toEqual([]);
});

test.each([
  ['as version 1 of Entra’s tokens names us', {}],
  ['as version 2 does', { aud: clientId }],
  ['with GUIDs in capitals', { oid: megan.toUpperCase(), tid: tenantId.toUpperCase() }],
])('the click comes again with the token, %s, and the desk gets it beside what was pressed', async (_, claims) => {
  const token = jwt(claims);
  expect(await bring(token)).toMatchObject({ status: 200, body: { statusCode: 200, value: 'done' } });
  const [pressed] = house.desk.pressed;
  expect(pressed?.assertion).toBe(token);
  const { assertion: _assertion, ...rest } = pressed ?? {};
  expect(JSON.stringify(rest)).not.toContain(token);
  expect(logged()).not.toContain(token);
});

test.each<[string, unknown, string, RegExp]>([
  ['of somebody else', jwt({ oid: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2003' }), 'person', /somebody else/u],
  ['of another tenant', jwt({ tid: '7a6a3f77-6d9e-4d5e-8a8b-0d6f5f3c2009' }), 'person', /somebody else/u],
  ['of nobody', jwt({ oid: undefined }), 'person', /somebody else/u],
  ['for another app', jwt({ aud: 'api://other' }), 'audience', /another app/u],
  ['for several apps', jwt({ aud: [resource, 'api://other'] }), 'audience', /another app/u],
  ['that is no JWT', 'hunter2', 'unreadable', /could not use the sign-in/u],
  ['that is none inside', 'a.b.c', 'unreadable', /could not use the sign-in/u],
  ['that is a list', `a.${part([])}.c`, 'unreadable', /could not use the sign-in/u],
  ['that is empty', '', 'unreadable', /could not use the sign-in/u],
  ['that is no text', { token: 'x' }, 'unreadable', /could not use the sign-in/u],
  ['that is far too long', jwt({ groups: 'x'.repeat(20_000) }), 'unreadable', /could not use the sign-in/u],
])('a token %s does nothing, and the clicker is told under the card', async (_, token, why, words) => {
  const { status, body } = await bring(token);
  expect(status).toBe(200);
  expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.activity.message' });
  expect(body['value']).toMatch(words);
  expect(house.desk.pressed).toEqual([]);
  expect(house.log.lines).toContainEqual({ level: 'warn', facts: { why }, message: 'a sign-in could not be used' });
  expect(logged()).not.toContain(typeof token === 'string' && token ? token : 'hunter2');
});

test('a sign-in code is not taken for anything', async () => {
  const { body } = await press({ state: '123456' });
  expect(body['value']).toMatch(/cannot use a sign-in code/u);
  expect(house.desk.pressed).toEqual([]);
});

test('a token in the data, where a card could put it, is none', async () => {
  const data = { ...action.data, assertion: jwt(), authentication: { token: jwt() } };
  await press({ action: { ...action, data } });
  expect(house.desk.pressed[0]).not.toHaveProperty('assertion');
});

test('a refresh never signs in: what it brings goes no further', async () => {
  await bring(jwt({ oid: 'somebody' }), { trigger: 'automatic' });
  await bring(jwt(), { trigger: 'automatic' });
  expect(house.desk.pressed.map(({ automatic, assertion }) => [automatic, assertion])).toEqual([
    [true, undefined],
    [true, undefined],
  ]);
});

test('an old client, which cannot sign in, is told so in a message', async () => {
  house.desk.button = () => Promise.resolve(asking);
  const value = { verb: 'confirm', operation: 'o1', authentication: { token: jwt() } };
  await post(house, activity(framework, { text: '', value, replyToId: 'card-1' }), {
    authorization: framework.token(),
  });
  await framework.until((calls) => calls.length === 1);
  expect(framework.calls[0]?.body['text']).toBe('this Teams app cannot');
  expect(house.desk.pressed[0]).not.toHaveProperty('assertion');
});

test('a request to sign in that comes too late becomes a word to press again, and not that it cannot be done', async () => {
  const work = deferred<Answered>();
  house.desk.button = () => work.promise;
  const answer = press({}, channel);
  await house.desk.until(() => house.desk.pressed.length === 1);
  house.time.pass(2_500);
  expect((await answer).body).toMatchObject({ statusCode: 200 });
  work.resolve(asking);
  await framework.until((calls) => calls.length === 1);
  expect(framework.calls[0]?.body['text']).toMatch(/Press the button again/u);
});

test('where no sign-in is set up, a token goes no further, and nobody is asked for one', async () => {
  await house.teams.stop();
  house = await open(framework);
  house.desk.button = () => Promise.resolve(asking);
  expect((await bring(jwt())).body).toMatchObject({ statusCode: 200, value: 'this Teams app cannot' });
  expect(house.desk.pressed[0]).not.toHaveProperty('assertion');
});
