import { devicePath, idOf, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';
import { fleet } from '../../../src/sandbox/tenant/fleet.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

interface App {
  applicationId: string;
  displayName: string;
  installState: string;
}
interface Item {
  itemId: string;
  itemType: string;
}

const ownerOf = (name: string) => fleet.find((device) => device.deviceName === name)!.owner.id;
async function apps(name: string): Promise<App[]> {
  const reply = await bench.get(`/beta/users/${ownerOf(name)}/mobileAppIntentAndStates/${idOf(name)}`);
  return (reply.body as { mobileAppList: App[] }).mobileAppList;
}
async function items(name: string, ...wanted: string[]): Promise<Item[]> {
  const found = await apps(name);
  return wanted.map((displayName) => ({
    itemId: found.find((app) => app.displayName === displayName)!.applicationId,
    itemType: 'application',
  }));
}
const change = (name: string, deviceAssignmentItems: unknown) =>
  bench.post(`/beta${devicePath(name)}/changeAssignments`, { deviceAssignmentItems });
const told = async (name: string) => {
  const result = (await bench.results(name)).at(-1)!;
  const list = result['deviceAssignmentItems'] as Record<string, unknown>[];
  return list.map((item) => [
    item['itemDisplayName'],
    item['assignmentItemActionIntent'],
    item['assignmentItemActionStatus'],
    item['errorCode'],
  ]);
};

test('TAB-9: an app is removed step by step', async () => {
  expect((await change('TAB-9', await items('TAB-9', 'Contoso VPN'))).status).toBe(204);
  expect(await told('TAB-9')).toEqual([['Contoso VPN', 'remove', 'initiated', 0]]);
  bench.pass(1_000);
  expect(await told('TAB-9')).toEqual([['Contoso VPN', 'remove', 'inProgress', 0]]);
  bench.pass(3_000);
  expect(await told('TAB-9')).toEqual([['Contoso VPN', 'remove', 'removed', 0]]);
  expect((await bench.results('TAB-9')).at(-1)).toMatchObject({
    '@odata.type': '#microsoft.graph.changeAssignmentsActionResult',
    actionName: 'changeAssignments',
    actionState: 'done',
    lastUpdatedDateTime: '2026-07-01T09:00:04Z',
    deviceAssignmentItems: [{ intentActionMessage: null, itemSubTypeDisplayName: 'Line-of-business' }],
  });
  expect((await apps('TAB-9')).find((app) => app.displayName === 'Contoso VPN')!.installState).toBe('notInstalled');
});

test('every call is a full statement: what it leaves out comes back', async () => {
  await change('TAB-9', await items('TAB-9', 'Contoso VPN', 'Contoso Mail'));
  await change('TAB-9', await items('TAB-9', 'Contoso Mail', 'Contoso Notes'));
  bench.pass(60_000);
  expect(await told('TAB-9')).toEqual([
    ['Contoso Mail', 'remove', 'removed', 0],
    ['Contoso Notes', 'remove', 'removed', 0],
    ['Contoso VPN', 'restore', 'succeeded', 0],
  ]);
});

test('TAB-13 has an earlier removal standing, for a day', async () => {
  await change('TAB-13', await items('TAB-13', 'Contoso VPN'));
  expect((await told('TAB-13')).map(([name, intent]) => [name, intent])).toEqual([
    ['Contoso VPN', 'remove'],
    ['Contoso Notes', 'restore'],
  ]);
  bench.pass(25 * 3_600_000);
  await change('TAB-13', await items('TAB-13', 'Contoso Mail'));
  expect((await told('TAB-13')).map(([name, intent]) => [name, intent])).toEqual([['Contoso Mail', 'remove']]);
});

test('an item can be restored by name', async () => {
  const [item] = await items('TAB-13', 'Contoso Notes');
  await change('TAB-13', [{ ...item, assignmentItemActionIntent: 'restore' }]);
  bench.pass(60_000);
  expect(await told('TAB-13')).toEqual([['Contoso Notes', 'restore', 'succeeded', 0]]);
});

test('outcomes are mixed on TAB-10, and one never ends on TAB-14', async () => {
  await change('TAB-10', await items('TAB-10', 'Contoso VPN', 'Contoso Mail'));
  await change('TAB-14', await items('TAB-14', 'Contoso VPN', 'Contoso Mail', 'Contoso Expenses'));
  bench.pass(24 * 3_600_000);
  expect(await told('TAB-10')).toEqual([
    ['Contoso VPN', 'remove', 'removed', 0],
    ['Contoso Mail', 'remove', 'error', -2016324074],
  ]);
  expect((await bench.results('TAB-10')).at(-1)).toMatchObject({ actionState: 'done' });
  expect(await told('TAB-14')).toContainEqual(['Contoso Expenses', 'remove', 'inProgress', 0]);
  expect((await bench.results('TAB-14')).at(-1)).toMatchObject({ actionState: 'active' });
});

test('TAB-12 reports in the old spelling', async () => {
  await change('TAB-12', await items('TAB-12', 'Contoso Mail'));
  expect((await bench.results('TAB-12')).at(-1)).toMatchObject({
    '@odata.type': '#microsoft.graph.syncPayloadsActionResult',
    deviceActionPayloads: [{ displayName: 'Contoso Mail', intent: 'remove', status: 'inProgress' }],
  });
  bench.pass(60_000);
  expect((await bench.results('TAB-12')).at(-1)).toMatchObject({
    deviceActionPayloads: [{ status: 'error', errorCode: -2016324074, detail: expect.stringContaining('not managed') }],
  });
});

test('30 items are a call, 31 and none are not', async () => {
  const all = (await apps('TAB-11')).map((app) => ({ itemId: app.applicationId, itemType: 'application' }));
  expect(all.length).toBeGreaterThan(30);
  expect((await change('TAB-11', all.slice(0, 31))).status).toBe(400);
  expect((await change('TAB-11', [])).status).toBe(400);
  expect((await change('TAB-11', all.slice(0, 30))).status).toBe(204);
  expect(await told('TAB-11')).toHaveLength(30);
});

test.each([
  [undefined],
  ['x'],
  [[{ itemId: 'VALID' }]],
  [[{ itemId: 'VALID', itemType: 'app' }]],
  [[{ itemId: 'VALID', itemType: 'deviceConfiguration' }]],
  [[{ itemId: 'unknown', itemType: 'application' }]],
  [[{ itemId: 'x'.repeat(41), itemType: 'application' }]],
  [[{ itemId: 'VALID', itemType: 'application', assignmentItemActionIntent: 'destroy' }]],
  [[{ itemId: 'VALID', itemType: 'application', intent: 'remove' }]],
])('refuses %j', async (value) => {
  const [valid] = await items('TAB-9', 'Contoso VPN');
  const body = value === undefined ? undefined : JSON.parse(JSON.stringify(value).replaceAll('VALID', valid!.itemId));
  expect((await change('TAB-9', body)).status).toBe(400);
  expect(await bench.results('TAB-9')).toEqual([]);
});

test.each(['MBP-042', 'LT-117', 'PH-29', 'ROOM1_AndroidAOSP_7/2/2025_12:01 PM'])('is not for %s', async (name) => {
  const reply = await change(name, [{ itemId: 'x', itemType: 'application' }]);
  expect(reply.body).toMatchObject({ error: { message: expect.stringContaining('An error has occurred') } });
});

test('policies come as a table in a byte stream', async () => {
  const reply = await bench.post('/beta/deviceManagement/reports/getConfigurationPoliciesReportForDevice', {
    select: ['PolicyName', 'PolicyBaseTypeName', 'PolicyId'],
    filter:
      "((PolicyBaseTypeName eq 'Microsoft.Management.Services.Api.DeviceConfiguration') or " +
      `(PolicyBaseTypeName eq 'DeviceManagementConfigurationPolicy')) and (IntuneDeviceId eq '${idOf('TAB-9')}')`,
    skip: 0,
    top: '50',
    orderBy: [],
  });
  expect(reply.headers.get('content-type')).toBe('application/octet-stream');
  const report = reply.body as { TotalRowCount: number; Schema: object[]; Values: string[][] };
  expect(report.TotalRowCount).toBe(3);
  expect(report.Schema[0]).toEqual({ Column: 'PolicyName', PropertyType: 'String' });
  const [name, base, id] = report.Values[0]!;
  expect([name, base]).toEqual(['Contoso Wi-Fi', 'Microsoft.Management.Services.Api.DeviceConfiguration']);
  expect((await change('TAB-9', [{ itemId: id, itemType: 'deviceConfiguration' }])).status).toBe(204);
});

test.each([[{}], [{ filter: "PolicyName eq 'x'" }], [{ filter: "IntuneDeviceId eq 'x'", select: ['Nonsense'] }]])(
  'refuses the report %j',
  async (body) => {
    const path = '/beta/deviceManagement/reports/getConfigurationPoliciesReportForDevice';
    expect((await bench.post(path, body)).status).toBe(400);
  },
);

test("apps of a device are read under its own user, and nobody else's", async () => {
  const path = `/mobileAppIntentAndStates/${idOf('TAB-9')}`;
  expect((await bench.get(`/beta/users/${ownerOf('TAB-9')}${path}`)).body).toMatchObject({
    managedDeviceIdentifier: idOf('TAB-9'),
    userId: ownerOf('TAB-9'),
  });
  expect((await bench.get(`/beta/users/${ownerOf('TAB-10')}${path}`)).status).toBe(404);
  expect((await bench.get(`/v1.0/users/${ownerOf('TAB-9')}${path}`)).status).toBe(400);
});
