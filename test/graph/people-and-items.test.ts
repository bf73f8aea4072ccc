import type { Device } from '../../src/model/device.ts';
import { deviceFrom } from '../../src/graph/managed-device.ts';
import { partsOf } from '../../src/graph/near-devices.ts';
import type { Standing } from '../../src/ports.ts';
import { batch, fakeGraph, helpdeskGroupId, type Fake, type Item, type Reply } from './fake-graph.ts';

const wordOf = (standing: Standing) =>
  standing.is === 'member' ? (standing.groups.length ? 'helpdesk' : 'noRole') : standing.is;

let fake: Fake;
afterEach(() => fake.stop());

describe('standing', () => {
  const alex = { id: '00000000-0000-0000-0000-0000000000020', tenantId: 't', name: 'Alex', chatId: '29:x' };
  const member = { userType: 'Member', accountEnabled: true };
  test.each<[string, Reply, Reply, string]>([
    ['a member of the group', { body: member }, { body: { value: [helpdeskGroupId.toUpperCase()] } }, 'helpdesk'],
    ['somebody else', { body: member }, { body: { value: [] } }, 'noRole'],
    ['another group comes back', { body: member }, { body: { value: ['other'] } }, 'noRole'],
    [
      'a guest in the group',
      { body: { ...member, userType: 'Guest' } },
      { body: { value: [helpdeskGroupId] } },
      'guest',
    ],
    [
      'a disabled member',
      { body: { ...member, accountEnabled: false } },
      { body: { value: [helpdeskGroupId] } },
      'unknown',
    ],
    ['nobody', { status: 404 }, { status: 404 }, 'unknown'],
    [
      'an old account without userType',
      { body: { userType: null, accountEnabled: true } },
      { body: { value: [] } },
      'noRole',
    ],
  ])('%s', async (_, account, membership, expected) => {
    fake = await fakeGraph((seen) => batch(seen, ({ method }) => (method === 'GET' ? account : membership)));
    expect(wordOf(await fake.graph.standing(alex, [helpdeskGroupId]))).toBe(expected);
    const items = (fake.seen[0]?.body as { requests: Item[] }).requests;
    expect(fake.seen[0]?.raw).toBe('/v1.0/$batch');
    expect(items[0]?.url).toBe(`/users/${alex.id}?$select=id,userType,accountEnabled`);
    expect(items[1]).toMatchObject({
      url: `/users/${alex.id}/checkMemberGroups`,
      body: { groupIds: [helpdeskGroupId] },
    });
  });

  test.each<[string, Reply, Reply, string]>([
    ['the account is not told', { status: 403 }, { body: { value: [helpdeskGroupId] } }, 'denied'],
    ['the groups are not told', { body: member }, { status: 403 }, 'denied'],
    ['the groups are throttled', { body: member }, { status: 429 }, 'throttled'],
    ['the group is gone', { body: member }, { status: 404 }, 'unexpected'],
  ])('%s: a fault, never a yes', async (_, account, membership, reason) => {
    fake = await fakeGraph((seen) =>
      seen.raw.endsWith('$batch') ? batch(seen, ({ method }) => (method === 'GET' ? account : membership)) : membership,
    );
    await expect(fake.graph.standing(alex, [helpdeskGroupId])).rejects.toMatchObject({ reason });
  });
});

const device = deviceFrom({ id: 'd-1', deviceName: 'IPAD-7', userId: 'u-1' }) as Device;

