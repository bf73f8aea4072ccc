import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantOptions } from '../../../src/sandbox/tenant/server.ts';
import { devicePath, openBench, start } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let memory: string;
let file: string;
let benches: Bench[];
let told: jest.SpyInstance;

beforeEach(() => {
  memory = join(mkdtempSync(join(tmpdir(), 'device-desk-')), 'sandbox');
  file = join(memory, 'tenant.jsonl');
  benches = [];
  told = jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(async () => {
  await Promise.all(benches.map((bench) => bench.stop()));
  rmSync(join(memory, '..'), { recursive: true });
  told.mockRestore();
});

/** Another process's tenant on the same memory: whoever has it open already is as good as killed. */
async function open(options: TenantOptions = {}): Promise<Bench> {
  const bench = await openBench({ memory, ...options });
  benches.push(bench);
  return bench;
}

const lock = (bench: Bench, name: string) => bench.post(`/v1.0${devicePath(name)}/remoteLock`);

const refresh = {
  configurationManagerAction: {
    '@odata.type': 'microsoft.graph.configurationManagerAction',
    action: 'refreshMachinePolicy',
  },
};

const cloudPcs = '/beta/deviceManagement/virtualEndpoint/cloudPCs';

/** One of each kind of change, those with a lost, late or bad answer included. */
async function changeMuch(bench: Bench): Promise<void> {
  await lock(bench, 'MBP-042');
  await lock(bench, 'MBP-049');
  await expect(lock(bench, 'MBP-047')).rejects.toThrow();
  await expect(lock(bench, 'MBP-048')).rejects.toThrow();
  expect((await lock(bench, 'MBP-053')).status).toBe(500);
  expect((await lock(bench, 'PH-23')).status).toBe(429);
  expect((await lock(bench, 'PH-26')).status).toBe(403);
  await lock(bench, 'PH-25');
  expect((await bench.get(`/beta${devicePath('PH-25')}`)).status).toBe(429);
  bench.pass(500);
  const { body } = await bench.get(`/beta/users/${await ownerOf(bench, 'TAB-9')}/${appsOf('TAB-9')}`);
  const [app] = (body as { mobileAppList: { applicationId: string }[] }).mobileAppList;
  const items = [{ itemId: app!.applicationId, itemType: 'application' }];
  expect(
    (await bench.post(`/beta${devicePath('TAB-9')}/changeAssignments`, { deviceAssignmentItems: items })).status,
  ).toBe(204);
  const headers = { 'Content-Type': 'application/json' };
  const url = `${devicePath('LT-117')}/triggerConfigurationManagerAction`;
  await bench.post('/beta/$batch', { requests: [{ id: '1', method: 'POST', url, headers, body: refresh }] });
  expect((await bench.post(`${cloudPcs}/${await cloudPcId(bench)}/reprovision`, {})).status).toBe(204);
}

const appsOf = (name: string) => `mobileAppIntentAndStates/${devicePath(name).split('/').at(-1)}`;
const ownerOf = async (bench: Bench, name: string) =>
  ((await bench.get(`/beta${devicePath(name)}`)).body as { userId: string }).userId;
const cloudPcId = async (bench: Bench) =>
  ((await bench.get(cloudPcs)).body as { value: { id: string; managedDeviceId: string }[] }).value.find(
    ({ managedDeviceId }) => devicePath('CPC-117').endsWith(managedDeviceId),
  )!.id;

const changed = ['MBP-042', 'MBP-047', 'MBP-048', 'MBP-049', 'MBP-053', 'TAB-9', 'LT-117', 'PH-23', 'PH-26'];

/** All that Graph tells of these devices, and of all others without their results. */
async function worldOf(bench: Bench): Promise<unknown> {
  const results = await Promise.all(changed.map((name) => bench.results(name)));
  const devices = ((await bench.get('/beta/deviceManagement/managedDevices')).body as { value: unknown }).value;
  const ofCloudPc = await bench.get(`${cloudPcs}/${await cloudPcId(bench)}/retrieveCloudPcRemoteActionResults`);
  return [results, devices, (ofCloudPc.body as { value: unknown }).value];
}

test('the world after a restart is the world before, and goes on to the same end', async () => {
  const before = await open();
  await changeMuch(before);
  const after = await open();
  expect(after.issuedSecrets()).toEqual(before.issuedSecrets());
  expect(after.issuedSecrets().length).toBeGreaterThan(1);
  after.pass(500);
  expect(await worldOf(after)).toEqual(await worldOf(before));
  for (const bench of [before, after]) bench.pass(60_000);
  expect(await worldOf(after)).toEqual(await worldOf(before));
  const [last] = (await after.results('MBP-042')).slice(-1);
  expect(last).toMatchObject({ actionState: 'done', unlockPin: expect.stringMatching(/^\d{6}$/) });
});

test('what was throttled, and how often, is remembered', async () => {
  await changeMuch(await open());
  const after = await open();
  expect((await lock(after, 'PH-23')).status).toBe(204);
  const read = () => after.get(`/beta${devicePath('PH-25')}`);
  expect([await read(), await read(), await read(), await read()].map(({ status }) => status)).toEqual([
    429, 429, 429, 200,
  ]);
});

test('a second restart remembers what came after the first', async () => {
  await lock(await open(), 'MBP-042');
  await lock(await open(), 'TAB-15');
  const third = await open();
  expect(await third.results('MBP-042')).toHaveLength(1);
  expect((await third.results('TAB-15')).filter(({ actionState }) => actionState === 'pending')).toHaveLength(1);
});

test('what was answered survives kill -9', async () => {
  const script = `
    import { startTenant } from './src/sandbox/tenant/server.ts';
    const { url } = await startTenant({ memory: process.env.MEMORY, now: () => ${start} });
    console.log(url);`;
  const victim = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, MEMORY: memory },
  });
  const [url] = (await once(victim.stdout, 'data')) as [Buffer];
  const path = `${url.toString().trim()}/v1.0${devicePath('MBP-042')}/remoteLock`;
  const headers = { Authorization: 'Bearer sandbox' };
  expect((await fetch(path, { method: 'POST', headers })).status).toBe(204);
  victim.kill('SIGKILL');
  await once(victim, 'close');
  expect(await (await open()).results('MBP-042')).toMatchObject([{ actionState: 'pending', unlockPin: null }]);
});

