import { devicePath, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench({ speed: 1_000 })));
afterEach(() => bench.stop());

interface ItemAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: Record<string, unknown>;
}

const send = (requests: unknown, version = 'beta') => bench.post(`/${version}/$batch`, { requests });
async function answers(requests: unknown, version?: string): Promise<ItemAnswer[]> {
  const reply = await send(requests, version);
  expect(reply.status).toBe(200);
  return (reply.body as { responses: ItemAnswer[] }).responses;
}
const get = (id: string, url: string) => ({ id, method: 'GET', url });
const json = { 'Content-Type': 'application/json' };

test('answers out of order, each item like a request of its own, recorded one by one', async () => {
  const responses = await answers([
    get('1', '/organization'),
    get('2', `${devicePath('MBP-042')}?$select=deviceName`),
    get('3', 'groups/nothing'),
    { id: '4', method: 'POST', url: `${devicePath('MBP-042')}/remoteLock` },
  ]);
  expect(responses.map(({ id, status }) => [id, status])).toEqual([
    ['4', 204],
    ['3', 404],
    ['2', 200],
    ['1', 200],
  ]);
  expect(responses[0]).not.toHaveProperty('body');
  expect(responses[2]!.body).toMatchObject({ deviceName: 'MBP-042' });
  expect(bench.requests().filter(({ viaBatch }) => viaBatch)).toHaveLength(4);
  expect(bench.requests()[0]).toMatchObject({ path: '/beta/$batch', status: 200 });
});

test('one version per batch', async () => {
  const [answer] = await answers([get('1', `${devicePath('MBP-042')}?$select=chassisType`)], 'v1.0');
  expect(answer!.status).toBe(400);
});

test('a throttled item carries its own 429, with or without Retry-After', async () => {
  await bench.post(`/v1.0${devicePath('PH-25')}/remoteLock`);
  const read = (id: string) => get(id, `${devicePath('PH-25')}?$select=deviceActionResults`);
  const responses = await answers([read('a'), read('b'), get('c', `${devicePath('MBP-042')}?$select=id`)]);
  expect(responses.map(({ status }) => status)).toEqual([200, 429, 429]);
  expect(responses.map(({ headers }) => 'Retry-After' in headers).filter(Boolean)).toHaveLength(1);
});

test('a lost answer is a 504 there', async () => {
  const [answer] = await answers([{ id: '1', method: 'POST', url: `${devicePath('MBP-047')}/remoteLock` }]);
  expect(answer!.status).toBe(504);
  expect(bench.requests()[1]).toMatchObject({ lost: true, status: 204, viaBatch: true });
  expect(await bench.results('MBP-047')).toHaveLength(1);
});

test('what depends on a failure is 424', async () => {
  const responses = await answers([
    get('1', '/groups/nothing'),
    { ...get('2', '/organization'), dependsOn: ['1'] },
    { ...get('3', '/organization'), dependsOn: ['2'] },
    get('4', '/organization'),
  ]);
  expect(responses.map(({ status }) => status)).toEqual([200, 424, 424, 404]);
});

test('a body goes with its Content-Type', async () => {
  const body = { groupIds: [] };
  const url = '/users/adele.vance@contoso.example/checkMemberGroups';
  const [answer] = await answers([{ id: '1', method: 'POST', url, body, headers: json }]);
  expect(answer!.body).toMatchObject({ value: [] });
  expect((await send([{ id: '1', method: 'POST', url, body }])).status).toBe(400);
});

test('bytes come as base64', async () => {
  const url = '/deviceManagement/reports/getConfigurationPoliciesReportForDevice';
  const body = { filter: "IntuneDeviceId eq 'x'" };
  const [answer] = await answers([{ id: '1', method: 'POST', url, body, headers: json }]);
  expect(JSON.parse(Buffer.from(String(answer!.body), 'base64').toString())).toMatchObject({ TotalRowCount: 0 });
});

test.each([
  ['nothing', undefined],
  ['no items', []],
  ['too many', Array.from({ length: 21 }, (_, index) => get(String(index), '/organization'))],
  ['equal ids', [get('a', '/organization'), get('A', '/organization')]],
  ['no id', [{ method: 'GET', url: '/organization' }]],
  ['no method', [{ id: '1', url: '/organization' }]],
  ['an absolute url', [get('1', 'https://graph.microsoft.com/v1.0/organization')]],
  ['a version in the url', [get('1', '/v1.0/organization')]],
  ['an unknown dependency', [{ ...get('1', '/organization'), dependsOn: ['9'] }]],
])('refuses a batch with %s', async (_what, requests) => {
  const reply = await send(requests);
  expect(reply.status).toBe(400);
  expect(reply.body).toHaveProperty('error.code', 'BadRequest');
});

test('20 items fit, and a batch in a batch does not', async () => {
  expect(await answers(Array.from({ length: 20 }, (_, index) => get(String(index), '/organization')))).toHaveLength(20);
  const inner = { id: '1', method: 'POST', url: '/$batch', body: { requests: [] }, headers: json };
  expect((await answers([inner]))[0]!.status).toBe(400);
});