describe('assignment items', () => {
  const report = (...Values: unknown[][]): object => ({
    TotalRowCount: Values.length,
    Schema: ['PolicyName', 'PolicyId', 'PolicyBaseTypeName', 'IntuneDeviceId'].map((Column) => ({
      Column,
      PropertyType: 'String',
    })),
    Values,
  });
  const configuration = 'Microsoft.Management.Services.Api.DeviceConfiguration';
  const result = (startDateTime: string, ...deviceAssignmentItems: object[]): object => ({
    '@odata.type': '#microsoft.graph.changeAssignmentsActionResult',
    startDateTime,
    deviceAssignmentItems,
  });
  const item = (
    itemId: string,
    itemType: string,
    assignmentItemActionStatus: string,
    assignmentItemActionIntent = 'remove',
  ): object => ({
    itemId,
    itemType,
    itemDisplayName: `name of ${itemId}`,
    assignmentItemActionIntent,
    assignmentItemActionStatus,
  });

  test('apps, policies and what was removed before, each once', async () => {
    fake = await fakeGraph(({ path, method }) => {
      if (path === '/beta/users/u-1/mobileAppIntentAndStates/d-1')
        return {
          body: {
            mobileAppList: [
              { applicationId: 'a-1', displayName: 'Field' },
              { applicationId: 'a-2', displayName: 'Mail' },
              null,
            ],
          },
        };
      if (method === 'POST')
        return {
          headers: { 'content-type': 'application/octet-stream' },
          body: report(
            ['Wi-Fi', 'p-1', configuration, 'd-1'],
            ['Wi-Fi', 'p-1', configuration, 'D-1'],
            ['VPN', 'p-2', 'DeviceManagementConfigurationPolicy', 'd-1'],
            ['of another device', 'p-3', configuration, 'd-2'],
            ['of another kind', 'p-4', 'Compliance', 'd-1'],
          ),
        };
      return {
        body: {
          deviceActionResults: [
            result('2026-11-22T07:00:00Z', item('a-1', 'application', 'removed')),
            result(
              '2026-11-22T08:00:00Z',
              item('A-2', 'application', 'initiated'),
              item('a-9', 'application', 'removed'),
              item('p-1', 'deviceConfiguration', 'error'),
              item('p-2', 'deviceManagementConfigurationPolicy', 'succeeded', 'restore'),
              item('x', 'somethingNew', 'removed'),
            ),
          ],
        },
      };
    });
    expect(await fake.graph.assignmentItems(device)).toEqual([
      { id: 'a-1', type: 'application', name: 'Field', removed: false },
      { id: 'A-2', type: 'application', name: 'Mail', removed: true },
      { id: 'p-1', type: 'deviceConfiguration', name: 'Wi-Fi', removed: false },
      { id: 'p-2', type: 'deviceManagementConfigurationPolicy', name: 'VPN', removed: false },
      { id: 'a-9', type: 'application', name: 'name of a-9', removed: true },
      { id: 'x', type: 'somethingNew', name: 'name of x', removed: true },
    ]);
    expect(fake.seen.find(({ method }) => method === 'POST')?.body).toMatchObject({
      filter: `((PolicyBaseTypeName eq '${configuration}') or (PolicyBaseTypeName eq 'DeviceManagementConfigurationPolicy')) and (IntuneDeviceId eq 'd-1')`,
      skip: 0,
      top: 50,
    });
  });

  /** What is off, by results alone; `?` where it may be back. */
  async function off(results: readonly object[], apps: readonly object[] = []): Promise<readonly string[]> {
    fake = await fakeGraph(({ path, method }) => {
      if (method === 'POST') return { body: report() };
      return { body: path.includes('/users/') ? { mobileAppList: apps } : { deviceActionResults: results } };
    });
    const items = (await fake.graph.assignmentItems(device)).filter(({ removed }) => removed);
    return items.map(({ id, type, mayBeBack }) => `${type} ${id}${mayBeBack ? '?' : ''}`);
  }
  const a = item('a', 'application', 'removed');
  const at = (hours: number, more: object = {}): object => ({
    ...result(new Date(Date.parse('2026-11-22T10:00:00Z') - hours * 3_600_000).toISOString(), a),
    ...more,
  });
  const b = { deviceAssignmentItems: [item('b', 'application', 'removed')] };

  test.each<[string, readonly object[], readonly string[]]>([
    ['8 hours old: it stands', [at(8)], ['application a']],
    ['a little older: perhaps', [at(8.01)], ['application a?']],
    ['a little younger than a day: perhaps', [at(23.99)], ['application a?']],
    ['a day old: everything is back', [at(24)], []],
    ['a day old, an older one beneath: everything is back', [at(30, b), at(24)], []],
    ['failed as a whole: the older one stands', [at(2, b), at(1, { actionState: 'failed' })], ['application b']],
    ['canceled: the older one stands', [at(1, { actionState: 'Canceled' }), at(2, b)], ['application b']],
    ['not supported: the older one stands', [at(1, { actionState: 'notSupported' }), at(10, b)], ['application b?']],
    ['pending: it is said, so it stands', [at(2, b), at(1, { actionState: 'pending' })], ['application a']],
    [
      'by its last update, where it gives no start',
      [at(0, { startDateTime: null, lastUpdatedDateTime: '2026-11-20T00:00:00Z' })],
      [],
    ],
    ['of no known time: perhaps', [at(0, { startDateTime: '0001-01-01T00:00:00Z' })], ['application a?']],
    ['by a clock that is ahead of ours', [at(-0.1)], ['application a']],
  ])('a statement %s', async (_, results, expected) => {
    expect(await off(results)).toEqual(expected);
  });

  test('no removed item is dropped for its type: unknown is kept, none is the namesake’s or the default', async () => {
    const untyped = (id: string): object => ({ ...item(id, '', 'removed'), itemType: null });
    const statement = result(
      '2026-11-22T09:00:00Z',
      untyped('u'),
      untyped('A-1'),
      item('u', 'somethingNew', 'initiated'),
      item('back', 'application', 'succeeded', 'restore'),
      item('', 'application', 'removed'),
    );
    const apps = [{ applicationId: 'a-1', displayName: 'Field' }];
    expect(await off([statement], apps)).toEqual(['application A-1', 'application u', 'somethingNew u']);
  });

  test('the older spelling stands just so', async () => {
    const payload = { payloadId: 'p', payloadType: 'deviceConfiguration', intent: 'remove', status: 'inProgress' };
    const old = { '@odata.type': '#microsoft.graph.syncPayloadsActionResult', deviceActionPayloads: [payload] };
    expect(await off([{ ...old, startDateTime: '2026-11-22T09:00:00Z' }])).toEqual(['deviceConfiguration p']);
  });

  test('a long report is read to its end', async () => {
    fake = await fakeGraph(({ path, method, body }) => {
      if (method === 'GET')
        return path.includes('mobileApp') ? { status: 404 } : { body: { deviceActionResults: null } };
      const { skip } = body as { skip: number };
      const rows = Array.from({ length: skip < 50 ? 50 : 3 }, (_, at) => [
        `P${skip + at}`,
        `p-${skip + at}`,
        configuration,
        'd-1',
      ]);
      return { body: report(...rows) };
    });
    expect(await fake.graph.assignmentItems(device)).toHaveLength(53);
  });

  test('no owner, no apps; a refusal is a fault', async () => {
    fake = await fakeGraph(({ method, path }) => (method === 'POST' ? { status: 403 } : { status: 404, body: path }));
    const nobodys = { ...device, owner: { ...device.owner, id: '' } };
    await expect(fake.graph.assignmentItems(nobodys)).rejects.toMatchObject({ reason: 'denied' });
    expect(fake.seen.some(({ path }) => path.includes('/users/'))).toBe(false);
  });
});

