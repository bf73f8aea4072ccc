import { openBench, devicePath } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

test.each([undefined, 'Bearer wrong', 'sandbox'])('refuses the token %p', async (token) => {
  const response = await fetch(`${bench.url}/v1.0/organization`, token ? { headers: { Authorization: token } } : {});
  expect(response.status).toBe(401);
  const body = (await response.json()) as { error: { code: string; innerError: object } };
  expect(body.error.code).toBe('InvalidAuthenticationToken');
  expect(body.error.innerError).toHaveProperty('request-id', response.headers.get('request-id'));
});

test('echoes the client-request-id and identifies itself', async () => {
  const { headers } = await bench.call('/v1.0/organization', { headers: { 'client-request-id': 'abc' } });
  expect(headers.get('client-request-id')).toBe('abc');
  expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('x-ms-ags-diagnostic')).toContain('ServerInfo');
  expect(headers.get('date')).toBe('Wed, 01 Jul 2026 09:00:00 GMT');
});

test.each([
  ['/v1.0/deviceManagement/managedDevices/x/explode', 400, "segment 'explode'"],
  ['/v1.0/nothing', 400, "segment 'nothing'"],
  ['/v2.0/organization', 400, "segment 'organization'"],
  ['/v1.0/%zz', 400, 'URI'],
])('knows no %s', async (path, status, text) => {
  const reply = await bench.get(path);
  expect(reply.status).toBe(status);
  expect(reply.body).toMatchObject({ error: { message: expect.stringContaining(text) } });
});

test('answers a documented path that the service lacks as Intune does', async () => {
  const reply = await bench.post('/beta/deviceManagement/comanagedDevices/x/remoteLock');
  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error: { code: 'No method match route template' } });
});

test('a wrong method is 405', async () => {
  expect((await bench.get(`/beta${devicePath('MBP-042')}/remoteLock`)).status).toBe(405);
  expect((await bench.call('/v1.0/organization', { method: 'DELETE' })).status).toBe(405);
});

test('actions of beta do not exist in v1.0', async () => {
  for (const action of ['triggerConfigurationManagerAction', 'changeAssignments', 'reprovisionCloudPc']) {
    const reply = await bench.post(`/v1.0${devicePath('LT-117')}/${action}`, {});
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ error: { message: `Resource not found for the segment '${action}'.` } });
  }
});

test('a body needs its Content-Type, and must be JSON', async () => {
  const path = `/beta${devicePath('MBP-042')}/remoteLock`;
  const bytes = new TextEncoder().encode('{}');
  expect((await bench.call(path, { method: 'POST', body: bytes })).status).toBe(400);
  const plain = { method: 'POST', body: '{}', headers: { 'Content-Type': 'text/plain' } };
  expect((await bench.call(path, plain)).status).toBe(415);
  const broken = { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } };
  expect((await bench.call(path, broken)).body).toMatchObject({
    error: { message: expect.stringContaining('Unable to read JSON request payload') },
  });
});

test('takes the other spellings of a path', async () => {
  const path = devicePath('MBP-042').replace(/\/([^/]+)$/, "('$1')");
  expect((await bench.get(`/v1.0${path}?$select=id`)).status).toBe(200);
  expect((await bench.get(`/v1.0${path.toUpperCase().replace('MANAGEDDEVICES', 'manageddevices')}`)).status).toBe(200);
  expect((await bench.post(`/v1.0${path}/microsoft.graph.remoteLock`)).status).toBe(204);
});

test('records what it was asked', async () => {
  await bench.get("/v1.0/deviceManagement/managedDevices?$filter=deviceName%20eq%20'x'");
  await bench.post(`/beta${devicePath('LT-117')}/triggerConfigurationManagerAction`, { foreign: 1 });
  expect(bench.requests()).toMatchObject([
    {
      method: 'GET',
      path: '/v1.0/deviceManagement/managedDevices',
      query: { $filter: "deviceName eq 'x'" },
      status: 200,
    },
    { method: 'POST', body: { foreign: 1 }, status: 400 },
  ]);
});
