import { devicePath, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

const type = 'microsoft.graph.configurationManagerAction';
const right = { configurationManagerAction: { '@odata.type': type, action: 'refreshMachinePolicy' } };
const trigger = (name: string, body: unknown = right) =>
  bench.post(`/beta${devicePath(name)}/triggerConfigurationManagerAction`, body);
const last = async (name: string) => (await bench.results(name)).at(-1);

test('LT-117 goes through the whole chain', async () => {
  expect((await trigger('LT-117')).status).toBe(204);
  const seen = [await last('LT-117')];
  for (let second = 1; second <= 4; second += 1) {
    bench.pass(1_000);
    seen.push(await last('LT-117'));
  }
  expect(seen.map((result) => [result!['actionState'], result!['actionDeliveryStatus']])).toEqual([
    ['pending', 'unknown'],
    ['pending', 'pendingDelivery'],
    ['pending', 'deliveredToConnectorService'],
    ['active', 'deliveredToOnPremisesServer'],
    ['done', 'deliveredToOnPremisesServer'],
  ]);
  expect(seen[4]).toMatchObject({
    '@odata.type': '#microsoft.graph.configurationManagerActionResult',
    actionName: 'refreshMachinePolicy',
    errorCode: 0,
  });
});

test('v1.0 knows the result only as a plain one', async () => {
  await trigger('LT-117');
  const reply = await bench.get(`/v1.0${devicePath('LT-117')}?$select=deviceActionResults`);
  const [result] = (reply.body as { deviceActionResults: Record<string, unknown>[] }).deviceActionResults;
  expect(result!['@odata.type']).toBe('#microsoft.graph.deviceActionResult');
  expect(result).not.toHaveProperty('errorCode');
});

test.each([
  ['LT-118', 'failed', 'failedToDeliverToConnectorService', 0],
  ['LT-119', 'failed', 'deliveredToOnPremisesServer', -2147024891],
  ['LT-120', 'failed', 'deliveredToOnPremisesServer', 1],
  ['LT-121', 'failed', 'deliveredToOnPremisesServer', -2016999999],
  ['LT-122', 'done', 'unknown', 0],
])('%s ends %s, %s, %d', async (name, actionState, actionDeliveryStatus, errorCode) => {
  await trigger(name);
  bench.pass(60_000);
  expect(await last(name)).toMatchObject({ actionState, actionDeliveryStatus, errorCode });
});

test.each([
  'refreshMachinePolicy',
  'refreshUserPolicy',
  'wakeUpClient',
  'appEvaluation',
  'quickScan',
  'fullScan',
  'windowsDefenderUpdateSignatures',
])('knows %s, with or without #', async (action) => {
  const body = { configurationManagerAction: { '@odata.type': `#${type}`, action } };
  expect((await trigger('LT-117', body)).status).toBe(204);
});

test.each([
  [undefined],
  [{}],
  [{ action: 'refreshMachinePolicy' }],
  [{ configurationManagerAction: 'refreshMachinePolicy' }],
  [{ configurationManagerAction: { action: 'refreshMachinePolicy' } }],
  [{ configurationManagerAction: { '@odata.type': 'microsoft.graph.other', action: 'refreshMachinePolicy' } }],
  [{ configurationManagerAction: { '@odata.type': type, action: 'RefreshMachinePolicy' } }],
  [{ configurationManagerAction: { '@odata.type': type, action: 'reboot' } }],
  [{ configurationManagerAction: { '@odata.type': type, action: 'quickScan', force: true } }],
  [{ ...right, extra: 1 }],
])('refuses %j', async (body) => {
  const reply = await bench.post(`/beta${devicePath('LT-117')}/triggerConfigurationManagerAction`, body);
  expect(reply.status).toBe(400);
  expect(await bench.results('LT-117')).toEqual([]);
});

test.each(['LT-123', 'MBP-042', 'CPC-117'])('%s has no client', async (name) => {
  const reply = await trigger(name);
  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error: { message: expect.stringContaining('An error has occurred') } });
});

test('a PC with a client can be told by its properties', async () => {
  const read = async (name: string) =>
    (await bench.get(`/v1.0${devicePath(name)}?$select=managementAgent,configurationManagerClientEnabledFeatures`))
      .body;
  expect(await read('LT-117')).toMatchObject({
    managementAgent: 'configurationManagerClient',
    configurationManagerClientEnabledFeatures: { inventory: true },
  });
  expect(await read('LT-123')).toMatchObject({ configurationManagerClientEnabledFeatures: null });
});
