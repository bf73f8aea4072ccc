import { people, tenantId } from '../../../src/sandbox/company.ts';
import { startChat } from '../../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../../src/sandbox/chat/server.ts';
import { startTenant } from '../../../src/sandbox/tenant/server.ts';
import { botAudience, readToken } from '../../../src/sandbox/tokens.ts';
import { call, cardAnswer, cardMessage, pathOf, startFakeBot } from './fakeBot.ts';
import type { Heard } from './fakeBot.ts';

type Invoke = {
  action: object;
  trigger: string;
  authentication?: { id: string; connectionName: string; token: string };
};
type Answer = { status?: number; body?: unknown };

let answer: (value: Invoke) => Answer;
let bot: Awaited<ReturnType<typeof startFakeBot>>;
let chat: RunningChat;
let id: string;

const valueOf = ({ value }: Heard) => value as Invoke;
const invokes = () => bot.of('invoke').map(valueOf);
const seen = (viewer: 'megan' | 'alex') => chat.messages('group', viewer).find((one) => one.id === id)!;

beforeEach(async () => {
  answer = ({ authentication }) => (authentication?.token ? cardAnswer(done) : asks(oauthCard));
  bot = await startFakeBot((activity) => (activity.type === 'invoke' ? answer(valueOf(activity)) : undefined));
  chat = await startChat({ botUrl: bot.url });
  await chat.say('alex', 'group', 'lock MBP-042');
  const { body } = await call(chat.serviceUrl, 'POST', pathOf(bot.heard[0]!.conversation.id), cardMessage(question));
  id = body.id;
});
afterEach(async () => {
  await chat.stop();
  await bot.stop();
});

const done = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Locked' }] };
const action = { type: 'Action.Execute', title: 'Lock', verb: 'confirm', data: { op: '7' } };
const question = { type: 'AdaptiveCard', version: '1.5', body: [], actions: [action] };
const oauthCard = {
  text: 'Sign in to lock MBP-042',
  connectionName: 'device-desk',
  tokenExchangeResource: { id: 'exchange-1', uri: botAudience, providerId: 'entra' },
  buttons: [{ type: 'signin', title: 'Sign in', text: 'Sign in', value: 'https://bot.example/sign-in' }],
};
const asks = (value: unknown): Answer => ({
  body: { statusCode: 401, type: 'application/vnd.microsoft.activity.loginRequest', value },
});
const preconditionFailed = {
  body: {
    statusCode: 412,
    type: 'application/vnd.microsoft.error.preconditionFailed',
    value: { code: '412', message: 'no' },
  },
};
const press = () => chat.press('megan', 'group', id, 'Lock');
const notSignedIn = {
  shown: 'failure',
  text: 'You could not be signed in. Please sign in and try again.',
  signIn: { text: 'Sign in to lock MBP-042', title: 'Sign in', url: 'https://bot.example/sign-in' },
};

test.each([
  ['as Teams documents it', oauthCard],
  ['as an attachment', { contentType: 'application/vnd.microsoft.card.oauth', content: oauthCard }],
  [
    'for the scope',
    { ...oauthCard, tokenExchangeResource: { id: 'exchange-1', uri: `${botAudience}/access_as_user` } },
  ],
])('a login request %s is answered by the client itself, with the same invoke', async (_how, card) => {
  answer = ({ authentication }) => (authentication ? cardAnswer(done) : asks(card));
  const pressed = await press();
  expect(pressed).toMatchObject({ shown: 'card', card: done });
  expect(pressed.answers).toHaveLength(2);
  const [first, second] = bot.of('invoke');
  expect(second).toMatchObject({ name: 'adaptiveCard/action', replyToId: id, from: first!.from });
  expect(second!.id).not.toBe(first!.id);
  const { authentication, ...rest } = valueOf(second!);
  expect(rest).toEqual(valueOf(first!));
  expect(authentication).toEqual({ id: 'exchange-1', connectionName: 'device-desk', token: expect.any(String) });
  expect(readToken(authentication!.token)).toMatchObject({
    isGenuine: true,
    claims: { aud: botAudience, tid: tenantId, oid: people.megan.id, name: 'Megan Bowen' },
  });
  expect(seen('megan').card).toEqual(done);
  expect(seen('alex').card).toEqual(question);
});

test('the token is good for on-behalf-of', async () => {
  await press();
  const tenant = await startTenant();
  const response = await fetch(`${tenant.url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: 'any',
      client_secret: 'any',
      assertion: invokes()[1]!.authentication!.token,
      scope: 'https://graph.microsoft.com/.default',
      requested_token_use: 'on_behalf_of',
    }),
  });
  expect(response.status).toBe(200);
  await tenant.stop();
});

test.each<[string, Answer]>([
  ['asks again', asks(oauthCard)],
  ['finds the token no good', preconditionFailed],
])('a bot that %s has the button shown, to the clicker alone, until the next click', async (_what, second) => {
  answer = ({ authentication }) => (authentication ? second : asks(oauthCard));
  expect(await press()).toMatchObject(notSignedIn);
  expect(invokes()).toHaveLength(2);
  expect(seen('megan')).toMatchObject({ error: notSignedIn.text, signIn: notSignedIn.signIn, working: false });
  expect(seen('alex')).not.toHaveProperty('signIn');
  answer = () => cardAnswer(done);
  await press();
  expect(seen('megan')).not.toHaveProperty('signIn');
});

test.each<[string, object]>([
  ['for another app', { tokenExchangeResource: { id: 'x', uri: 'api://botid-other' } }],
  ['without a resource', { tokenExchangeResource: undefined }],
  ['without its id', { tokenExchangeResource: { uri: botAudience } }],
])('for a login request %s there is no token', async (_what, changed) => {
  answer = ({ authentication }) => (authentication ? cardAnswer(done) : asks({ ...oauthCard, ...changed }));
  expect(await press()).toMatchObject(notSignedIn);
  expect(invokes().map(({ authentication }) => authentication)).toEqual([undefined, undefined]);
});

test('noSignIn: the invoke is repeated without a token, and fails if it is asked for again', async () => {
  await fetch(`${chat.url}/api/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ noSignIn: true }),
  });
  expect(await press()).toMatchObject(notSignedIn);
  expect(invokes()).toEqual([invokes()[0], invokes()[0]]);
  chat.faults.noSignIn = false;
  expect(await press()).toMatchObject({ shown: 'card' });
});

test.each<[string, Answer]>([
  ['of HTTP 401', { ...asks(oauthCard), status: 401 }],
  ['without a card', asks(null)],
  ['of 412 that nobody was asked for', preconditionFailed],
])('an answer %s is a failure like any other', async (_what, said) => {
  answer = () => said;
  expect(await press()).toMatchObject({ shown: 'failure', text: 'Something went wrong. Please try again.' });
  expect(invokes()).toHaveLength(1);
});

test('a click that is delivered twice is signed in once', async () => {
  chat.faults.invokeTwice = 'newId';
  expect((await press()).answers).toHaveLength(3);
  expect(invokes().filter(({ authentication }) => authentication)).toHaveLength(1);
});
