import type { GraphRequest, Lookup } from '../../src/model/action.ts';
import type { Device } from '../../src/model/device.ts';
import { credentialFrom } from '../../src/graph/credential.ts';
import { createGraph } from '../../src/graph/graph.ts';
import type { Graph, Looked, Sent } from '../../src/ports.ts';
import { groups, people, tenantId } from '../../src/sandbox/company.ts';
import { startTenant, type RunningTenant } from '../../src/sandbox/tenant/server.ts';

/*
 * Two readings of Graph, the port's and the sandbox tenant's, written apart from each other: they must agree.
 */

const start = Date.parse('2026-11-22T10:00:00Z');
let now = start;
let tenant: RunningTenant;
let graph: Graph;
let lines: object[];

beforeEach(async () => {
  now = start;
  lines = [];
  tenant = await startTenant({ now: () => now, speed: 1_000 });
  graph = await open(tenant);
});
afterEach(() => tenant.stop());

async function open({ url }: RunningTenant): Promise<Graph> {
  const keep = (facts: object): void => void lines.push(facts);
  return createGraph({
    baseUrl: url,
    credential: await credentialFrom({ is: 'sandbox' }),
    groupIds: () => [groups.helpdesk.id],
    log: { info: keep, warn: keep, error: keep },
    clock: { now: () => now },
    wait: () => Promise.resolve(),
  });
}

async function only(name: string): Promise<Device> {
  const [device, ...others] = await graph.findDevices(name);
  expect(others).toEqual([]);
  return device as Device;
}

const post = (version: GraphRequest['version'], path: string, body?: object): GraphRequest => ({
  method: 'POST',
  version,
  path: `/deviceManagement/${path}`,
  ...(body ? { body } : {}),
});
const lock = ({ id }: Device): GraphRequest => post('v1.0', `managedDevices/${id}/remoteLock`);
const refresh = ({ id }: Device): GraphRequest =>
  post('beta', `managedDevices/${id}/triggerConfigurationManagerAction`, {
    configurationManagerAction: {
      '@odata.type': 'microsoft.graph.configurationManagerAction',
      action: 'refreshMachinePolicy',
    },
  });
const on = ({ id }: Device, kind: Lookup['kind'], ...names: string[]): Lookup => ({
  source: 'managedDevice',
  id,
  kind,
  names,
});
const locked = (device: Device): Lookup => on(device, 'remoteLock', 'remotelock');

/** The newest result, 5 s later: at this speed more than an hour of the company's time. */
async function end(lookup: Lookup): Promise<Extract<Looked, { is: 'seen' }>['results'][number] | undefined> {
  now += 5_000;
  const [looked] = await graph.look([lookup]);
  return looked?.is === 'seen' ? looked.results[0] : undefined;
}

describe('finding', () => {
  test.each([
    'MBP-042',
    ' mbp-042 ',
    'C02XK1ABJG5H',
    "Adele's Mac",
    'ROOM1_AndroidAOSP_7/2/2025_12:01 PM',
    '会議室-01',
    '[click](http://evil.example) <b>x</b>',
    '${secret}',
    "x' or deviceName ne '",
    "Marketing's shared MacBook Pro for the studio on the 3rd flr",
  ])('%s is one device', async (text) => {
    expect(await graph.findDevices(text)).toHaveLength(1);
  });

  test('twins are both there, and nobody is nobody', async () => {
    expect(await graph.findDevices('MBP-050')).toHaveLength(2);
    expect(await graph.findDevices('LT-131')).toHaveLength(2);
    expect(await graph.findDevices('MBP-999')).toEqual([]);
    expect(await graph.findDevices("' or 1 eq 1")).toEqual([]);
  });

  test('by address, and by person', async () => {
    const { id, userPrincipalName } = people.adele;
    const hers = await graph.findDevices(userPrincipalName.toUpperCase());
    expect(hers.map(({ name }) => name).sort()).toEqual(["Adele's Mac", 'CPC-117', 'MBP-042', 'TAB-9']);
    expect(await graph.devicesOf(id, userPrincipalName)).toHaveLength(4);
    expect(await graph.devicesOf(people.megan.id, userPrincipalName)).toEqual([]);
  });

  test('near', async () => {
    expect((await graph.nearDevices('MPB-042')).map(({ name }) => name)).toContain('MBP-042');
    expect((await graph.nearDevices('adeles mac'))[0]?.name).toBe("Adele's Mac");
    expect(await graph.nearDevices('surface hub of the board')).toEqual([]);
  });

  test('every kind of device is read as what it is', async () => {
    const of = async (name: string): Promise<unknown[]> => {
      const { platform, configurationManager, isCloudPc, enrolled, lastSync } = await only(name);
      expect([typeof enrolled, typeof lastSync]).toEqual(['number', 'number']);
      return [platform, configurationManager, isCloudPc];
    };
    expect(await of('MBP-042')).toEqual(['macOS', false, false]);
    expect(await of('TAB-9')).toEqual(['iOS', false, false]);
    expect(await of('PH-21')).toEqual(['iOS', false, false]);
    expect(await of('TAB-12')).toEqual(['android', false, false]);
    expect(await of('LT-117')).toEqual(['windows', true, false]);
    expect(await of('LT-119')).toEqual(['windows', true, false]);
    expect(await of('LT-123')).toEqual(['windows', false, false]);
    expect(await of('CPC-117')).toEqual(['windows', false, true]);
  });
});

