import { people, tenantId } from '../../../src/sandbox/company.ts';
import { assertionFor, botAudience, graphAudience } from '../../../src/sandbox/tokens.ts';
import { devicePath, openBench, start } from './tenant-client.ts';
import type { Bench, Reply } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

const megans = assertionFor(people.megan, start);
const post = (path: string, body: object) =>
  fetch(bench.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const entra = (error: string, code: number) => ({
  error,
  error_codes: [code],
  error_description: expect.stringMatching(
    new RegExp(`^AADSTS${code}: .+ Trace ID: .+ Timestamp: 2026-07-01 09:00:00Z$`),
  ),
});

test("a person's assertion becomes an access token for Graph", async () => {
  const { status, headers, body } = await bench.token(megans);
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(body).toEqual({
    token_type: 'Bearer',
    scope: 'https://graph.microsoft.com/.default',
    expires_in: 3600,
    ext_expires_in: 3600,
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  });
});

test.each([
  [
    'federation in place of a secret',
    {
      client_secret: undefined,
      client_assertion: 'a.b.c',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    },
  ],
  ['single scopes', { scope: 'https://graph.microsoft.com/DeviceManagementManagedDevices.Read.All offline_access' }],
])('takes %s', async (_what, changed) => {
  expect((await bench.token(megans, changed)).status).toBe(200);
});

test.each<[string, string, number, string, number]>([
  ['for somebody else', assertionFor(people.megan, start, { aud: graphAudience }), 400, 'invalid_grant', 500131],
  ['signed by nobody', `${megans.slice(0, megans.lastIndexOf('.'))}.AAAA`, 400, 'invalid_grant', 50013],
  ['with a claim changed after signing', swapped(), 400, 'invalid_grant', 50013],
  ['that is over', assertionFor(people.megan, start - 3_600_000), 400, 'invalid_grant', 500133],
  ['without an end', assertionFor(people.megan, start, { exp: Number.NaN }), 400, 'invalid_grant', 500133],
  ['of another tenant', assertionFor(people.megan, start, { tid: 'elsewhere' }), 400, 'invalid_grant', 50020],
  [
    'of another issuer',
    assertionFor(people.megan, start, { iss: 'https://evil.example' }),
    400,
    'invalid_grant',
    50020,
  ],
  ['about nobody', assertionFor(people.megan, start, { oid: 'nobody' }), 400, 'invalid_grant', 50034],
  ['of a guest', assertionFor(people.patti, start), 400, 'invalid_grant', 50105],
  ['that is no token', 'sandbox', 400, 'invalid_request', 50027],
])('refuses an assertion %s', async (_what, assertion, status, error, code) => {
  const reply = await bench.token(assertion);
  expect(reply.status).toBe(status);
  expect(reply.body).toMatchObject(entra(error, code));
});

/** Alex's claims under Megan's signature. */
function swapped(): string {
  const [head, , signature] = megans.split('.');
  return [head, assertionFor(people.alex, start).split('.')[1], signature].join('.');
}

test.each<[string, Record<string, string | undefined>, number, string, number]>([
  ['no grant type', { grant_type: undefined }, 400, 'invalid_request', 900144],
  ['another grant', { grant_type: 'client_credentials' }, 400, 'unsupported_grant_type', 70003],
  ['no client', { client_id: undefined }, 400, 'invalid_request', 900144],
  ['no secret', { client_secret: undefined }, 401, 'invalid_client', 7000218],
  ['an assertion of no type', { client_secret: undefined, client_assertion: 'a' }, 400, 'invalid_request', 900144],
  ['no scope', { scope: undefined }, 400, 'invalid_request', 900144],
  ["another API's scope", { scope: 'https://vault.azure.net/.default' }, 400, 'invalid_scope', 70011],
  ['no resource', { scope: 'openid' }, 400, 'invalid_scope', 70011],
  ['no use', { requested_token_use: undefined }, 400, 'invalid_request', 900144],
  ['another use', { requested_token_use: 'logon_cert' }, 400, 'invalid_request', 90023],
])('refuses %s', async (_what, changed, status, error, code) => {
  const reply = await bench.token(megans, changed);
  expect(reply.status).toBe(status);
  expect(reply.body).toMatchObject(entra(error, code));
});

test('knows its own tenant only, and a form only', async () => {
  expect((await bench.token(megans, {}, 'elsewhere')).body).toMatchObject(entra('invalid_request', 90002));
  const json = await post(`/${tenantId}/oauth2/v2.0/token`, { grant_type: 'x' });
  expect(json.status).toBe(400);
  expect(await json.json()).toMatchObject({ error: 'invalid_request' });
});

test('without consent nobody is acted for, until it is given again or the day begins anew', async () => {
  expect((await post('/_sandbox/consent', { given: false })).status).toBe(204);
  const refused = await bench.token(megans);
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ ...entra('invalid_grant', 65001), suberror: 'consent_required' });
  await post('/_sandbox/reset', {});
  expect((await bench.token(megans)).status).toBe(200);
  bench.consent(false);
  expect(await (await fetch(`${bench.url}/_sandbox/consent`)).json()).toEqual({ given: false });
  bench.consent(true);
  expect((await bench.token(megans)).status).toBe(200);
  expect((await post('/_sandbox/consent', { given: 'no' })).status).toBe(400);
});

