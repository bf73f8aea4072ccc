import type { Device } from '../../src/model/device.ts';
import { batch, fakeGraph, type Fake, type Item, type Reply, type Seen } from './fake-graph.ts';

let fake: Fake;
afterEach(() => fake.stop());

const list = (...value: object[]): Reply => ({ body: { value } });
const mac = {
  id: 'd-1',
  deviceName: 'MBP-042',
  serialNumber: 'C02XL0AAJGH5',
  userId: 'u-1',
  userDisplayName: 'Adele Vance',
  userPrincipalName: 'adele.vance@contoso.example',
  operatingSystem: 'macOS',
  osVersion: '15.1',
  deviceType: 'macMDM',
  model: 'MacBook Pro',
  managedDeviceOwnerType: 'company',
  complianceState: 'compliant',
  lastSyncDateTime: '2026-11-21T08:00:00.1234567Z',
  enrolledDateTime: '0001-01-01T00:00:00Z',
  managementAgent: 'mdm',
  deviceEnrollmentType: 'appleBulkWithUser',
  isSupervised: true,
  configurationManagerClientEnabledFeatures: null,
};

/** What every `$filter` in the batches so far said. */
const filters = (): string[] =>
  fake.seen
    .filter(({ raw }) => raw.endsWith('/$batch'))
    .flatMap(({ body }) => (body as { requests: Item[] }).requests)
    .map(({ url }) => new URL(url, 'http://x').searchParams.get('$filter') ?? '');

test('a device is read into ours', async () => {
  fake = await fakeGraph((seen) => batch(seen, () => list(mac)));
  expect(await fake.graph.findDevices('mbp-042')).toEqual<Device[]>([
    {
      id: 'd-1',
      name: 'MBP-042',
      serialNumber: 'C02XL0AAJGH5',
      platform: 'macOS',
      system: 'macOS 15.1',
      model: 'MacBook Pro',
      owner: { id: 'u-1', name: 'Adele Vance', userPrincipalName: 'adele.vance@contoso.example' },
      ownership: 'company',
      compliance: 'compliant',
      lastSync: Date.parse('2026-11-21T08:00:00.123Z'),
      managementAgent: 'mdm',
      enrollmentType: 'appleBulkWithUser',
      supervised: true,
      configurationManager: false,
      isCloudPc: false,
    },
  ]);
});

test.each([
  [{ managementAgent: 'configurationManagerClientMdm' }, { configurationManager: true }],
  [{ managementAgent: 'configurationManagerClient' }, { configurationManager: true }],
  [{ configurationManagerClientEnabledFeatures: { inventory: false } }, { configurationManager: false }],
  [{ configurationManagerClientEnabledFeatures: { inventory: true } }, { configurationManager: true }],
  [{ deviceType: 'cloudPC' }, { isCloudPc: true }],
  [{ model: 'Cloud PC Enterprise 2vCPU/8GB/128GB' }, { isCloudPc: true }],
  [
    { serialNumber: null, userId: null },
    { serialNumber: '', owner: expect.objectContaining({ id: '' }) as unknown },
  ],
])('%j', async (raw, read) => {
  fake = await fakeGraph((seen) => batch(seen, () => list({ ...mac, ...raw })));
  expect((await fake.graph.findDevices('MBP-042'))[0]).toMatchObject(read);
});

test('one query per property, the address only where there is an @', async () => {
  fake = await fakeGraph((seen) => batch(seen, () => list()));
  await fake.graph.findDevices(' MBP-042 ');
  expect(filters()).toEqual(["deviceName eq 'MBP-042'", "serialNumber eq 'MBP-042'"]);
  await fake.graph.findDevices('a@b.c');
  expect(filters().slice(2)).toEqual([
    "deviceName eq 'a@b.c'",
    "serialNumber eq 'a@b.c'",
    "userPrincipalName eq 'a@b.c'",
  ]);
});

test('two readings of what was typed go in one batch, each filter once', async () => {
  fake = await fakeGraph((seen) => batch(seen, () => list(mac, { ...mac, id: 'd-2', deviceName: 'device MBP-042' })));
  const found = await fake.graph.findDevices('device MBP-042', 'MBP-042', ' MBP-042', '');
  expect(found.map(({ id }) => id)).toEqual(['d-1', 'd-2']);
  expect(filters()).toEqual([
    "deviceName eq 'device MBP-042'",
    "serialNumber eq 'device MBP-042'",
    "deviceName eq 'MBP-042'",
    "serialNumber eq 'MBP-042'",
  ]);
  expect(fake.seen).toHaveLength(1);
});