test('reads leave no trace, and neither does a refusal', async () => {
  const bench = await open();
  await worldOf(bench);
  await lock(bench, 'LT-117');
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
});

test('a line that was torn is as if it had never been asked, and the next one is whole', async () => {
  await lock(await open(), 'MBP-042');
  appendFileSync(file, '{"at":17');
  const after = await open();
  expect(await after.results('MBP-042')).toHaveLength(1);
  expect(told).not.toHaveBeenCalled();
  await lock(after, 'TAB-15');
  expect(
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => typeof JSON.parse(line)),
  ).toHaveLength(3);
});

test('a reset is remembered: the file is empty, and the morning is the new one', async () => {
  const before = await open();
  await lock(before, 'MBP-042');
  before.pass(3_600_000);
  expect((await before.post('/_sandbox/reset')).status).toBe(204);
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1);
  await lock(before, 'TAB-15');
  const after = await open();
  after.pass(3_600_000);
  expect(await after.results('MBP-042')).toEqual([]);
  expect(await after.results('MBP-051')).toEqual(await before.results('MBP-051'));
});

test.each([
  ['of another version', '{"version":0,"startedAt":1,"seed":"a"}\n'],
  ['without its first line', '{"at":1}\n'],
  ['empty', ''],
  ['no JSON', 'tenant\n'],
  ['with a line that is no request', '{"version":1,"startedAt":1,"seed":"a"}\n{"at":1}\n'],
])('a file that is %s is told of and begun afresh', async (_what, content) => {
  await lock(await open(), 'MBP-042');
  writeFileSync(file, content);
  const after = await open();
  expect(told.mock.calls.flat().join()).toContain('begins afresh');
  expect(await after.results('MBP-042')).toEqual([]);
  await lock(after, 'MBP-042');
  expect(await (await open()).results('MBP-042')).toHaveLength(1);
});

test('what is older than eight days is forgotten, and a world without memories begins today', async () => {
  const day = 24 * 3_600_000;
  const before = await open();
  await lock(before, 'TAB-15');
  before.pass(7 * day);
  await lock(before, 'MBP-042');
  const later = start + 8 * day;
  const after = await open({ now: () => later });
  const started = async (bench: Bench, name: string) =>
    (await bench.results(name)).map(({ startDateTime }) => String(startDateTime).slice(0, 10));
  expect(await started(after, 'MBP-042')).toEqual(['2026-07-08']);
  expect(await started(after, 'TAB-15')).not.toContain('2026-07-01');
  const muchLater = await open({ now: () => later + 8 * day });
  expect(await muchLater.results('MBP-042')).toEqual([]);
  expect(await started(muchLater, 'MBP-049')).toEqual(['2026-07-16']);
});

test('of very many changes the newest 5,000 are kept', async () => {
  await lock(await open(), 'MBP-042');
  const [first, moment] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [first, ...Array.from({ length: 5_010 }, () => moment), ''].join('\n'));
  await open();
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(5_001);
});

test('who did it is remembered: a person through the bot, an administrator in the portal, an app', async () => {
  const audits = async (bench: Bench) =>
    (await bench.get('/beta/deviceManagement/remoteActionAudits?$orderby=requestDateTime desc')).body as {
      value: Record<string, unknown>[];
    };
  const before = await open();
  await (await before.as('megan')).post(`/v1.0${devicePath('MBP-042')}/remoteLock`);
  before.pass(1_000);
  before.portal({ device: 'MBP-043', action: 'remoteLock', by: 'ada.admin@contoso.example' });
  before.pass(1_000);
  expect((await before.post('/_sandbox/portal', { device: 'TAB-9', action: 'factoryReset' })).status).toBe(204);
  before.pass(1_000);
  await lock(before, 'TAB-15');
  const after = await open();
  after.pass(3_000);
  expect(await audits(after)).toEqual({ ...(await audits(before)), '@odata.context': expect.any(String) });
  expect((await audits(after)).value.slice(0, 4).map((one) => one['initiatedByUserPrincipalName'])).toEqual([
    '',
    'admin@contoso.example',
    'ada.admin@contoso.example',
    'megan.bowen@contoso.example',
  ]);
  expect(await after.results('MBP-043')).toEqual(await before.results('MBP-043'));
  expect(after.issuedSecrets()).toEqual(before.issuedSecrets());
});

test('a file from before there were persons is all the app’s', async () => {
  await lock(await open(), 'MBP-042');
  writeFileSync(file, readFileSync(file, 'utf8').replace(',"as":"app"', ''));
  expect(readFileSync(file, 'utf8')).not.toContain('"as"');
  expect(await (await open()).results('MBP-042')).toHaveLength(1);
  expect(told).not.toHaveBeenCalled();
});

test('without a folder nothing is remembered', async () => {
  await lock(await open({ memory: undefined }), 'MBP-042');
  expect(await (await open({ memory: undefined })).results('MBP-042')).toEqual([]);
});
