import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onBehalfOf, type OnBehalfOfSettings } from '../../src/graph/onBehalfOf.ts';
import type { GraphRequest } from '../../src/model/action.ts';
import { people, tenantId as sandboxTenantId } from '../../src/sandbox/company.ts';
import { startTenant, type RunningTenant } from '../../src/sandbox/tenant/server.ts';
import { assertionFor } from '../../src/sandbox/tokens.ts';
import { selfSigned } from './certificate.ts';
import { fakeEntra, tenantId, type Entra } from './fake-entra.ts';
import { fakeGraph, type Fake } from './fake-graph.ts';

const clientId = '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001';
const assertion = 'hunter2.persons.assertion';
const lock: GraphRequest = { method: 'POST', version: 'v1.0', path: '/deviceManagement/managedDevices/d-1/remoteLock' };

let folder: string;
let fake: Fake;
let entra: Entra | undefined;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'device-desk-'))));
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => void (fake = await fakeGraph(() => ({}))));
afterEach(async () => {
  await Promise.all([fake.stop(), entra?.stop()]);
  entra = undefined;
});

type Answer = Parameters<typeof fakeEntra>[0];
type Proof = Record<string, unknown> & { readonly is: OnBehalfOfSettings['is'] };

/** Sends as a person, with this proof of the app's, past an Entra that answers so. */
async function sendPast(answer: Answer, proof: Proof = { is: 'clientSecret', clientSecret: 'hunter2-secret' }) {
  entra = await fakeEntra(answer);
  const settings = { ...proof, tenantId, clientId, loginHost: entra.url } as unknown as OnBehalfOfSettings;
  return fake.open({ onBehalfOf: onBehalfOf(settings, entra.overrides) }).send(lock, assertion);
}

const exchange = {
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  requested_token_use: 'on_behalf_of',
  assertion,
};
const said = () => JSON.stringify(fake.lines);