test.each([
  "O'Neill's Mac",
  'a&b=c#d?e',
  "' or 1 eq 1 or deviceName eq '",
  'ROOM1_AndroidAOSP_7/2/2025_12:01 PM',
  '100% %27',
  'Zoë 💻',
  'x+y',
  'https://evil.example/',
])('the hostile name %p stays a name', async (name) => {
  fake = await fakeGraph((seen) => batch(seen, () => list({ ...mac, deviceName: name })));
  expect(await fake.graph.findDevices(name)).toHaveLength(1);
  expect(filters()[0]).toBe(`deviceName eq '${name.replaceAll("'", "''")}'`);
});

test.each(['a+b@contoso.example', '100%25@contoso.example', "o'neil&x=1#?@contoso.example"])(
  'the hostile address %p is asked for as it is, alone and on the next page',
  async (address) => {
    const said = (raw = ''): string => new URL(raw, 'http://x').searchParams.get('$filter') ?? '';
    fake = await fakeGraph(({ raw }) => {
      const next = raw.includes('skiptoken') ? {} : { '@odata.nextLink': `http://x${raw}&$skiptoken=a%2Bb%25` };
      return { body: { value: [], ...next } };
    });
    expect(await fake.graph.devicesOf('u-1', address)).toEqual([]);
    const asked = `userPrincipalName eq '${address.replaceAll("'", "''")}'`;
    expect(fake.seen.map(({ raw }) => said(raw))).toEqual([asked, asked]);
    expect(fake.seen[1]?.raw).toMatch(/\$skiptoken=a%2Bb%25$/);
  },
);

test('a filter that Graph ignores finds nothing that was not asked for', async () => {
  const others = Array.from({ length: 40 }, (_, at) => ({
    ...mac,
    id: `o-${at}`,
    deviceName: `PC-${at}`,
    serialNumber: `S${at}`,
  }));
  const all = list(...others, mac);
  fake = await fakeGraph((seen) => (seen.method === 'POST' ? batch(seen, () => all) : all));
  expect((await fake.graph.findDevices('MBP-042')).map(({ id }) => id)).toEqual(['d-1']);
  expect(await fake.graph.findDevices('MBP-04')).toEqual([]);
  expect((await fake.graph.devicesOf('U-1', 'adele.vance@contoso.example')).length).toBe(41);
  expect(await fake.graph.devicesOf('u-2', 'adele.vance@contoso.example')).toEqual([]);
});

test('composed and decomposed letters are the same name', async () => {
  fake = await fakeGraph((seen) => batch(seen, () => list({ ...mac, deviceName: 'Zoe\u0308' })));
  expect(await fake.graph.findDevices('ZO\u00cb')).toHaveLength(1);
});

test('a phone that spells its name with a typographer’s apostrophe is found with a typed one', async () => {
  fake = await fakeGraph((seen) =>
    batch(seen, ({ url }) =>
      list(...(decodeURIComponent(url).includes('’') ? [{ ...mac, deviceName: 'Ann’s iPhone' }] : [])),
    ),
  );
  expect(await fake.graph.findDevices("Ann's iPhone")).toHaveLength(1);
  expect(filters()).toEqual([
    "deviceName eq 'Ann''s iPhone'",
    "deviceName eq 'Ann’s iPhone'",
    "serialNumber eq 'Ann''s iPhone'",
  ]);
});

test.each(['', '  ', 'x'.repeat(257)])('%p is no question', async (text) => {
  fake = await fakeGraph(() => undefined);
  expect(await fake.graph.findDevices(text)).toEqual([]);
  expect(await fake.graph.nearDevices(text)).toEqual([]);
  expect(fake.seen).toEqual([]);
});

