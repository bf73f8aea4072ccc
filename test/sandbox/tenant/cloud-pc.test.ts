import { devicePath, idOf, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

const root = '/deviceManagement/virtualEndpoint/cloudPCs';
type Entry = Record<string, unknown>;

async function cloudPc(name: string): Promise<Entry | undefined> {
  const reply = await bench.get(`/v1.0${root}?$filter=managedDeviceId eq '${idOf(name)}'`);
  return (reply.body as { value: Entry[] }).value[0];
}
const pathOf = async (name: string) => `${root}/${String((await cloudPc(name))!['id'])}`;
const reprovision = async (name: string, body?: unknown, version = 'v1.0') =>
  bench.post(`/${version}${await pathOf(name)}/reprovision`, body);
async function results(name: string, spelling = 'retrieveCloudPcRemoteActionResults'): Promise<Entry[]> {
  const reply = await bench.get(`/beta${await pathOf(name)}/${spelling}`);
  return (reply.body as { value: Entry[] }).value;
}

test('CPC-117 is rebuilt', async () => {
  expect((await reprovision('CPC-117')).status).toBe(204);
  expect(await results('CPC-117')).toEqual([
    {
      actionName: 'Reprovision',
      actionState: 'pending',
      startDateTime: '2026-07-01T09:00:00.1232751Z',
      lastUpdatedDateTime: '2026-07-01T09:00:00.1232751Z',
      cloudPcId: (await cloudPc('CPC-117'))!['id'],
      managedDeviceId: idOf('CPC-117'),
      statusDetail: null,
      statusDetails: null,
    },
  ]);
  bench.pass(1_000);
  const busy = await bench.get(`/beta${await pathOf('CPC-117')}`);
  expect(busy.body).toMatchObject({ status: 'provisioning', lastRemoteActionResult: { actionState: 'active' } });
  bench.pass(5_000);
  expect(await results('CPC-117')).toMatchObject([{ actionState: 'done', statusDetail: { code: 'provisioned' } }]);
});

const serverError = {
  code: 'internalServerError',
  additionalInformation: [
    { name: 'retriable', value: 'true' },
    { name: 'correlationId', value: expect.any(String) },
  ],
};

test.each([
  ['CPC-118', { actionState: 'failed', managedDeviceId: null, statusDetail: serverError, statusDetails: null }],
  ['CPC-119', { actionState: 'failed', statusDetail: null, statusDetails: serverError }],
  ['CPC-120', { actionState: 'notSupported' }],
])('%s ends otherwise', async (name, ending) => {
  await reprovision(name, { userAccountType: 'standardUser', osVersion: null }, 'beta');
  bench.pass(60_000);
  expect(await results(name)).toMatchObject([ending]);
});

test('only the last result of each kind is kept', async () => {
  await reprovision('CPC-117');
  await reprovision('CPC-117');
  expect(await results('CPC-117')).toHaveLength(1);
});

test('results are a function of beta, in any case and with or without ()', async () => {
  for (const spelling of ['retrieveCloudPCRemoteActionResults', 'retrievecloudpcremoteactionresults()']) {
    expect(await results('CPC-117', spelling)).toEqual([]);
  }
  const old = await bench.get(`/v1.0${await pathOf('CPC-117')}/retrieveCloudPcRemoteActionResults`);
  expect(old.status).toBe(400);
});

test('CPC-121 says beforehand that it cannot be reprovisioned', async () => {
  const supported = await bench.get(`/beta${await pathOf('CPC-121')}/getSupportedCloudPcRemoteActions`);
  expect((supported.body as { value: Entry[] }).value).toContainEqual({
    actionName: 'Reprovision',
    actionCapability: 'disabled',
  });
  expect((await reprovision('CPC-121')).status).toBe(400);
  expect(await results('CPC-121')).toMatchObject([{ actionName: 'CloudPcPowerOn', actionState: 'done' }]);
});

test('CPC-122 has no record', async () => {
  expect(await cloudPc('CPC-122')).toBeUndefined();
});

test.each([[{ userAccountType: 'admin' }], [{ osVersion: 'windows7' }], [{ extra: 1 }]])('refuses %j', async (body) => {
  expect((await reprovision('CPC-117', body)).status).toBe(400);
  expect(await results('CPC-117')).toEqual([]);
});

test('refuses filters it does not know, and unknown ids', async () => {
  expect((await bench.get(`/v1.0${root}?$filter=displayName eq 'x'`)).status).toBe(400);
  expect((await bench.get(`/v1.0${root}/nothing`)).status).toBe(404);
  expect((await bench.get(`/v1.0${root}?$select=status`)).status).toBe(400);
});

describe('the operations on managedDevice', () => {
  test('no longer exist', async () => {
    const replies = [
      await bench.post(`/beta${devicePath('CPC-117')}/reprovisionCloudPc`),
      await bench.get(`/beta${devicePath('CPC-117')}/getCloudPcRemoteActionResults`),
    ];
    for (const reply of replies) {
      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject({ error: { message: expect.stringContaining('No OData route exists') } });
    }
  });

  test('exist in a legacy tenant', async () => {
    const legacy = await openBench({ cloudPcApi: 'legacy' });
    expect((await legacy.post(`/beta${devicePath('CPC-118')}/reprovisionCloudPc`)).status).toBe(204);
    expect((await legacy.post(`/beta${devicePath('LT-117')}/reprovisionCloudPc`)).status).toBe(400);
    legacy.pass(60_000);
    const reply = await legacy.get(`/beta${devicePath('CPC-118')}/getCloudPcRemoteActionResults`);
    const [entry] = (reply.body as { value: Entry[] }).value;
    expect(entry).toMatchObject({ managedDeviceId: idOf('CPC-118'), statusDetails: serverError });
    expect(entry).not.toHaveProperty('statusDetail');
    await legacy.stop();
  });
});