describe('Cloud PC', () => {
  const records = [
    { id: 'c-0', managedDeviceId: 'd-0', status: 'failed' },
    { id: 'c-1', managedDeviceId: 'D-1', status: 'provisioned' },
  ];
  const actions = (...value: object[]): Reply => ({ body: { value } });
  test.each<[string, Reply, string]>([
    [
      'enabled',
      actions(
        { actionName: 'Restart', actionCapability: 'enabled' },
        { actionName: 'Reprovision', actionCapability: 'enabled' },
      ),
      'enabled',
    ],
    ['disabled', actions({ actionName: 'CloudPcReprovision', actionCapability: 'Disabled' }), 'disabled'],
    ['not mentioned', actions(), 'unknown'],
    ['a future word', actions({ actionName: 'reprovision', actionCapability: 'perhaps' }), 'unknown'],
    ['not told', { status: 400 }, 'unknown'],
  ])('reprovision %s, and the record compared in code', async (_, reply, reprovision) => {
    fake = await fakeGraph(({ path }) => (path.includes('getSupported') ? reply : { body: { value: records } }));
    expect(await fake.graph.cloudPcOf(device)).toEqual({ id: 'c-1', status: 'provisioned', reprovision });
    expect(fake.seen[0]?.path).toContain("$filter=managedDeviceId eq 'd-1'");
  });

  test('a list that refuses the filter is read whole', async () => {
    fake = await fakeGraph(({ path }) =>
      path.includes('getSupported')
        ? actions()
        : path.includes('$filter')
          ? { status: 400 }
          : { body: { value: records } },
    );
    expect(await fake.graph.cloudPcOf(device)).toMatchObject({ id: 'c-1' });
  });

  test('none, no Windows 365, no permission', async () => {
    let reply: Reply = { body: { value: records.slice(0, 1) } };
    fake = await fakeGraph(() => reply);
    expect(await fake.graph.cloudPcOf(device)).toBeUndefined();
    reply = { status: 404 };
    expect(await fake.graph.cloudPcOf(device)).toBeUndefined();
    reply = { status: 403 };
    await expect(fake.graph.cloudPcOf(device)).rejects.toMatchObject({ reason: 'denied' });
  });
});

test.each([
  ['MPB-042', ['mpb', '042']],
  ['mbp042', ['mbp', '042']],
  ['Headquarters', ['headquarters', 'headqu', 'arters']],
  ['x', []],
  ["'; --", []],
])('parts of %p', (said, parts) => {
  expect(partsOf(said)).toEqual(parts);
});
