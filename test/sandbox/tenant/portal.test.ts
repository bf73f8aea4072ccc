import { devicePath, idOf, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

const by = 'ada.admin@contoso.example';
const route = (body: unknown) =>
  fetch(`${bench.url}/_sandbox/portal`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

async function newestAudit(): Promise<unknown> {
  const { body } = await bench.get('/beta/deviceManagement/remoteActionAudits?$orderby=requestDateTime desc&$top=1');
  return (body as { value: unknown[] }).value[0];
}

test('a lock from the portal shows in the audits and among the results, and is no request to Graph', async () => {
  bench.portal({ device: 'MBP-042', action: 'remoteLock', by });
  expect(bench.requests()).toEqual([]);
  expect(await newestAudit()).toMatchObject({
    deviceDisplayName: 'MBP-042',
    action: 'remoteLock',
    initiatedByUserPrincipalName: by,
    actionState: 'pending',
  });
  expect(await bench.results('MBP-042')).toMatchObject([{ actionName: 'remoteLock', actionState: 'pending' }]);
  bench.pass(60_000);
  const [result] = await bench.results('MBP-042');
  expect(bench.issuedSecrets()).toContain(result!['unlockPin']);
});

test.each(['rebootNow', 'factoryReset', 'removeCompanyData'])('%s by HTTP: an audit, and no result', async (action) => {
  expect((await route({ device: 'mbp-042', action, by })).status).toBe(204);
  expect(await newestAudit()).toMatchObject({ action, initiatedByUserPrincipalName: by, actionState: 'pending' });
  bench.pass(60_000);
  expect(await newestAudit()).toMatchObject({ action, actionState: 'done' });
  expect(await bench.results('MBP-042')).toEqual([]);
});

test('a sync leaves no audit, yet takes an unused PIN off the record as every further action does', async () => {
  const before = await newestAudit();
  expect((await bench.results('MBP-049')).at(-1)).toMatchObject({ unlockPin: expect.stringMatching(/^\d{6}$/) });
  bench.portal({ device: 'MBP-049', action: 'syncDevice' });
  expect(await newestAudit()).toEqual(before);
  expect(await bench.results('MBP-049')).toMatchObject([{ actionState: 'done', unlockPin: null }]);
});

test('the portal is not troubled by what Graph’s answers suffer from', async () => {
  bench.portal({ device: 'PH-23', action: 'remoteLock' });
  expect(await bench.results('PH-23')).toHaveLength(1);
  expect((await bench.post(`/v1.0${devicePath('PH-23')}/remoteLock`)).status).toBe(429);
});

test('of two devices with one name the id says which', async () => {
  expect(await (await route({ device: 'MBP-050', action: 'remoteLock' })).json()).toEqual({
    error: expect.stringContaining(idOf('MBP-050')),
  });
  bench.portal({ device: idOf('MBP-050'), action: 'remoteLock' });
  expect(await newestAudit()).toMatchObject({ managedDeviceId: idOf('MBP-050') });
});

test.each([
  ['no device', { action: 'remoteLock' }, /No device is named/],
  ['an unknown device', { device: 'MBP-999', action: 'remoteLock' }, /No device is named 'MBP-999'/],
  ['an unknown action', { device: 'MBP-042', action: 'explode' }, /no action 'explode' here; it has: remoteLock, /],
  ['a device that cannot', { device: 'LT-117', action: 'remoteLock' }, /LT-117 cannot be locked/],
  ['nobody', { device: 'MBP-042', action: 'rebootNow', by: '' }, /user principal name/],
  ['no object', [], /no action/],
])('refuses %s, and says why', async (_what, deed, words) => {
  const before = await newestAudit();
  const response = await route(deed);
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: string }).error).toMatch(words);
  expect(() => bench.portal(deed as never)).toThrow(words);
  expect(await newestAudit()).toEqual(before);
});
