import { fleet } from '../../../src/sandbox/tenant/fleet.ts';
import { devicePath, idOf, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

interface Page {
  value: Record<string, unknown>[];
  '@odata.nextLink'?: string;
}

const listPath = '/beta/deviceManagement/managedDevices';
const query = (filter: string) => bench.get(`${listPath}?$filter=${encodeURIComponent(filter)}`);
const names = async (filter: string) =>
  ((await query(filter)).body as Page).value.map((device) => device['deviceName'] as string);
const everything = fleet.length;

test.each([
  ["deviceName eq 'mbp-042'", ['MBP-042']],
  ["deviceName eq 'MBP-050'", ['MBP-050', 'MBP-050']],
  ["contains(deviceName,'BP-04') and userPrincipalName eq 'ADELE.VANCE@contoso.example'", ['MBP-042']],
  ["serialNumber eq 'PF4K2B8H'", ['LT-131', 'LT-131']],
  ["deviceName eq 'Adele''s Mac'", ["Adele's Mac"]],
  ["deviceName eq 'x'' or deviceName ne '''", ["x' or deviceName ne '"]],
  ["deviceName eq '会議室-01'", ['会議室-01']],
  ["deviceName eq 'ROOM1_AndroidAOSP_7/2/2025_12:01 PM'", ['ROOM1_AndroidAOSP_7/2/2025_12:01 PM']],
  ["userPrincipalName eq 'zoe.o''brien@contoso.example' and operatingSystem eq 'Android'", ['PH-29']],
  ["(deviceName eq 'TAB-9' or deviceName eq 'TAB-10')", ['TAB-9', 'TAB-10']],
  ["complianceState eq 'noncompliant' or complianceState eq 'unknown'", ['MBP-045', 'LT-119', 'LT-131']],
  ['lastSyncDateTime lt 2026-06-01T00:00:00Z', ['MBP-045', 'LT-131']],
  ["deviceName eq 'nobody'", []],
])('filters by %s', async (filter, expected) => {
  expect(await names(filter)).toEqual(expected);
});

test.each([
  "skuFamily eq 'Nothing'",
  "userDisplayName eq 'Nobody'",
  "deviceName ne 'MBP-042'",
  "contains(serialNumber,'nothing')",
  "id eq 'nothing'",
  "not (deviceName eq 'MBP-042')",
])('ignores what it does not support and gives everything: %s', async (filter) => {
  expect(await names(filter)).toHaveLength(everything);
});

test('startswith behaves like contains', async () => {
  expect(await names("startswith(deviceName,'P-04')")).toContain('MBP-042');
});

test('or goes wrong across properties and with azureADDeviceId', async () => {
  expect(await names("deviceName eq 'MBP-042' or serialNumber eq 'PF4K2B1A'")).toEqual([]);
  const all = ((await bench.get(listPath)).body as Page).value;
  const [first, second] = all.map((device) => String(device['azureADDeviceId']));
  const hits = await names(`azureADDeviceId eq '${second}' or azureADDeviceId eq '${first}'`);
  expect(hits).toEqual([all[1]?.['deviceName']]);
});

test.each([
  'deviceName eq',
  "deviceName eq 'x",
  "deviceName = 'x'",
  "deviceName eq 'Adele's Mac'",
  "(deviceName eq 'x'",
  "deviceName eq 'x' deviceName eq 'y'",
  "matches(deviceName,'x')",
  "nonsense eq 'x'",
  'deviceName eq 5',
  "lastSyncDateTime lt '2026-01-01'",
  '',
])('refuses %p', async (filter) => {
  const reply = await query(filter);
  expect(reply.status).toBe(400);
  expect(reply.body).toHaveProperty('error.code', 'BadRequest');
});

test('pages by nextLink and keeps the other options', async () => {
  const seen: unknown[] = [];
  let next: string | undefined = `${bench.url}${listPath}?$top=20&$select=deviceName`;
  let pages = 0;
  for (; next; pages += 1) {
    const page = (await bench.get(next.slice(bench.url.length))).body as Page;
    expect(Object.keys(page.value[0]!)).toEqual(['deviceName']);
    seen.push(...page.value);
    next = page['@odata.nextLink'];
  }
  expect(seen).toHaveLength(everything);
  expect(pages).toBe(Math.ceil(everything / 20));
});

test('selects without minding case, and refuses what the version does not have', async () => {
  const reply = await bench.get(`${listPath}?$select=DEVICENAME,chassistype&$top=1`);
  expect((reply.body as Page).value).toEqual([{ deviceName: 'MBP-042', chassisType: 'laptop' }]);
  expect((await bench.get('/v1.0/deviceManagement/managedDevices?$select=chassisType')).status).toBe(400);
  expect((await bench.get(`${listPath}?$select=nonsense`)).status).toBe(400);
  expect((await bench.get(`${listPath}?$search=MBP`)).status).toBe(400);
  expect((await bench.get(`${listPath}?$top=0`)).status).toBe(400);
});

test('orders by a property', async () => {
  const reply = await bench.get(`${listPath}?$select=deviceName&$top=1&$orderby=lastSyncDateTime`);
  expect((reply.body as Page).value).toEqual([{ deviceName: 'LT-131' }]);
});

test('a single device takes $select and $expand only; an unknown one is a 404 with JSON in a string', async () => {
  expect((await bench.get(`/beta${devicePath('MBP-042')}?$filter=deviceName%20eq%20'x'`)).status).toBe(400);
  expect((await bench.get(`/beta${devicePath('MBP-042')}?$expand=users`)).status).toBe(200);
  const reply = await bench.get('/beta/deviceManagement/managedDevices/00000000-0000-0000-0000-000000000009');
  expect(reply.status).toBe(404);
  const { error } = reply.body as { error: { message: string } };
  expect(JSON.parse(error.message)).toMatchObject({
    Message: expect.stringContaining(` - Activity ID: ${reply.headers.get('request-id')} - Url: https://`),
  });
});

test('dates are unset, never, or without fractions; a personal device is told apart', async () => {
  const device = (await bench.get(`/beta${devicePath('PH-29')}`)).body as Record<string, unknown>;
  expect(device).toMatchObject({
    id: idOf('PH-29'),
    managedDeviceOwnerType: 'personal',
    easActivationDateTime: '0001-01-01T00:00:00Z',
    complianceGracePeriodExpirationDateTime: '9999-12-31T23:59:59Z',
    lastSyncDateTime: expect.stringMatching(/^2026-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
});