describe('in a tenant', () => {
  test('the person’s token is exchanged for Graph’s, with the app’s secret, and is what Graph is called with', async () => {
    expect(await sendPast('the-token')).toMatchObject({ is: 'accepted' });
    expect(entra?.forms).toHaveLength(1);
    expect(entra?.forms[0]).toMatchObject({ ...exchange, client_id: clientId, client_secret: 'hunter2-secret' });
    expect(entra?.forms[0]?.['scope']?.split(' ')).toContain(`${fake.url}/.default`);
    expect(fake.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer the-token']);
    expect(said()).not.toMatch(/hunter2|the-token/u);
  });

  test('no token is kept: the next click is exchanged anew', async () => {
    entra = await fakeEntra('the-token');
    const settings = { is: 'clientSecret', clientSecret: 's', tenantId, clientId, loginHost: entra.url } as const;
    const graph = fake.open({ onBehalfOf: onBehalfOf(settings, entra.overrides) });
    await graph.send(lock, 'one.person.signed');
    await graph.send(lock, 'another.person.signed');
    await graph.send(lock, 'one.person.signed');
    expect(entra.forms.map((form) => form['assertion'])).toEqual([
      'one.person.signed',
      'another.person.signed',
      'one.person.signed',
    ]);
  });

  test.each([undefined, 'hunter2-password'])('the app is proved by its certificate, password: %s', async (password) => {
    const { certificate, key } = selfSigned(password);
    const certificatePath = join(folder, 'app.pem');
    await writeFile(certificatePath, certificate + key);
    const secret = password === undefined ? {} : { certificatePassword: password };
    expect(await sendPast('the-token', { is: 'certificate', certificatePath, ...secret })).toMatchObject({
      is: 'accepted',
    });
    const form = entra?.forms[0] ?? {};
    expect(form).toMatchObject({
      ...exchange,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    const [head = '', body = '', signature = ''] = (form['client_assertion'] ?? '').split('.');
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    const { raw, publicKey } = new X509Certificate(certificate);
    const thumbprint = createHash('sha256').update(raw).digest('base64url');
    expect(read(head)).toMatchObject({ alg: 'PS256', 'x5t#S256': thumbprint });
    expect(read(body)).toMatchObject({
      iss: clientId,
      sub: clientId,
      aud: `${entra?.url ?? ''}/${tenantId}/oauth2/v2.0/token`,
    });
    const pss = { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const signed = Buffer.from(`${head}.${body}`);
    expect(verify('sha256', signed, pss, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  test('the app is proved by the token that the platform wrote', async () => {
    const tokenFilePath = join(folder, 'workload-token');
    await writeFile(tokenFilePath, 'platforms.own.token\n');
    expect(await sendPast('the-token', { is: 'federated', tokenFilePath })).toMatchObject({ is: 'accepted' });
    expect(entra?.forms[0]).toMatchObject({ ...exchange, client_assertion: 'platforms.own.token' });
  });

  test('the app is proved by the managed identity that it trusts', async () => {
    const asked: string[] = [];
    const platform = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ access_token: 'identitys.own.token', expires_on: '4102444800', token_type: 'Bearer' }),
      );
    });
    await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
    const { port } = platform.address() as AddressInfo;
    // As Azure App Service tells its apps where their identity's tokens are to be had.
    process.env['IDENTITY_ENDPOINT'] = `http://127.0.0.1:${String(port)}/token`;
    process.env['IDENTITY_HEADER'] = 'x';
    const proof = { identityClientId: 'identity-id', exchangeAudience: 'api://AzureADTokenExchange' };
    const sent = await sendPast('the-token', { is: 'managedIdentity', ...proof });
    delete process.env['IDENTITY_ENDPOINT'];
    delete process.env['IDENTITY_HEADER'];
    await new Promise((resolve) => platform.close(resolve));
    expect(sent).toMatchObject({ is: 'accepted' });
    expect(entra?.forms[0]).toMatchObject({
      ...exchange,
      client_id: clientId,
      client_assertion: 'identitys.own.token',
    });
    const query = new URL(asked[0] ?? '', 'http://x').searchParams;
    expect([query.get('resource'), query.get('client_id')]).toEqual(['api://AzureADTokenExchange', 'identity-id']);
  });

  test.each<[string, Answer, string]>([
    ['nobody has consented', { code: 65001, error: 'invalid_grant' }, 'consentMissing'],
    ['an admin must consent', { code: 90094 }, 'consentMissing'],
    ['a permission was never asked for', { code: 650057, error: 'invalid_resource' }, 'consentMissing'],
    ['a second factor is wanted', { code: 50076, error: 'interaction_required' }, 'moreSignIn'],
    ['the device does not comply', { code: 53000, error: 'interaction_required' }, 'moreSignIn'],
    ['the sign-in was taken back', { code: 50173 }, 'moreSignIn'],
    ['the app’s secret is wrong', { code: 7000215, error: 'invalid_client' }, 'notSignedIn'],
    ['the app’s federation is wrong', { code: 700213, error: 'invalid_client' }, 'notSignedIn'],
    ['the token is for another app', { code: 500131 }, 'signInFailed'],
    ['the token is too old', { code: 500133 }, 'signInFailed'],
    ['the person is not assigned to the app', { code: 50105 }, 'signInFailed'],
  ])('%s: refused for that, nothing sent, told without secrets', async (_, answer, why) => {
    const sent = await sendPast(answer);
    expect(sent).toMatchObject({ is: 'refused', why });
    expect(fake.seen).toEqual([]);
    expect(JSON.stringify([sent, fake.lines])).not.toContain('hunter2');
    expect(said()).toContain(`AADSTS${String((answer as { code: number }).code)}`);
  });

  test('a certificate that is not there: the app could not prove itself, nothing sent', async () => {
    const proof = { is: 'certificate', certificatePath: join(folder, 'missing.pem') } as const;
    expect(await sendPast('the-token', proof)).toMatchObject({ is: 'refused', why: 'notSignedIn' });
    expect([entra?.forms, fake.seen]).toEqual([[], []]);
  });

  test('nobody at the sign-in host: refused, nothing sent', async () => {
    entra = await fakeEntra('the-token');
    await entra.stop();
    const settings = { is: 'clientSecret', clientSecret: 's', tenantId, clientId, loginHost: entra.url } as const;
    const sent = await fake.open({ onBehalfOf: onBehalfOf(settings, entra.overrides) }).send(lock, assertion);
    expect(sent).toMatchObject({ is: 'refused', why: 'signInFailed' });
    expect(fake.seen).toEqual([]);
  });
});

test('where no sign-in is set up, a person’s action is refused and never sent in the app’s name', async () => {
  expect(await fake.open().send(lock, assertion)).toMatchObject({ is: 'refused', why: 'signInFailed' });
  expect(fake.seen).toEqual([]);
});

test('Graph does not take the person’s token: nothing is said of their role', async () => {
  const getToken = () => Promise.resolve({ token: 'stale', expiresOnTimestamp: 0 });
  const sent = await fake.open({ onBehalfOf: () => ({ getToken }) }).send(lock, assertion);
  expect(sent).toMatchObject({ is: 'refused', why: 'signInFailed' });
});

test('reads are the app’s, whoever acts', async () => {
  const other = await fakeGraph(({ method }) => (method === 'GET' ? { body: { value: [] } } : {}));
  const tokens: string[] = [];
  const getToken = () => Promise.resolve({ token: (tokens.push('asked'), 'the-token'), expiresOnTimestamp: 0 });
  const graph = other.open({ onBehalfOf: () => ({ getToken }) });
  await graph.send(lock, assertion);
  await graph.devicesOf('u-1', 'a@b.c');
  await graph.send(lock);
  expect(tokens).toEqual(['asked']);
  await other.stop();
});

describe('in the sandbox', () => {
  let tenant: RunningTenant;
  beforeEach(async () => void (tenant = await startTenant({ speed: 1_000 })));
  afterEach(() => tenant.stop());

  const mac = async () => (await open().findDevices('MBP-042'))[0]?.id ?? '';
  const open = () =>
    fake.open({
      baseUrl: tenant.url,
      credential: { getToken: () => Promise.resolve({ token: 'sandbox', expiresOnTimestamp: 0 }) },
      onBehalfOf: onBehalfOf({ is: 'sandbox', graphUrl: tenant.url, tenantId: sandboxTenantId }),
    });
  const lockMac = async (token: string) =>
    open().send({ ...lock, path: `/deviceManagement/managedDevices/${await mac()}/remoteLock` }, token);

  test('an action is done in the person’s name, as far as their own role goes', async () => {
    expect(await lockMac(assertionFor(people.isaiah, Date.now()))).toMatchObject({ is: 'refused', why: 'denied' });
    expect(await lockMac(assertionFor(people.megan, Date.now()))).toMatchObject({ is: 'accepted' });
  });

  test('without consent, and with a token that is no good, nothing is sent', async () => {
    tenant.consent(false);
    const megans = assertionFor(people.megan, Date.now());
    expect(await lockMac(megans)).toMatchObject({ is: 'refused', why: 'consentMissing' });
    tenant.consent(true);
    expect(await lockMac(`${megans}x`)).toMatchObject({ is: 'refused', why: 'signInFailed' });
    expect(tenant.requests().filter(({ path }) => path.endsWith('remoteLock'))).toEqual([]);
  });
});
