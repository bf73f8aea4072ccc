import { devicePath, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench({ speed: 1_000 })));
afterEach(() => bench.stop());

const lock = (name: string) => bench.post(`/v1.0${devicePath(name)}/remoteLock`);

test('a lost answer was executed (MBP-047) or not (MBP-048), and the caller cannot tell', async () => {
  await expect(lock('MBP-047')).rejects.toThrow();
  await expect(lock('MBP-048')).rejects.toThrow();
  expect(bench.requests()).toMatchObject([
    { status: 204, lost: true },
    { status: 0, lost: true },
  ]);
  expect(await bench.results('MBP-047')).toHaveLength(1);
  expect(await bench.results('MBP-048')).toEqual([]);
});

test.each([
  ['MBP-053', 500, null],
  ['PH-28', 503, '0.002'],
])('%s executes and answers %d', async (name, status, retryAfter) => {
  const reply = await lock(name);
  expect(reply.status).toBe(status);
  expect(reply.headers.get('retry-after')).toBe(retryAfter);
  expect(await bench.results(name)).toHaveLength(1);
});

test.each([
  ['PH-23', '0.002'],
  ['PH-24', null],
])('%s is throttled once', async (name, retryAfter) => {
  const first = await lock(name);
  expect(first.status).toBe(429);
  expect(first.headers.get('retry-after')).toBe(retryAfter);
  expect(first.body).toHaveProperty('error.code', 'TooManyRequests');
  expect((await lock(name)).status).toBe(204);
  expect(await bench.results(name)).toHaveLength(1);
});

test('at speed 1 the wait is a fraction', async () => {
  const slow = await openBench();
  const reply = await slow.post(`/v1.0${devicePath('PH-23')}/remoteLock`);
  expect(reply.headers.get('retry-after')).toBe('2.128');
  await slow.stop();
});

test('reads of PH-25 are throttled once it is locked, by turns with and without a time', async () => {
  const read = () => bench.get(`/beta${devicePath('PH-25')}?$select=deviceActionResults`);
  expect((await read()).status).toBe(200);
  await lock('PH-25');
  const replies = [await read(), await read(), await read(), await read(), await read()];
  expect(replies.map(({ status }) => status)).toEqual([429, 429, 429, 429, 200]);
  expect(replies.map(({ headers }) => headers.has('retry-after'))).toEqual([true, false, true, false, false]);
});

test('PH-26 lacks a scope', async () => {
  const reply = await lock('PH-26');
  expect(reply.status).toBe(403);
  expect(reply.body).toMatchObject({
    error: {
      code: 'Forbidden',
      message: expect.stringContaining('DeviceManagementManagedDevices.PrivilegedOperations.All'),
    },
  });
});

test('MBP-052 is slow, but has executed by then', async () => {
  const reply = lock('MBP-052');
  expect((await reply).status).toBe(204);
  expect(await bench.results('MBP-052')).toHaveLength(1);
});