describe('in a person’s name', () => {
  const select = `${devicePath('MBP-042')}?$select=id`;
  const owner = `/v1.0/users/${people.adele.id}`;
  const report = '/beta/deviceManagement/reports/getConfigurationPoliciesReportForDevice';

  test.each<[keyof typeof people, number, number]>([
    ['alex', 200, 204],
    ['megan', 200, 204],
    ['isaiah', 200, 403],
    ['lynne', 403, 403],
    ['debra', 403, 403],
  ])('%s reads devices: %i, and locks: %i', async (who, read, lock) => {
    const graph = await bench.as(who);
    expect((await graph.get(`/beta${select}`)).status).toBe(read);
    expect((await graph.get('/v1.0/deviceManagement/virtualEndpoint/cloudPCs')).status).toBe(read);
    const statuses = [(await graph.post(report, {})).status, (await graph.get(owner)).status];
    expect(statuses).toEqual([read === 403 ? 403 : 400, 200]);
    const reply = await graph.post(`/v1.0${devicePath('MBP-042')}/remoteLock`);
    expect(reply.status).toBe(lock);
    if (lock === 403) expect(saysNothing(reply)).toBe('Forbidden');
    expect(await bench.results('MBP-042')).toHaveLength(lock === 204 ? 1 : 0);
  });

  test('each request tells in whose name it came, those of a batch too', async () => {
    const graph = await bench.as('isaiah');
    await bench.get('/v1.0/organization');
    await graph.get('/v1.0/organization');
    const headers = { 'Content-Type': 'application/json' };
    const lock = { id: '1', method: 'POST', url: `${devicePath('MBP-042')}/remoteLock`, headers, body: {} };
    const { body } = await graph.post('/v1.0/$batch', { requests: [lock] });
    expect(body).toMatchObject({ responses: [{ id: '1', status: 403 }] });
    await bench.call('/v1.0/organization', { headers: { Authorization: 'Bearer wrong' } });
    expect(bench.requests().map(({ as }) => as)).toEqual([
      'app',
      people.isaiah.id,
      people.isaiah.id,
      people.isaiah.id,
      undefined,
    ]);
    const told = await (await fetch(`${bench.url}/_sandbox/requests`)).text();
    expect(told).not.toContain('eyJ');
  });

  test('nobody but a batch of the tenant itself says by a header who calls', async () => {
    const headers = { 'x-sandbox-batch-as': people.megan.id, Authorization: 'Bearer wrong' };
    expect((await bench.call('/v1.0/organization', { headers })).status).toBe(401);
  });

  test.each([
    ['the assertion itself', megans, 'Invalid audience'],
    ['one of another signature', `${megans}x`, 'Invalid audience'],
  ])('no token: %s', async (_what, token, text) => {
    const reply = await bench.call('/v1.0/organization', { headers: { Authorization: `Bearer ${token}` } });
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ error: { message: expect.stringContaining(text) } });
  });

  test('an access token lasts an hour', async () => {
    const graph = await bench.as('megan');
    bench.pass(3_599_000);
    expect((await graph.get('/v1.0/organization')).status).toBe(200);
    bench.pass(1_000);
    const reply = await graph.get('/v1.0/organization');
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject({ error: { message: expect.stringContaining('expired') } });
  });
});

test('an assertion can be had from the control plane', async () => {
  const ask = (person: string) => fetch(`${bench.url}/_sandbox/assertion?person=${encodeURIComponent(person)}`);
  const { assertion } = (await (await ask(people.megan.userPrincipalName)).json()) as { assertion: string };
  expect((await bench.token(assertion)).status).toBe(200);
  const claims = JSON.parse(Buffer.from(assertion.split('.')[1]!, 'base64url').toString());
  expect(claims).toMatchObject({ aud: botAudience, tid: tenantId, oid: people.megan.id, name: 'Megan Bowen' });
  expect((await ask('nobody')).status).toBe(404);
});

/** The code of an Intune error that gives no reason. */
function saysNothing({ body }: Reply): string {
  const { error } = body as { error: { code: string; message: string } };
  expect(JSON.parse(error.message)).toMatchObject({ Message: expect.stringMatching(/^An error has occurred - Op/) });
  return error.code;
}
