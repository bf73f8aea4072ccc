import { credentialFrom } from '../../src/graph/credential.ts';
import { createGraph } from '../../src/graph/graph.ts';
import { findPerson } from '../../src/sandbox/tenant/employees.ts';
import { startTenant } from '../../src/sandbox/tenant/server.ts';
import { badRequest, fakeGraph } from './fake-graph.ts';
import type { Fake, Seen } from './fake-graph.ts';

const start = Date.parse('2026-11-22T10:00:00Z');

describe('against a Graph of one page', () => {
  let fake: Fake;
  afterEach(() => fake.stop());

  const entry = (index: number, more: object = {}) => ({
    id: `a${index}`,
    action: 'remoteLock',
    actionState: 'pending',
    managedDeviceId: `d${index}`,
    deviceDisplayName: `MBP-${index}`,
    deviceOwnerUserPrincipalName: 'adele@contoso.example',
    initiatedByUserPrincipalName: 'admin@contoso.example',
    requestDateTime: new Date(start - index * 60_000).toISOString().replace('Z', '0000Z'),
    ...more,
  });

  /** Pages of two, newest first, with links to another host. */
  const pages =
    (entries: readonly object[]) =>
    ({ path }: Seen) => {
      if (!path.startsWith('/beta/deviceManagement/remoteActionAudits?')) return undefined;
      const from = Number(/skiptoken=(\d+)/u.exec(path)?.[1] ?? 0);
      const more = from + 2 < entries.length;
      const link = `https://elsewhere.example/beta/deviceManagement/remoteActionAudits?$skiptoken=${from + 2}`;
      return { body: { value: entries.slice(from, from + 2), ...(more ? { '@odata.nextLink': link } : {}) } };
    };

  test('reads what was asked for since then, newest first, and no page more', async () => {
    fake = await fakeGraph(pages([1, 2, 3, 4, 5, 6, 7, 8].map((index) => entry(index))));
    const found = await fake.graph.audits(start - 3 * 60_000, 100);
    expect(found.map(({ id }) => id)).toEqual(['a1', 'a2', 'a3']);
    expect(found[0]).toEqual({
      id: 'a1',
      tenantId: '',
      action: 'remoteLock',
      deviceId: 'd1',
      deviceName: 'MBP-1',
      ownerUserPrincipalName: 'adele@contoso.example',
      initiatedBy: 'admin@contoso.example',
      requestedAt: start - 60_000,
      state: 'pending',
    });
    expect(fake.seen.map(({ path }) => path)).toEqual([
      '/beta/deviceManagement/remoteActionAudits?$orderby=requestDateTime desc&$top=100',
      '/beta/deviceManagement/remoteActionAudits?$skiptoken=2',
    ]);
  });

  test('no more than was wanted, and nothing that could not be told', async () => {
    const odd = [
      entry(1, { managedDeviceId: null }),
      entry(2, { requestDateTime: '0001-01-01T00:00:00Z' }),
      entry(3, { id: '' }),
      entry(4, { actionState: null, initiatedByUserPrincipalName: null, userName: 'old@contoso.example' }),
      entry(5),
      entry(6),
    ];
    fake = await fakeGraph(pages(odd));
    const found = await fake.graph.audits(0, 2);
    expect(found.map(({ id, state, initiatedBy }) => [id, state, initiatedBy])).toEqual([
      ['a4', 'none', 'old@contoso.example'],
      ['a5', 'pending', 'admin@contoso.example'],
    ]);
    expect(fake.seen).toHaveLength(3);
  });

  test('since when Graph refuses is known, until it answers', async () => {
    let status = 200;
    fake = await fakeGraph(() => ({ status, body: status === 200 ? { value: [] } : { error: { code: 'Forbidden' } } }));
    const { graph } = fake;
    const ask = () => graph.audits(0, 10).catch(() => undefined);
    const seen: unknown[] = [];
    for (const next of [200, 403, 403, 400, 200]) {
      status = next;
      await ask();
      seen.push(graph.auditsDeniedSince());
      fake.pass(1_000);
    }
    expect(seen).toEqual([undefined, start + 1_000, start + 1_000, start + 1_000, undefined]);
  });

  test('a Graph that does not tell is a fault', async () => {
    fake = await fakeGraph(() => ({ status: 403, body: { error: { code: 'Forbidden', message: 'secret' } } }));
    await expect(fake.graph.audits(0, 10)).rejects.toMatchObject({ reason: 'denied' });
    fake.seen.splice(0);
    await fake.stop();
    fake = await fakeGraph(() => badRequest('no'));
    await expect(fake.graph.audits(0, 10)).rejects.toMatchObject({ reason: 'unexpected' });
  });
});

test('against the tenant: what was done in the portal, and what we did', async () => {
  let now = start;
  const tenant = await startTenant({ now: () => now, speed: 1 });
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const graph = createGraph({
    baseUrl: tenant.url,
    credential: await credentialFrom({ is: 'sandbox' }),
    groupIds: () => [],
    log: silent,
    clock: { now: () => now },
  });
  const deed = { device: 'TAB-9', action: 'factoryReset', by: 'admin@contoso.example' };
  const sent = await fetch(`${tenant.url}/_sandbox/portal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(deed),
  });
  expect(sent.status).toBe(204);
  now += 1_000;
  const [mac] = await graph.findDevices('MBP-042');
  const path = `/deviceManagement/managedDevices/${mac?.id}/remoteLock`;
  await graph.send({ method: 'POST', version: 'v1.0', path });
  const found = await graph.audits(start, 10);
  expect(found.map(({ action, deviceName, requestedAt }) => [action, deviceName, requestedAt])).toEqual([
    ['remoteLock', 'MBP-042', start + 1_000],
    ['factoryReset', 'TAB-9', start],
  ]);
  expect(found[1]?.initiatedBy).toBe('admin@contoso.example');
  const devices = await graph.devicesWith([...found.map(({ deviceId }) => deviceId), 'none', '..']);
  expect(devices.map(({ name, platform }) => [name, platform])).toEqual([
    ['MBP-042', 'macOS'],
    ['TAB-9', expect.any(String)],
  ]);
  const megan = findPerson('megan.bowen@contoso.example');
  const names = [megan?.userPrincipalName ?? '', 'nobody@contoso.example', 'Microsoft Intune', 'x/../y@z'];
  expect([...(await graph.idsOf(names))]).toEqual([[megan?.userPrincipalName, megan?.id.toLowerCase()]]);
  await tenant.stop();
});