test('standing, for everyone in the company', async () => {
  const of = async (id: string): Promise<string> => {
    const standing = await graph.standing({ id, tenantId, name: '', chatId: '' }, [groups.helpdesk.id]);
    return standing.is === 'member' ? (standing.groups.length ? 'helpdesk' : 'noRole') : standing.is;
  };
  expect(await of(people.alex.id)).toBe('helpdesk');
  expect(await of(people.megan.id)).toBe('helpdesk');
  expect(await of(people.lynne.id)).toBe('noRole');
  expect(await of(people.patti.id)).toBe('guest');
  expect(await of('7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2999')).toBe('unknown');
});

test('ready', async () => {
  expect(await graph.ready()).toBeUndefined();
});

describe('locks', () => {
  test.each([
    ['MBP-042', 'done', true],
    ['MBP-043', 'failed', false],
    ['MBP-044', 'canceled', false],
    ['MBP-045', 'pending', false],
    ['MBP-055', 'done', true],
    ['PH-21', 'notSupported', false],
    ['PH-22', 'active', false],
    ['PH-30', 'none', false],
    ['TAB-15', 'done', false],
  ])('%s ends as %s', async (name, state, unlockPin) => {
    const device = await only(name);
    expect(await graph.send(lock(device))).toMatchObject({ is: 'accepted' });
    const result = await end(locked(device));
    expect(result).toMatchObject({
      actionName: 'remoteLock',
      state,
      startedAt: start,
      detail: { is: 'remoteLock', unlockPin },
    });
    expect(await graph.inspect(device.id, locked(device))).toMatchObject({
      device: { name },
      results: expect.arrayContaining([result]) as unknown,
    });
    const pin = await graph.secret(locked(device), 'unlockPin', result?.startedAt ?? 0);
    expect(pin !== undefined).toBe(unlockPin);
    if (pin !== undefined) expect(tenant.issuedSecrets()).toContain(pin);
    for (const secret of tenant.issuedSecrets()) expect(JSON.stringify([result, lines])).not.toContain(secret);
  });

  test('what never appears, what vanishes, what others sent', async () => {
    const [never, vanishing, before] = [await only('MBP-046'), await only('MBP-054'), await only('MBP-051')];
    await graph.send(lock(never));
    await graph.send(lock(vanishing));
    expect((await graph.inspect(before.id, locked(before)))?.results).toMatchObject([{ state: 'pending' }]);
    now += 5_000;
    expect(await graph.look([locked(never), locked(vanishing)])).toMatchObject([
      { is: 'seen', results: [] },
      { is: 'gone' },
    ]);
    expect(await graph.inspect(vanishing.id, locked(vanishing))).toBeUndefined();
    expect(await graph.secret(locked(vanishing), 'unlockPin', start)).toBeUndefined();
  });

  test.each<[string, Partial<Sent>, number]>([
    ['MBP-047', { is: 'unsure' }, 1],
    ['MBP-048', { is: 'unsure' }, 0],
    ['MBP-052', { is: 'accepted' }, 1],
    ['MBP-053', { is: 'unsure' }, 1],
    ['PH-28', { is: 'unsure' }, 1],
    ['PH-23', { is: 'refused', why: 'throttled', retryAfterMs: 2 }, 0],
    ['PH-24', { is: 'refused', why: 'throttled' }, 0],
    [
      'PH-26',
      { is: 'refused', why: 'denied', missingScope: 'DeviceManagementManagedDevices.PrivilegedOperations.All' },
      0,
    ],
    [
      'PH-27',
      { is: 'refused', why: 'badRequest', message: expect.stringContaining('An error has occurred') as string },
      0,
    ],
    ['LT-117', { is: 'refused', why: 'badRequest' }, 0],
  ])('%s is told as %j, and sent once', async (name, sent, results) => {
    const device = await only(name);
    expect(await graph.send(lock(device))).toMatchObject(sent);
    expect(
      tenant.requests().filter(({ method, path }) => method === 'POST' && path.includes('remoteLock')),
    ).toHaveLength(1);
    now += 5_000;
    const [looked] = await graph.look([locked(device)]);
    expect(looked).toMatchObject({ is: 'seen' });
    expect(looked?.is === 'seen' && looked.results).toHaveLength(results);
  });

  test('a device that is gone is not found', async () => {
    const gone = { ...(await only('MBP-042')), id: '00000000-0000-4000-8000-000000000000' };
    expect(await graph.send(lock(gone))).toMatchObject({ is: 'refused', why: 'notFound' });
  });

  test('throttled looks come good', async () => {
    const device = await only('PH-25');
    await graph.send(lock(device));
    const states = [];
    for (let at = 0; at < 4; at += 1) states.push((await graph.look([locked(device)]))[0]?.is);
    expect(states).toContain('seen');
  });
});

