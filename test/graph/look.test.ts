import { inspect } from 'node:util';
import type { Lookup } from '../../src/model/action.ts';
import { batch, fakeGraph, type Fake, type Item, type Reply } from './fake-graph.ts';

let fake: Fake;
afterEach(() => fake.stop());

const lookup = (id: string, kind: Lookup['kind'] = 'remoteLock'): Lookup => ({
  source: 'managedDevice',
  id,
  kind,
  names: [],
});
const startDateTime = '2026-11-22T09:00:00.6222751Z';
const startedAt = Date.parse('2026-11-22T09:00:00.622Z');
const entry = {
  '@odata.type': '#microsoft.graph.remoteLockActionResult',
  actionName: 'remoteLock',
  actionState: 'pending',
  startDateTime,
  unlockPin: '481516',
};
const device = (url: string): Reply => ({
  body: { id: url.split(/[/?]/)[3], lastSyncDateTime: '2026-11-22T08:00:00Z', deviceActionResults: [null, entry] },
});
const seen = {
  is: 'seen',
  lastSync: Date.parse('2026-11-22T08:00:00Z'),
  results: [{ actionName: 'remoteLock', state: 'pending', startedAt, detail: { is: 'remoteLock', unlockPin: true } }],
};
const sizes = (): number[] => fake.seen.map(({ body }) => (body as { requests: Item[] }).requests.length);

test('45 lookups are 3 calls, and the answers come in order', async () => {
  fake = await fakeGraph((request) =>
    batch(request, ({ url }) => (url.includes('d-7?') ? { status: 404 } : device(url))),
  );
  const looked = await fake.graph.look(Array.from({ length: 45 }, (_, at) => lookup(`d-${at}`)));
  expect(sizes().sort()).toEqual([20, 20, 5]);
  looked.forEach((one, at) => expect(one).toEqual(at === 7 ? { is: 'gone' } : seen));
  expect(JSON.stringify([looked, fake.lines])).not.toContain('481516');
});

test('lookups at one address are one ask', async () => {
  fake = await fakeGraph((request) => batch(request, ({ url }) => device(url)));
  const looked = await fake.graph.look([lookup('d-1'), lookup('d-2'), lookup('d-1', 'plain'), lookup('d-1')]);
  expect(sizes()).toEqual([2]);
  expect(looked).toEqual([seen, seen, { ...seen, results: [] }, seen]);
});

test('none is no call', async () => {
  fake = await fakeGraph(() => undefined);
  expect(await fake.graph.look([])).toEqual([]);
  expect(fake.seen).toEqual([]);
});

test('a short wait is sat out, for the items that were put off alone', async () => {
  let round = 0;
  fake = await fakeGraph((request) => {
    round += 1;
    return batch(request, ({ url }) =>
      round === 1 && /d-[12]\?/.test(url)
        ? { status: 429, headers: { 'Retry-After': url.includes('d-1') ? '0.5' : '1.5' } }
        : device(url),
    );
  });
  expect(await fake.graph.look([0, 1, 2, 3].map((at) => lookup(`d-${at}`)))).toEqual([seen, seen, seen, seen]);
  expect(sizes()).toEqual([4, 2]);
  expect(fake.waits).toEqual([1500]);
});

test('a long wait is handed on', async () => {
  fake = await fakeGraph((request) =>
    batch(request, ({ url }) =>
      url.includes('d-1?') ? { status: 429, headers: { 'retry-after': '17' } } : device(url),
    ),
  );
  expect(await fake.graph.look([lookup('d-0'), lookup('d-1')])).toEqual([
    seen,
    { is: 'notNow', retryAfterMs: 17_000, message: expect.stringContaining('429') as unknown },
  ]);
  expect(fake.waits).toEqual([]);
});

test('Cloud PCs, old and new, and a Mac in one batch', async () => {
  fake = await fakeGraph((request) =>
    batch(request, ({ url }) =>
      url.includes('Results') && !url.includes('$select')
        ? { body: { value: [{ actionName: 'Reprovision', actionState: 'done', cloudPcId: 'c' }] } }
        : device(url),
    ),
  );
  const of = (source: Lookup['source']): Lookup => ({ source, id: 'x', kind: 'cloudPc', names: ['reprovision'] });
  const result = {
    actionName: 'Reprovision',
    state: 'done',
    detail: { is: 'cloudPc', cloudPcId: 'c', managedDeviceId: '' },
  };
  expect(await fake.graph.look([of('cloudPc'), of('legacyCloudPc'), lookup('d-1')])).toEqual([
    { is: 'seen', results: [result] },
    { is: 'seen', results: [result] },
    seen,
  ]);
});

