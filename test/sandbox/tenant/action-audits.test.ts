import { people } from '../../../src/sandbox/company.ts';
import { devicePath, idOf, openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeEach(async () => void (bench = await openBench()));
afterEach(() => bench.stop());

type Audit = Record<string, unknown>;
const path = '/beta/deviceManagement/remoteActionAudits';
const newest = '$orderby=requestDateTime desc';
const headers = { Prefer: 'include-unknown-enum-members' };
const lock = (name: string, client: Pick<Bench, 'post'> = bench) => client.post(`/v1.0${devicePath(name)}/remoteLock`);

async function audits(query = newest): Promise<Audit[]> {
  const { status, body } = await bench.call(`${path}?${query}`, { headers });
  expect(status).toBe(200);
  return (body as { value: Audit[] }).value;
}

/** The latest audit of a device. */
const auditOf = async (name: string) => (await audits()).find((one) => one['managedDeviceId'] === idOf(name));

test('an accepted lock is audited, in the shape of the documentation, under the person who asked for it', async () => {
  expect((await lock('MBP-042', await bench.as('megan'))).status).toBe(204);
  expect((await audits())[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    deviceDisplayName: 'MBP-042',
    userName: people.megan.userPrincipalName,
    initiatedByUserPrincipalName: people.megan.userPrincipalName,
    action: 'remoteLock',
    requestDateTime: '2026-07-01T09:00:00.1232751Z',
    deviceOwnerUserPrincipalName: people.adele.userPrincipalName,
    deviceIMEI: '',
    actionState: 'pending',
    managedDeviceId: idOf('MBP-042'),
    deviceActionCategory: 'single',
    bulkDeviceActionId: null,
  });
});

test('an app that acts in its own name leaves no name', async () => {
  await lock('MBP-042');
  expect(await auditOf('MBP-042')).toMatchObject({ initiatedByUserPrincipalName: '', userName: '' });
});

test.each([
  ['MBP-042', 'done'],
  ['MBP-043', 'failed'],
  ['MBP-044', 'canceled'],
  ['MBP-045', 'pending'],
  ['MBP-046', 'pending'],
  ['PH-21', 'notSupported'],
  ['PH-22', 'active'],
  ['MBP-053', 'done'],
  ['MBP-054', 'pending'],
])(
  'the audit of %s follows the device: %s an hour later, also when there is no result or no device',
  async (name, state) => {
    await lock(name);
    bench.pass(3_600_000);
    expect(await auditOf(name)).toMatchObject({ action: 'remoteLock', actionState: state });
  },
);

test('what was refused or never arrived is not audited', async () => {
  const before = await audits();
  await lock('PH-26');
  await lock('LT-117');
  await lock('MBP-042', await bench.as('isaiah'));
  await expect(lock('MBP-048')).rejects.toThrow();
  expect(await audits()).toEqual(before);
});

test('what stood there before was an administrator’s in the portal', async () => {
  expect(await auditOf('MBP-051')).toMatchObject({
    initiatedByUserPrincipalName: 'admin@contoso.example',
    actionState: 'pending',
  });
});

describe('changeAssignments', () => {
  async function removeAnApp(): Promise<void> {
    const { userId } = (await bench.get(`/beta${devicePath('TAB-9')}`)).body as { userId: string };
    const apps = await bench.get(`/beta/users/${userId}/mobileAppIntentAndStates/${idOf('TAB-9')}`);
    const [app] = (apps.body as { mobileAppList: { applicationId: string }[] }).mobileAppList;
    const deviceAssignmentItems = [{ itemId: app!.applicationId, itemType: 'application' }];
    await bench.post(`/beta${devicePath('TAB-9')}/changeAssignments`, { deviceAssignmentItems });
  }

  test('is named only to those who take new members of an enum', async () => {
    await removeAnApp();
    expect(await auditOf('TAB-9')).toMatchObject({ action: 'changeAssignments', actionState: 'pending' });
    const plain = await bench.get(`${path}?${newest}&$top=1`);
    expect(plain.body).toMatchObject({ value: [{ action: 'unknownFutureValue' }] });
    expect(plain.headers.has('preference-applied')).toBe(false);
    const asked = await bench.call(`${path}?$top=1`, { headers });
    expect(asked.headers.get('preference-applied')).toBe('include-unknown-enum-members');
  });

  test('is done when its items are', async () => {
    await removeAnApp();
    bench.pass(60_000);
    expect(await auditOf('TAB-9')).toMatchObject({ actionState: 'done' });
  });
});

test('Configuration Manager and Cloud PCs leave no audit', async () => {
  const before = await audits();
  const type = 'microsoft.graph.configurationManagerAction';
  const body = { configurationManagerAction: { '@odata.type': type, action: 'quickScan' } };
  const { status } = await bench.post(`/beta${devicePath('LT-117')}/triggerConfigurationManagerAction`, body);
  const cloudPcs = '/beta/deviceManagement/virtualEndpoint/cloudPCs';
  const found = await bench.get(`${cloudPcs}?$filter=managedDeviceId eq '${idOf('CPC-117')}'`);
  const [cloudPc] = (found.body as { value: { id: string }[] }).value;
  expect([status, (await bench.post(`${cloudPcs}/${cloudPc!.id}/reprovision`, {})).status]).toEqual([204, 204]);
  expect(await audits()).toEqual(before);
});

describe('the list', () => {
  test('is newest first when asked so, and otherwise not', async () => {
    await lock('MBP-042');
    bench.pass(1_000);
    await lock('MBP-043');
    expect((await audits()).slice(0, 2).map((one) => one['deviceDisplayName'])).toEqual(['MBP-043', 'MBP-042']);
    expect((await audits('')).at(-1)).toMatchObject({ deviceDisplayName: 'MBP-043' });
  });

  test('is filtered by action, and by nothing else', async () => {
    bench.portal({ device: 'MBP-042', action: 'factoryReset' });
    const found = await audits(`$filter=action eq 'factoryReset'&${newest}`);
    expect(found).toMatchObject([{ deviceDisplayName: 'MBP-042', action: 'factoryReset' }]);
  });

  test('comes in pages, and all of them together are the list', async () => {
    const all = await audits();
    expect(all.length).toBeGreaterThan(2);
    const seen: Audit[] = [];
    let next: string | undefined = `${path}?${newest}&$top=2`;
    while (next !== undefined) {
      const { body } = await bench.call(next, { headers });
      const page = body as { value: Audit[]; '@odata.nextLink'?: string };
      expect(page.value.length).toBeLessThanOrEqual(2);
      seen.push(...page.value);
      next = page['@odata.nextLink']?.replace(bench.url, '');
    }
    expect(seen).toEqual(all);
  });

  test.each([
    "$filter=managedDeviceId eq 'x'",
    "$filter=action ne 'remoteLock'",
    "$filter=action eq 'explode'",
    "$filter=action eq 'remoteLock' and action eq 'factoryReset'",
    '$filter=action eq 1',
    '$filter=requestDateTime gt 2026-07-01T00:00:00Z',
    '$orderby=requestDateTime',
    '$orderby=action desc',
    '$select=id',
    '$count=true',
    '$search="x"',
    '$top=0',
    '$skiptoken=x',
  ])('refuses %s', async (query) => {
    expect((await bench.get(`${path}?${query}`)).status).toBe(400);
  });

  test('exists in beta only, for those with a role', async () => {
    const old = await bench.get(path.replace('beta', 'v1.0'));
    expect(old.body).toMatchObject({ error: { message: "Resource not found for the segment 'remoteActionAudits'." } });
    expect((await (await bench.as('isaiah')).get(path)).status).toBe(200);
    expect((await (await bench.as('debra')).get(path)).status).toBe(403);
  });
});