describe('Configuration Manager', () => {
  test.each([
    ['LT-117', 'done', 'deliveredToOnPremisesServer', 0],
    ['LT-118', 'failed', 'failedToDeliverToConnectorService', undefined],
    ['LT-119', 'failed', 'deliveredToOnPremisesServer', -2147024891],
    ['LT-120', 'failed', 'deliveredToOnPremisesServer', 1],
    ['LT-121', 'failed', 'deliveredToOnPremisesServer', -2016999999],
    ['LT-122', 'done', 'unknown', undefined],
  ])('%s ends as %s, %s', async (name, state, delivery, errorCode) => {
    const device = await only(name);
    expect(await graph.send(refresh(device))).toMatchObject({ is: 'accepted' });
    const result = await end(on(device, 'configurationManager', 'refreshmachinepolicy'));
    expect(result).toMatchObject({ state, detail: { is: 'configurationManager', delivery } });
    const told = result?.detail.is === 'configurationManager' ? result.detail.errorCode : undefined;
    if (errorCode === undefined) expect(told ?? 0).toBe(0);
    else expect(told).toBe(errorCode);
  });

  test('without a client it is refused', async () => {
    expect(await graph.send(refresh(await only('LT-123')))).toMatchObject({ is: 'refused', why: 'badRequest' });
  });
});

