import { devicePath, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

const lock = (name: string, version = 'v1.0', body?: unknown) =>
  bench.post(`/${version}${devicePath(name)}/remoteLock`, body);
const lastState = async (name: string) => (await bench.results(name)).at(-1)?.['actionState'];

test('MBP-042 locks: pending, active, done with a PIN, in the shapes of a real answer', async () => {
  const reply = await lock('MBP-042');
  expect(reply.status).toBe(204);
  expect(reply.body).toBe('');
  expect(await bench.results('MBP-042')).toEqual([
    {
      '@odata.type': '#microsoft.graph.remoteLockActionResult',
      actionName: 'remoteLock',
      actionState: 'pending',
      startDateTime: '2026-07-01T09:00:00.1232751Z',
      lastUpdatedDateTime: '2026-07-01T09:00:00Z',
      unlockPin: null,
    },
  ]);
  bench.pass(2_000);
  expect(await lastState('MBP-042')).toBe('active');
  bench.pass(60_000);
  const [result] = await bench.results('MBP-042');
  expect(result).toMatchObject({ actionState: 'done', lastUpdatedDateTime: '2026-07-01T09:00:04Z' });
  expect(result!['unlockPin']).toMatch(/^\d{6}$/);
  expect(bench.issuedSecrets()).toContain(result!['unlockPin']);
});

test('speed makes time pass faster', async () => {
  const fast = await openBench({ speed: 1_000 });
  await fast.post(`/v1.0${devicePath('MBP-042')}/remoteLock`);
  fast.pass(4);
  expect((await fast.results('MBP-042')).at(-1)).toHaveProperty('actionState', 'done');
  await fast.stop();
});

test('a list and a GET without $select keep the results empty; $select does not mind case', async () => {
  await lock('MBP-042');
  const list = await bench.get("/beta/deviceManagement/managedDevices?$filter=deviceName eq 'MBP-042'");
  expect(list.body).toMatchObject({ value: [{ deviceActionResults: [] }] });
  expect((await bench.get(`/beta${devicePath('MBP-042')}`)).body).toHaveProperty('deviceActionResults', []);
  const asked = await bench.get(`/v1.0${devicePath('MBP-042')}?$select=deviceactionresults`);
  expect(asked.body).toMatchObject({ deviceActionResults: [{ actionName: 'remoteLock' }] });
  expect(asked.body).not.toHaveProperty('id');
});

test.each(['v1.0', 'beta'])('takes no body but {} in %s', async (version) => {
  expect((await lock('MBP-042', version, {})).status).toBe(204);
  expect((await lock('MBP-043', version, { pin: '123456' })).status).toBe(400);
  expect((await lock('MBP-043', version, [])).status).toBe(400);
  expect(await bench.results('MBP-043')).toEqual([]);
});

test.each(['LT-117', 'CPC-117', 'PH-29', 'PH-27'])('refuses %s without a feature', async (name) => {
  const reply = await lock(name);
  expect(reply.status).toBe(400);
  const { error } = reply.body as { error: { code: string; message: string } };
  expect(error.code).toBe('BadRequest');
  expect(JSON.parse(error.message)).toMatchObject({
    Message: expect.stringMatching(/^An error has occurred - Operation ID .*remoteLock\?api-version/),
    RetryAfter: null,
  });
  expect(await bench.results(name)).toEqual([]);
});

test.each([
  ['MBP-043', 'failed'],
  ['MBP-044', 'canceled'],
  ['PH-21', 'notSupported'],
  ['MBP-045', 'pending'],
  ['MBP-046', undefined],
  ['PH-22', 'active'],
  ['PH-30', 'none'],
  ['MBP-051', 'done'],
  ['TAB-15', 'done'],
  ['MBP-055', 'done'],
])('an hour later the lock of %s is %p', async (name, state) => {
  expect((await lock(name)).status).toBe(204);
  bench.pass(3_600_000);
  expect(await lastState(name)).toBe(state);
});

test('only Macs hand out a PIN, and only for a lock that works', async () => {
  const before = bench.issuedSecrets().length;
  for (const name of ['TAB-9', 'MBP-043', 'MBP-045', '会議室-01']) await lock(name);
  bench.pass(60_000);
  expect(bench.issuedSecrets()).toHaveLength(before);
  expect((await bench.results('TAB-9')).at(-1)).toMatchObject({ actionState: 'done', unlockPin: null });
});

test('a second lock of a Mac with an unused PIN is accepted, fails, and takes the PIN away', async () => {
  await lock('MBP-042');
  bench.pass(10_000);
  expect((await lock('MBP-042')).status).toBe(204);
  bench.pass(10_000);
  expect(await bench.results('MBP-042')).toMatchObject([
    { actionState: 'done', unlockPin: null },
    { actionState: 'failed', unlockPin: null },
  ]);
});

test('a PIN from yesterday stands on MBP-049 at any speed, and is gone after 30 days', async () => {
  const fast = await openBench({ speed: 1_000 });
  const [result] = await fast.results('MBP-049');
  expect(fast.issuedSecrets()).toContain(result!['unlockPin']);
  fast.pass(29.5 * 24 * 3_600_000);
  expect(await fast.results('MBP-049')).toMatchObject([{ actionState: 'done', unlockPin: null }]);
  await fast.stop();
});

test('MBP-051 has a lock pending from elsewhere', async () => {
  expect(await bench.results('MBP-051')).toMatchObject([
    { actionState: 'pending', startDateTime: '2026-07-01T08:40:00.1232751Z' },
  ]);
});

test('MBP-054 vanishes', async () => {
  await lock('MBP-054');
  expect(await lastState('MBP-054')).toBe('pending');
  bench.pass(3_000);
  expect((await bench.get(`/beta${devicePath('MBP-054')}`)).status).toBe(404);
  expect((await bench.get("/beta/deviceManagement/managedDevices?$filter=deviceName eq 'MBP-054'")).body).toMatchObject(
    {
      value: [],
    },
  );
  expect((await lock('MBP-054')).status).toBe(404);
});

test('MBP-055 writes as the documentation does', async () => {
  await lock('MBP-055');
  expect((await bench.results('MBP-055')).at(-1)).toMatchObject({
    '@odata.type': 'microsoft.graph.remoteLockActionResult',
    startDateTime: '2026-07-01T01:00:00.1236189-08:00',
  });
});

test('TAB-15 has blank entries', async () => {
  expect(await bench.results('TAB-15')).toMatchObject([
    { actionName: null, actionState: null, startDateTime: null },
    { actionState: 'none', startDateTime: '0001-01-01T00:00:00Z' },
  ]);
});