describe('pages', () => {
  const paged = async (host: (url: string) => string, pages: number): Promise<void> => {
    fake = await fakeGraph((seen) => {
      const page = Number(/skiptoken=(\d+)/.exec(seen.path)?.[1] ?? 0);
      const next =
        page + 1 < pages
          ? {
              '@odata.nextLink': `${host(fake.url)}/beta/deviceManagement/managedDevices?$filter=x&$skiptoken=${page + 1}`,
            }
          : {};
      const answer = { body: { value: [{ ...mac, id: `p-${page}` }], ...next } };
      return seen.method === 'POST'
        ? batch(seen, ({ url }) => (url.includes('deviceName%20eq') ? answer : list()))
        : answer;
    });
  };

  test('are followed to the end', async () => {
    await paged((url) => url, 3);
    expect((await fake.graph.findDevices('MBP-042')).map(({ id }) => id)).toEqual(['p-0', 'p-1', 'p-2']);
  });

  test('elsewhere are asked of our own Graph; the token never goes to the host they name', async () => {
    const foreign = await fakeGraph(() => list());
    await paged(() => foreign.url, 2);
    expect(await fake.graph.findDevices('MBP-042')).toHaveLength(2);
    expect(foreign.seen).toEqual([]);
    await foreign.stop();
  });

  test('without end are a fault, because half an answer would lie', async () => {
    await paged((url) => url, 1_000);
    await expect(fake.graph.findDevices('MBP-042')).rejects.toMatchObject({ reason: 'unexpected' });
  });
});

test('a redirect is not followed', async () => {
  const foreign = await fakeGraph(() => list());
  fake = await fakeGraph(() => ({ status: 307, headers: { location: `${foreign.url}/beta/$batch` } }));
  await expect(fake.graph.findDevices('MBP-042')).rejects.toMatchObject({ reason: 'unexpected' });
  expect(foreign.seen).toEqual([]);
  await foreign.stop();
});

describe('patience', () => {
  const after = (busy: Reply, times: number): ((seen: Seen) => Reply) => {
    let asked = 0;
    return (seen) => ((asked += 1) > times ? batch(seen, () => list(mac)) : busy);
  };

  test('as long as Graph asks, fractions too', async () => {
    fake = await fakeGraph(after({ status: 429, headers: { 'retry-after': '2.128' } }, 2));
    expect(await fake.graph.findDevices('MBP-042')).toHaveLength(1);
    expect(fake.waits).toEqual([2128, 2128]);
    expect(new Set(fake.seen.map(({ headers }) => headers['client-request-id'])).size).toBe(3);
  });

  test.each([429, 503, 504])('doubling, where %i tells no time', async (status) => {
    fake = await fakeGraph(after({ status }, 3));
    expect(await fake.graph.findDevices('MBP-042')).toHaveLength(1);
    expect(fake.waits).toHaveLength(3);
    fake.waits.forEach((ms, at) => {
      expect(ms).toBeGreaterThanOrEqual(250 * 2 ** at);
      expect(ms).toBeLessThanOrEqual(500 * 2 ** at);
    });
  });

  test('a broken line is tried again', async () => {
    fake = await fakeGraph(after({ breaks: true }, 1));
    expect(await fake.graph.findDevices('MBP-042')).toHaveLength(1);
  });

  test('a kept line on which Graph hangs up is tried again on another', async () => {
    fake = await fakeGraph(({ reused }) => (reused ? { breaks: true } : list(mac)));
    for (let times = 0; times < 2; times += 1) {
      expect(await fake.graph.devicesOf('u-1', 'adele.vance@contoso.example')).toHaveLength(1);
    }
    expect(fake.seen.map(({ reused }) => reused)).toEqual([false, true, false]);
  });

  test.each<[Reply, string, number]>([
    [
      { status: 429, body: { error: { code: 'TooManyRequests', message: 'An error has occurred.', details: [] } } },
      'throttled',
      4,
    ],
    [{ status: 429, headers: { 'retry-after': '60' } }, 'throttled', 1],
    [{ status: 503 }, 'unreachable', 4],
    [{ status: 500 }, 'unreachable', 1],
    [{ breaks: true }, 'unreachable', 4],
    [{ status: 403 }, 'denied', 1],
    [{ status: 401 }, 'denied', 1],
    [{ status: 400 }, 'unexpected', 1],
    [{ status: 200, body: 'no json' }, 'unexpected', 1],
  ])('%j ends as %s', async (reply, reason, calls) => {
    fake = await fakeGraph(() => reply);
    await expect(fake.graph.findDevices('MBP-042')).rejects.toMatchObject({ name: 'GraphFault', reason });
    expect(fake.seen).toHaveLength(calls);
  });

  test('ends with the time', async () => {
    fake = await fakeGraph(() => ({ silent: true }));
    const graph = fake.open({ readBudgetMs: 40, readAttempts: 1 });
    await expect(graph.findDevices('MBP-042')).rejects.toMatchObject({ reason: 'unreachable' });
  });

  test('nobody there', async () => {
    fake = await fakeGraph(() => undefined);
    await fake.stop();
    await expect(fake.graph.findDevices('MBP-042')).rejects.toMatchObject({ reason: 'unreachable' });
  });

  test('one query of the three that fails is a failure of all', async () => {
    fake = await fakeGraph((seen) =>
      batch(seen, ({ url }) => (url.includes('serialNumber%20eq') ? { status: 403 } : list(mac))),
    );
    await expect(fake.graph.findDevices('MBP-042')).rejects.toMatchObject({ reason: 'denied' });
  });

  test('only what Graph put off is asked again, after the longest wait', async () => {
    let round = 0;
    fake = await fakeGraph((seen) => {
      round += 1;
      return batch(seen, ({ url }) => {
        if (round > 1 || url.includes('userPrincipalName%20eq')) return list(mac);
        return { status: 429, headers: { 'Retry-After': url.includes('serialNumber%20eq') ? '3' : '1' } };
      });
    });
    await fake.graph.findDevices('adele.vance@contoso.example');
    expect(fake.waits).toEqual([3000]);
    expect(filters().map((filter) => filter.split(' ')[0])).toEqual([
      'deviceName',
      'serialNumber',
      'userPrincipalName',
      'deviceName',
      'serialNumber',
    ]);
  });
});

