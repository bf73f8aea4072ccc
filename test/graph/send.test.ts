import { ClientSecretCredential } from '@azure/identity';
import type { GraphRequest } from '../../src/model/action.ts';
import { badRequest, fakeGraph, type Fake, type Reply } from './fake-graph.ts';

let fake: Fake;
afterEach(() => fake.stop());

const lock: GraphRequest = { method: 'POST', version: 'v1.0', path: '/deviceManagement/managedDevices/d-1/remoteLock' };
const forbidden = (message: string, headers: Record<string, string> = {}): Reply => ({
  status: 403,
  headers,
  body: { error: { code: 'Forbidden', message } },
});

test('is accepted, with the body as data', async () => {
  fake = await fakeGraph(() => ({}));
  const body = {
    configurationManagerAction: { '@odata.type': 'microsoft.graph.configurationManagerAction', action: 'quickScan' },
  };
  const path = '/deviceManagement/managedDevices/d-1/triggerConfigurationManagerAction';
  expect(await fake.graph.send({ method: 'POST', version: 'beta', path, body })).toEqual({
    is: 'accepted',
    requestId: 'graphs-own-id',
  });
  expect(fake.seen).toMatchObject([
    { method: 'POST', raw: `/beta${path}`, body, headers: { 'content-type': 'application/json' } },
  ]);
});

test('has no body where the request has none', async () => {
  fake = await fakeGraph(() => ({}));
  await fake.graph.send(lock);
  expect(fake.seen[0]?.body).toBeUndefined();
});

test.each<[string, Reply, object]>([
  [
    'a platform that cannot',
    badRequest('{"Message":"An error has occurred - Operation ID: 1"}'),
    { is: 'refused', why: 'badRequest', message: '400 BadRequest: An error has occurred' },
  ],
  [
    'a missing scope',
    forbidden('must have one of the following scopes: A.PrivilegedOperations.All - Operation ID x'),
    { is: 'refused', why: 'denied', missingScope: 'A.PrivilegedOperations.All' },
  ],
  ['no token accepted', { status: 401 }, { is: 'refused', why: 'denied' }],
  [
    'approval asked for',
    forbidden('ApprovalRequired', { 'x-msft-approval-code': 'a1' }),
    { is: 'refused', why: 'approvalRequired' },
  ],
  [
    'approval not justified',
    badRequest("Header 'x-msft-approval-justification' is required to request approval"),
    { is: 'refused', why: 'approvalRequired' },
  ],
  ['a device that is gone', { status: 404 }, { is: 'refused', why: 'notFound' }],
  [
    'throttled',
    { status: 429, headers: { 'retry-after': '2.128' } },
    { is: 'refused', why: 'throttled', retryAfterMs: 2128 },
  ],
  ['throttled without a time', { status: 429 }, { is: 'refused', why: 'throttled' }],
  ['a device that is gone for good', { status: 410 }, { is: 'refused', why: 'notFound' }],
  ['a conflict', { status: 409 }, { is: 'refused', why: 'busy' }],
  ['a lock', { status: 423, headers: { 'retry-after': '5' } }, { is: 'refused', why: 'busy', retryAfterMs: 5_000 }],
  ['too early', { status: 425 }, { is: 'refused', why: 'busy' }],
  ['a precondition', { status: 412 }, { is: 'refused', why: 'badRequest' }],
  ['a time-out on the way', { status: 408 }, { is: 'unsure', requestId: 'graphs-own-id' }],
  ['a gateway whose client hung up', { status: 499 }, { is: 'unsure' }],
  ['507', { status: 507 }, { is: 'unsure' }],
  ['500', { status: 500 }, { is: 'unsure', requestId: 'graphs-own-id' }],
  ['502 with a page of HTML', { status: 502, body: '<html>' }, { is: 'unsure' }],
  ['503 with a time', { status: 503, headers: { 'retry-after': '1' } }, { is: 'unsure' }],
  ['504', { status: 504 }, { is: 'unsure' }],
  ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:1/' } }, { is: 'unsure' }],
  ['a broken line', { breaks: true }, { is: 'unsure' }],
  ['silence', { silent: true }, { is: 'unsure', message: 'TimeoutError' }],
])('%s: sent once, and told as it is', async (_, reply, sent) => {
  fake = await fakeGraph(() => reply);
  expect(await fake.open({ timeoutMs: reply.silent ? 40 : 5_000 }).send(lock)).toMatchObject(sent);
  expect(fake.seen).toHaveLength(1);
  expect(fake.waits).toEqual([]);
});