test('404 is gone for a device, and for a Cloud PC only that it has no results yet', async () => {
  fake = await fakeGraph((request) => batch(request, () => ({ status: 404 })));
  const of = (source: Lookup['source']): Lookup => ({ source, id: 'x', kind: 'cloudPc', names: ['reprovision'] });
  expect(await fake.graph.look([lookup('x'), of('cloudPc'), of('legacyCloudPc')])).toEqual([
    { is: 'gone' },
    { is: 'seen', results: [] },
    { is: 'seen', results: [] },
  ]);
});

test.each<[string, Reply]>([
  ['denied', { status: 403 }],
  ['broken', { breaks: true }],
  ['no batch', { body: { surprise: true } }],
  ['throttled', { status: 429 }],
])('never throws: %s', async (_, reply) => {
  fake = await fakeGraph(() => reply);
  const looked = await fake.graph.look([lookup('d-1'), lookup('d-2'), { ...lookup(''), id: '' }]);
  expect(looked.map(({ is }) => is)).toEqual(['notNow', 'notNow', 'notNow']);
});

test('inspect: the device and its results in one call; gone is gone', async () => {
  fake = await fakeGraph(({ path }) =>
    path.includes('d-gone')
      ? { status: 404 }
      : { body: { id: 'd-1', deviceName: 'MBP-042', deviceActionResults: [entry] } },
  );
  expect(await fake.graph.inspect('d-1', lookup('d-1'))).toMatchObject({
    device: { id: 'd-1', name: 'MBP-042' },
    results: seen.results,
  });
  expect(fake.seen).toHaveLength(1);
  expect(fake.seen[0]?.path).toContain('/beta/deviceManagement/managedDevices/d-1?$select=');
  expect(fake.seen[0]?.path).toContain('deviceActionResults');
  expect(await fake.graph.inspect('d-gone', lookup('d-gone'))).toBeUndefined();
});

test('inspect: a Cloud PC and its device in one batch', async () => {
  fake = await fakeGraph((request) =>
    batch(request, ({ url }) =>
      url.includes('cloudPCs')
        ? { body: { value: [{ actionName: 'Reprovision', cloudPcId: 'c' }] } }
        : { body: { id: 'd-1', deviceType: 'cloudPC' } },
    ),
  );
  const at: Lookup = { source: 'cloudPc', id: 'c', kind: 'cloudPc', names: ['reprovision'] };
  expect(await fake.graph.inspect('d-1', at)).toMatchObject({
    device: { isCloudPc: true },
    results: [{ actionName: 'Reprovision' }],
  });
  expect(sizes()).toEqual([2]);
});

describe('secret', () => {
  test('of the very result, and of no other', async () => {
    fake = await fakeGraph(({ path }) => (path.includes('d-gone') ? { status: 404 } : device(path)));
    expect(await fake.graph.secret(lookup('d-1'), 'unlockPin', startedAt)).toBe('481516');
    expect(await fake.graph.secret(lookup('d-1'), 'unlockPin', startedAt + 1)).toBeUndefined();
    expect(await fake.graph.secret(lookup('d-1', 'plain'), 'unlockPin', startedAt)).toBeUndefined();
    expect(await fake.graph.secret(lookup('d-gone'), 'unlockPin', startedAt)).toBeUndefined();
    expect(JSON.stringify(fake.lines)).not.toContain('481516');
  });

  test('of a result without a start time', async () => {
    const { startDateTime: _unset, ...unset } = entry;
    const results = [{ ...unset, startDateTime: '0001-01-01T00:00:00Z', unlockPin: '481516' }];
    fake = await fakeGraph(() => ({ body: { id: 'd-1', deviceActionResults: results } }));
    expect(await fake.graph.secret(lookup('d-1'), 'unlockPin', 0)).toBe('481516');
    expect(await fake.graph.secret(lookup('d-1'), 'unlockPin', startedAt)).toBeUndefined();
  });

  test('a refusal is a fault', async () => {
    fake = await fakeGraph(() => ({ status: 403, body: { error: { code: 'Forbidden', message: 'no' } } }));
    await expect(fake.graph.secret(lookup('d-1'), 'unlockPin', startedAt)).rejects.toMatchObject({ reason: 'denied' });
  });

  test.each([400, 403, 429, 500, 503])(
    'stands in no fault and no log line, whatever comes with a %d',
    async (status) => {
      const message = 'the unlockPin is 481516';
      const results = [{ ...entry, unlockPin: '481516' }];
      fake = await fakeGraph(() => ({
        status,
        body: { error: { code: 'Odd', message }, deviceActionResults: results },
      }));
      const asked: Promise<unknown>[] = [
        fake.graph.secret(lookup('d-1'), 'unlockPin', startedAt),
        fake.graph.inspect('d-1', lookup('d-1')),
        fake.graph.look([lookup('d-1')]),
      ];
      const came = await Promise.allSettled(asked);
      expect(came[0]).toMatchObject({ status: 'rejected' });
      expect(inspect([came, fake.lines], { depth: 9, showHidden: true })).not.toContain('481516');
    },
  );
});