test('near names, nearest first, at most five', async () => {
  const names = ['MBP-042', 'MBP-043', 'MBP-142', 'MBP-4', 'DESKTOP-9', 'MBP-041', 'MBP-044', 'XMBP-042'];
  fake = await fakeGraph((seen) =>
    batch(seen, () => list(...names.map((deviceName, at) => ({ ...mac, id: `n-${at}`, deviceName })))),
  );
  const near = await fake.graph.nearDevices('mpb-042');
  expect(near.map(({ name }) => name)).toEqual(['MBP-042', 'MBP-041', 'MBP-043', 'MBP-044', 'MBP-142']);
  expect(filters()).toEqual(["contains(deviceName,'mpb')", "contains(deviceName,'042')"]);
});

test.each([
  ['MBP+042%', ["contains(deviceName,'mbp')", "contains(deviceName,'042')"]],
  ['50%2B25', ["contains(deviceName,'50')", "contains(deviceName,'25')"]],
  ["lab%' or", ["contains(deviceName,'lab')", "contains(deviceName,'or')"]],
  ['会議室+01', ["contains(deviceName,'会議室')", "contains(deviceName,'01')"]],
])('near %p: letters and digits alone are asked for', async (said, expected) => {
  fake = await fakeGraph((seen) => batch(seen, () => list({ ...mac, deviceName: said })));
  expect((await fake.graph.nearDevices(said)).map(({ name }) => name)).toEqual([said]);
  expect(filters()).toEqual(expected);
});

test('near a name that thousands share, the first page is enough', async () => {
  const page = Array.from({ length: 1_000 }, (_, at) => ({ ...mac, id: `p-${at}`, deviceName: `desktop-${at}` }));
  const more = '/beta/deviceManagement/managedDevices?$skiptoken=1';
  const first = (): Reply => ({ body: { value: page, '@odata.nextLink': fake.url + more } });
  fake = await fakeGraph((seen) => (seen.method === 'POST' ? batch(seen, first) : first()));
  expect(await fake.graph.nearDevices('desk')).toHaveLength(5);
  expect(await fake.graph.nearDevices('desktop')).toHaveLength(5);
  // "desk" goes alone, "desktop" in one batch with its halves.
  expect(fake.seen.map(({ method }) => method)).toEqual(['GET', 'POST']);
});

test('nothing is near a stranger', async () => {
  fake = await fakeGraph((seen) => (seen.method === 'POST' ? batch(seen, () => list(mac)) : list(mac)));
  expect(await fake.graph.nearDevices('surface-17')).toEqual([]);
});

test('logs hold no names, no secrets, no filters', async () => {
  fake = await fakeGraph((seen) => (seen.method === 'POST' ? batch(seen, () => list(mac)) : { status: 403 }));
  await fake.graph.findDevices('MBP-042');
  await fake.graph
    .standing({ id: 'u-secret', tenantId: 't', name: 'Jane', chatId: '29:x' }, ['g'])
    .catch(() => undefined);
  const told = JSON.stringify(fake.lines);
  for (const secret of ['MBP-042', 'the-token', 'u-secret', 'Jane', 'filter', 'adele'])
    expect(told).not.toContain(secret);
  expect(fake.lines[0]).toMatchObject({
    method: 'POST',
    path: '/beta/$batch',
    status: 200,
    requestId: 'graphs-own-id',
    ms: 0,
  });
  expect(told).toContain('/users/…/checkMemberGroups');
});
