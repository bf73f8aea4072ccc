import { createTeams } from '../../src/teams/server.ts';
import { appId, Framework, tenantId } from './framework.ts';
import { activity, channel, open, ours, post, type House } from './house.ts';

let framework: Framework;
let house: House;

beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined); // the SDK prints every bad token
  framework = new Framework();
  await framework.start();
  house = await open(framework);
});

afterEach(async () => {
  await house.teams.stop();
  await framework.stop();
  jest.restoreAllMocks();
});

const said = async (token: string, more: Record<string, unknown> = {}) =>
  post(house, activity(framework, more), token === '' ? {} : { authorization: token });

const now = () => Math.floor(Date.now() / 1000);

const otherApp = '11111111-1111-4111-8111-111111111111';
/** Bots that call others as skills get their tokens from Entra, not from the Bot Framework. */
const skill = { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', ver: '1.0' };
const unauthorized = { status: 401, text: '{"code":"Unauthorized"}', body: { code: 'Unauthorized' } };

describe('the token', () => {
  test('a good one reaches the desk, also twice', async () => {
    const token = framework.token();
    expect((await said(token)).status).toBe(200);
    expect((await said(token)).status).toBe(200);
    await house.desk.until(() => house.desk.heard.length === 2);
    expect(house.desk.heard[0]?.person).toEqual({
      id: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2002',
      tenantId,
      name: 'Megan Bowen',
      chatId: '29:megan',
    });
  });

  test.each<[string, (f: Framework) => string]>([
    ['is missing', () => ''],
    ['is garbage', () => 'Bearer garbage'],
    ['is garbage in three parts', () => 'Bearer a.b.c'],
    ['has another scheme', (f) => f.token().replace('Bearer', 'Basic')],
    ['is for another app', (f) => f.token({ aud: '11111111-1111-4111-8111-111111111111' })],
    ['is from another issuer', (f) => f.token({ iss: 'https://evil.example' })],
    ['names another service URL', (f) => f.token({ serviceurl: 'https://evil.example/' })],
    ['names no service URL', (f) => f.token({ serviceurl: undefined })],
    ['expired 6 minutes ago', (f) => f.token({ exp: now() - 360 })],
    ['is signed by nobody', (f) => f.token({}, { alg: 'none' })],
    ['is signed with an unknown key', (f) => f.token({}, { kid: 'k2' })],
    ['was tampered with', (f) => tampered(f.token())],
    [
      'comes from a skill',
      (f) =>
        f.token({
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          ver: '1.0',
          appid: 'x',
          aud: 'y',
        }),
    ],
    ['is not good before 6 minutes from now', (f) => f.token({ nbf: now() + 360, exp: now() + 720 })],
    ['never expires', (f) => f.token({ exp: undefined })],
    ['names no app', (f) => f.token({ aud: undefined })],
    ['names no key', (f) => f.token({}, { kid: undefined })],
    ['is signed with our public key as a shared secret', (f) => f.shared()],
    ['is signed by a stranger with the right key id', (f) => f.forged()],
    ['comes from a skill that calls us by our id', (f) => f.token({ ...skill, aud: appId, appid: otherApp })],
    ['comes from a skill that is called by our id', (f) => f.token({ ...skill, aud: otherApp, appid: appId })],
    [
      'comes from an emulator',
      (f) =>
        f.token({
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          ver: '1.0',
          appid: appId,
          serviceurl: undefined,
        }),
    ],
  ])('that %s is refused with 401 and no reason', async (_, make) => {
    const answer = await said(make(framework));
    expect(answer).toEqual(unauthorized);
    await house.teams.stop(); // whatever was to reach the desk has reached it then
    expect(house.desk.heard).toHaveLength(0);
  });

  test('that expired 4 minutes ago is still good: clocks differ', async () => {
    expect((await said(framework.token({ exp: now() - 240 }))).status).toBe(200);
  });

  test('of a key that does not vouch for Teams is refused', async () => {
    framework.endorsements = ['webchat'];
    expect(await said(framework.token())).toEqual(unauthorized);
  });

  test.each(['webchat', 'emulator', 'AseChannel', '', undefined])(
    'for the channel %p is refused',
    async (channelId) => {
      expect(await said(framework.token(), { channelId })).toEqual(unauthorized);
    },
  );

  test('is not judged while the keys cannot be had', async () => {
    framework.metadataStatus = 500;
    const text = '{"code":"ServiceUnavailable"}';
    expect(await said(framework.token())).toEqual({ status: 503, text, body: { code: 'ServiceUnavailable' } });
    framework.metadataStatus = 200;
    expect((await said(framework.token())).status).toBe(200);
  });

  test('is judged with keys that are fetched once, however many come at once', async () => {
    const tokens = Array.from({ length: 12 }, (_, nth) => framework.token({ nth }));
    const answers = await Promise.all(tokens.map((token) => said(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect((await said(framework.token())).status).toBe(200);
    expect(framework.keysFetched).toBe(1);
  });

  test('of others is judged by itself, also while the first one waits for the keys', async () => {
    const [good, bad] = await Promise.all([said(framework.token()), said(tampered(framework.token()))]);
    expect([good.status, bad.status]).toEqual([200, 401]);
  });
});

describe('the person', () => {
  const foreign = '99999999-9999-4999-8999-999999999999';
  test.each<[string, Record<string, unknown>]>([
    ['conversation', { conversation: { conversationType: 'personal', tenantId: foreign, id: 'a:megan' } }],
    ['channelData', { channelData: { tenant: { id: foreign } } }],
    ['conversation, which names none', { conversation: { conversationType: 'personal', id: 'a:megan' } }],
    ['channelData, which names none', { channelData: {} }],
    ['channelData, which is none', { channelData: 'x' }],
  ])('of a foreign tenant by %s is turned away in silence', async (_, more) => {
    for (const type of ['message', 'invoke', 'installationUpdate']) {
      const answer = await said(framework.token(), { type, ...more });
      expect(answer).toEqual({ status: 403, text: '{"code":"Forbidden"}', body: { code: 'Forbidden' } });
    }
    expect(house.desk.heard).toHaveLength(0);
    expect(framework.calls).toHaveLength(0);
    expect(house.log.lines.every((line) => line.level === 'warn')).toBe(true);
  });

  test('tenant ids are compared without regard to case', async () => {
    const upper = tenantId.toUpperCase();
    const more = {
      conversation: { conversationType: 'personal', tenantId: upper, id: 'a:megan' },
      channelData: { tenant: { id: upper } },
    };
    await said(framework.token(), more);
    await house.desk.until(() => house.desk.heard.length === 1);
    expect(house.desk.heard[0]?.person.tenantId).toBe(tenantId);
  });

  test('without an Entra object id hears why, and gets no further', async () => {
    const from = { id: '29:guest', name: 'Anonymous' };
    expect((await said(framework.token(), { from })).status).toBe(200);
    await framework.until((calls) => calls.length === 1);
    expect(framework.calls[0]?.body['text']).toBe('I only work with people of this organisation.');
    const clicked = await said(framework.token(), { from, type: 'invoke', name: 'adaptiveCard/action' });
    expect(clicked.body['value']).toBe('I only work with people of this organisation.');
    await said(framework.token(), { from, type: 'installationUpdate', action: 'add' });
    await house.teams.stop();
    expect([house.desk.heard, house.desk.pressed, house.desk.arrivals].flat()).toHaveLength(0);
  });

  test('that is a bot is ignored, ourselves included', async () => {
    await said(framework.token(), { from: { id: '28:other', aadObjectId: 'x', role: 'bot' } });
    await said(framework.token(), { from: { id: `28:${appId}`, aadObjectId: 'x' } });
    await house.teams.stop();
    expect(house.desk.heard).toHaveLength(0);
  });
});

test('outbound calls carry our own token and keep the thread', async () => {
  await said(framework.token(), channel);
  await house.desk.until(() => house.desk.heard.length === 1);
  const place = house.desk.heard[0]?.place;
  expect(place?.kind).toBe('channel');
  await house.teams.messenger.post(place!, { text: 'hello' });
  expect(framework.calls[0]?.authorization).toBe('Bearer https://scope.example/.default');
  expect(decodeURIComponent(framework.calls[0]?.path ?? '')).toBe(
    '/v3/conversations/19:abc@thread.tacv2;messageid=1795/activities',
  );
});

describe('without authentication', () => {
  const options = {
    authentication: { is: 'off' as const },
    tenantIds: [tenantId],
    port: 0,
    clock: { now: () => 0 },
    health: { ready: () => Promise.resolve({ ok: true, reasons: {} }) },
  };

  test.each(['0.0.0.0', '::', '10.0.0.4', 'example.com'])('%s is not listened to', (host) => {
    expect(() => createTeams({ ...options, host, log: house.log })).toThrow('loopback');
  });

  test('this machine is served, and no other service URL or host name', async () => {
    const local = await open(framework, { ...options, overrides: undefined, host: '127.0.0.1' });
    expect((await post(local, activity(framework))).status).toBe(200);
    await local.desk.until(() => local.desk.heard.length === 1);
    expect((await post(local, activity(framework, { serviceUrl: 'https://evil.example/' }))).status).toBe(403);
    expect((await post(local, activity(framework, { channelId: 'emulator' }))).status).toBe(401);
    await local.teams.messenger.post(local.desk.heard[0]!.place, { text: 'hello' });
    expect(framework.calls).toHaveLength(1);
    await local.teams.stop();
  });
});

test('an empty client id or tenant is no way to switch authentication off', () => {
  const open = (clientId: string, tenantIds: string[]) => () =>
    createTeams({
      authentication: { is: 'on', credentials: { clientId, tokens: ours } },
      tenantIds,
      host: '0.0.0.0',
      port: 0,
      clock: { now: () => 0 },
      log: house.log,
      health: { ready: () => Promise.resolve({ ok: true, reasons: {} }) },
    });
  expect(open('', [tenantId])).toThrow('client id');
  expect(open(appId, [])).toThrow('tenant');
  expect(open(appId, [''])).toThrow('tenant');
});

function tampered(token: string): string {
  const [head, payload = '', signature] = token.replace('Bearer ', '').split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const other = Buffer.from(JSON.stringify({ ...claims, extra: 1 })).toString('base64url');
  return `Bearer ${String(head)}.${other}.${String(signature)}`;
}
