import { fateTable, fleet } from '../../../src/sandbox/tenant/fleet.ts';
import { readSandboxSettings } from '../../../src/sandbox/tenant/settings.ts';
import { devicePath, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

const plain = async (path: string, method = 'GET') => fetch(bench.url + path, { method });

test('tells the fates and the requests without a token, and no secret', async () => {
  await bench.post(`/v1.0${devicePath('MBP-042')}/remoteLock`);
  const devices = await (await plain('/_sandbox/devices')).json();
  expect(devices).toEqual(fateTable);
  const requests = await (await plain('/_sandbox/requests')).text();
  expect(requests).toContain('remoteLock');
  expect((await plain('/_sandbox/issued-secrets')).status).not.toBe(200);
  for (const secret of bench.issuedSecrets()) expect(requests).not.toContain(`"${secret}"`);
});

test('reset brings the first morning back, but forgets no secret', async () => {
  await bench.post(`/v1.0${devicePath('MBP-042')}/remoteLock`);
  const before = bench.issuedSecrets();
  expect((await plain('/_sandbox/reset', 'POST')).status).toBe(204);
  expect(bench.requests()).toEqual([]);
  expect(await bench.results('MBP-042')).toEqual([]);
  expect(await bench.results('MBP-049')).toHaveLength(1);
  expect(bench.issuedSecrets()).toEqual(expect.arrayContaining(before));
});

test('every device has its own id and a story', () => {
  expect(new Set(fleet.map(({ id }) => id)).size).toBe(fleet.length);
  expect(fleet.length).toBeGreaterThanOrEqual(40);
  for (const { fate } of fateTable) expect(fate).toMatch(/\.$/);
  expect(fleet.some(({ deviceName }) => deviceName.length === 60)).toBe(true);
});

test('settings have defaults, and all faults are told at once', () => {
  expect(readSandboxSettings({})).toEqual({ port: 4000, speed: 1 });
  expect(readSandboxSettings({ SANDBOX_PORT: '0', SANDBOX_SPEED: '0.5' })).toEqual({ port: 0, speed: 0.5 });
  const faulty = readSandboxSettings({ SANDBOX_PORT: 'abc', SANDBOX_SPEED: '0' });
  expect(faulty).toEqual({
    faults: [expect.stringContaining("SANDBOX_PORT is 'abc'"), expect.stringContaining("SANDBOX_SPEED is '0'")],
  });
  expect(readSandboxSettings({ SANDBOX_PORT: '', SANDBOX_SPEED: '' })).toHaveProperty('faults');
});