test('a write has a connection of its own: on a kept one, Graph may hang up just then', async () => {
  fake = await fakeGraph(({ reused, method }) => {
    if (reused) return { breaks: true };
    return method === 'GET' ? { body: { value: [] } } : {};
  });
  await fake.graph.devicesOf('u-1', 'a@b.c');
  expect(await fake.graph.send(lock)).toMatchObject({ is: 'accepted' });
  expect(await fake.graph.send(lock)).toMatchObject({ is: 'accepted' });
  expect(fake.seen.map(({ reused }) => reused)).toEqual([false, false, false]);
});

test('nobody there: refused, because it never left', async () => {
  fake = await fakeGraph(() => undefined);
  await fake.stop();
  expect(await fake.graph.send(lock)).toMatchObject({ is: 'refused', why: 'unreachable', message: 'ECONNREFUSED' });
});

test('an unknown host: refused, because it never left', async () => {
  fake = await fakeGraph(() => undefined);
  const sent = await fake.open({ baseUrl: 'http://nowhere.invalid' }).send(lock);
  expect(sent).toMatchObject({ is: 'refused', why: 'unreachable' });
});

const thrown = (name: string, message: string) => () => Promise.reject(Object.assign(new Error(message), { name }));
test.each<[string, () => Promise<never> | Promise<null>, string]>([
  [
    'is refused',
    thrown('AuthenticationError', 'AADSTS7000215: secret hunter2 is invalid'),
    'AuthenticationError AADSTS7000215',
  ],
  [
    'cannot be asked for, as MSAL tells it',
    thrown('CredentialUnavailableError', 'endpoints_resolution_error: See https://aka.ms/hunter2'),
    'CredentialUnavailableError endpoints_resolution_error: the sign-in host cannot be reached',
  ],
  [
    'cannot be asked for, as Node tells it',
    thrown('RestError', 'getaddrinfo ENOTFOUND hunter2.example'),
    'RestError ENOTFOUND: the sign-in host cannot be reached',
  ],
  [
    'has no file',
    thrown('AuthenticationRequiredError', 'ENOENT: no such file, open hunter2'),
    'AuthenticationRequiredError ENOENT',
  ],
  ['is not given', () => Promise.resolve(null), 'the credential gave none'],
  ['never comes', () => new Promise<never>(() => undefined), 'TimeoutError: the sign-in host cannot be reached'],
])('a token that %s: not signed in, nothing sent, and told without secrets', async (_, getToken, told) => {
  fake = await fakeGraph(() => ({}));
  const graph = fake.open({ credential: { getToken }, timeoutMs: 40, readBudgetMs: 40 });
  const message = `no token: ${told}`;
  const sent = await graph.send(lock);
  expect(sent).toMatchObject({ is: 'refused', why: 'notSignedIn', message });
  const read: unknown = await graph.devicesOf('u-1', 'a@b.c').catch((fault: unknown) => fault);
  expect(read).toMatchObject({ reason: 'notSignedIn', message: expect.stringContaining(message) as unknown });
  expect(JSON.stringify([sent, String(read), fake.lines])).not.toContain('hunter2');
  expect([fake.seen, fake.waits]).toEqual([[], []]);
});

test('a sign-in host where nobody is: not signed in, and told as that', async () => {
  fake = await fakeGraph(() => ({}));
  const credential = new ClientSecretCredential('11111111-1111-4111-8111-111111111111', 'c', 'hunter2', {
    authorityHost: 'https://127.0.0.1:1',
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  });
  const sent = await fake.open({ credential }).send(lock);
  expect(sent).toMatchObject({ is: 'refused', why: 'notSignedIn' });
  expect(sent).toHaveProperty('message', expect.stringMatching(/the sign-in host cannot be reached$/));
  expect(fake.seen).toEqual([]);
});

test('a path that leads elsewhere never leaves', async () => {
  const foreign = await fakeGraph(() => ({}));
  fake = await fakeGraph(() => ({}));
  const path = '/https://graph.evil.example/v1.0/x';
  expect(await fake.graph.send({ ...lock, path })).toMatchObject({ is: 'refused', why: 'unreachable' });
  expect([...foreign.seen, ...fake.seen]).toEqual([]);
  await foreign.stop();
});

test("the token asked for is Graph's own", async () => {
  const scopes: unknown[] = [];
  const credential = {
    getToken: (scope: unknown) => Promise.resolve((scopes.push(scope), { token: 'the-token', expiresOnTimestamp: 0 })),
  };
  fake = await fakeGraph(() => ({}));
  await fake.open({ credential }).send(lock);
  expect(scopes).toEqual([`${fake.url}/.default`]);
});