describe('assignments', () => {
  test.each([
    ['TAB-9', ['removed']],
    ['TAB-10', ['error', 'removed']],
    ['TAB-12', ['error', 'removed']],
    ['TAB-14', ['error', 'inProgress', 'removed']],
  ])('%s ends as %j, and what was removed is remembered', async (name, statuses) => {
    const device = await only(name);
    const items = await graph.assignmentItems(device);
    expect(new Set(items.map(({ type }) => type)).size).toBeGreaterThan(1);
    expect(items.every(({ id, name: title, removed }) => id !== '' && title !== '' && !removed)).toBe(true);
    const deviceAssignmentItems = items
      .slice(0, 30)
      .map(({ id, type }) => ({ itemId: id, itemType: type, assignmentItemActionIntent: 'remove' }));
    expect(
      await graph.send(post('beta', `managedDevices/${device.id}/changeAssignments`, { deviceAssignmentItems })),
    ).toMatchObject({ is: 'accepted' });
    const result = await end(on(device, 'assignments'));
    const detail = result?.detail.is === 'assignments' ? result.detail.items : [];
    expect([...new Set(detail.map(({ status }) => status))].sort()).toEqual(statuses);
    expect(detail).toHaveLength(deviceAssignmentItems.length);
    expect(
      detail.every((item) => item.id && item.type && item.name && item.intent === 'remove' && item.changedAt),
    ).toBe(true);
    const after = await graph.assignmentItems(device);
    const failed = detail.filter(({ status }) => status === 'error').length;
    expect(after.filter(({ removed }) => removed)).toHaveLength(deviceAssignmentItems.length - failed);
  });

  test('an earlier removal stands', async () => {
    const items = await graph.assignmentItems(await only('TAB-13'));
    expect(items.filter(({ removed }) => removed).map(({ name }) => name)).toEqual(['Contoso Notes']);
  });

  test('more than one call may name', async () => {
    expect((await graph.assignmentItems(await only('TAB-11'))).length).toBeGreaterThan(30);
  });
});

describe('Cloud PCs', () => {
  test.each([
    ['CPC-117', 'done', 'provisioned'],
    ['CPC-118', 'failed', 'internalServerError'],
    ['CPC-119', 'failed', 'internalServerError'],
    ['CPC-120', 'notSupported', undefined],
  ])('%s ends as %s', async (name, state, code) => {
    const device = await only(name);
    const cloudPc = await graph.cloudPcOf(device);
    expect(cloudPc).toMatchObject({ reprovision: 'enabled' });
    const id = cloudPc?.id ?? '';
    expect(await graph.send(post('v1.0', `virtualEndpoint/cloudPCs/${id}/reprovision`, {}))).toMatchObject({
      is: 'accepted',
    });
    const lookup: Lookup = { source: 'cloudPc', id, kind: 'cloudPc', names: ['reprovision'] };
    expect((await graph.inspect(device.id, lookup))?.results).toHaveLength(1);
    const result = await end(lookup);
    expect(result).toMatchObject({ state, detail: { is: 'cloudPc', cloudPcId: id } });
    expect(result?.detail.is === 'cloudPc' ? result.detail.status?.code : 'none').toBe(code);
  });

  test('disabled, and refused', async () => {
    const cloudPc = await graph.cloudPcOf(await only('CPC-121'));
    expect(cloudPc).toMatchObject({ reprovision: 'disabled' });
    const sent = await graph.send(post('v1.0', `virtualEndpoint/cloudPCs/${cloudPc?.id ?? ''}/reprovision`, {}));
    expect(sent).toMatchObject({ is: 'refused', why: 'badRequest' });
  });

  test('no record', async () => {
    expect(await graph.cloudPcOf(await only('CPC-122'))).toBeUndefined();
    expect(await graph.cloudPcOf(await only('MBP-042'))).toBeUndefined();
  });

  test('the old way, where the tenant still has it', async () => {
    const legacy = await startTenant({ now: () => now, speed: 1_000, cloudPcApi: 'legacy' });
    graph = await open(legacy);
    const device = await only('CPC-117');
    expect(await graph.send(post('beta', `managedDevices/${device.id}/reprovisionCloudPc`))).toMatchObject({
      is: 'accepted',
    });
    const lookup: Lookup = { source: 'legacyCloudPc', id: device.id, kind: 'cloudPc', names: ['reprovision'] };
    expect(await end(lookup)).toMatchObject({ state: 'done' });
    await legacy.stop();
  });
});

test('the whole company in one look', async () => {
  const names = Array.from({ length: 14 }, (_, at) => `MBP-0${42 + at}`);
  const devices = (await Promise.all(names.map((name) => graph.findDevices(name)))).flat();
  const asked = [...devices, ...devices, ...devices].map(locked);
  const before = tenant.requests().filter(({ path }) => path.endsWith('/$batch')).length;
  const looked = await graph.look(asked);
  expect(looked.map(({ is }) => is)).toEqual(asked.map(() => 'seen'));
  expect(tenant.requests().filter(({ path }) => path.endsWith('/$batch')).length - before).toBe(1);
});
