import { groups, people, tenantId } from '../../../src/sandbox/company.ts';
import { openBench } from './tenant-client.ts';
import type { Bench } from './tenant-client.ts';

let bench: Bench;
beforeAll(async () => void (bench = await openBench()));
afterAll(() => bench.stop());

const check = (person: string, groupIds: unknown) =>
  bench.post(`/v1.0/users/${encodeURIComponent(person)}/checkMemberGroups`, { groupIds });
const { serviceDesk, helpdesk, leads, firstLine, auditors } = groups;
const all = [helpdesk.id, leads.id, firstLine.id, '00000000-0000-0000-0000-00000000abcd'];

test('userType and accountEnabled come only when asked for', async () => {
  const plain = await bench.get(`/v1.0/users/${people.alex.id}`);
  expect(plain.body).toMatchObject({ id: people.alex.id, displayName: 'Alex Wilber' });
  expect(plain.body).not.toHaveProperty('userType');
  const asked = await bench.get(
    `/v1.0/users/${encodeURIComponent(people.patti.userPrincipalName)}?$select=userType,accountEnabled`,
  );
  expect(asked.body).toMatchObject({ userType: 'Guest', accountEnabled: true });
});

test('membership counts through nesting', async () => {
  expect((await check(people.alex.id, all)).body).toMatchObject({ value: [helpdesk.id, leads.id] });
  expect((await check(people.megan.userPrincipalName, all)).body).toMatchObject({ value: [helpdesk.id, firstLine.id] });
  expect((await check(people.lynne.id, all)).body).toMatchObject({ value: [] });
});

test.each([
  ['alex', [serviceDesk, helpdesk, leads]],
  ['megan', [serviceDesk, helpdesk, firstLine]],
  ['patti', [serviceDesk, helpdesk, firstLine]],
  ['debra', [serviceDesk, auditors]],
  ['adele', []],
] as const)('%s is in the groups above the own one too, however high', async (who, expected) => {
  const { body } = await check(
    people[who].id,
    Object.values(groups).map(({ id }) => id),
  );
  expect(body).toMatchObject({ value: expected.map(({ id }) => id) });
});

test('at most 20 groups are asked for, and they must be strings', async () => {
  expect(
    (
      await check(
        people.alex.id,
        Array.from({ length: 21 }, () => helpdesk.id),
      )
    ).status,
  ).toBe(400);
  expect((await check(people.alex.id, [1])).status).toBe(400);
  expect((await check(people.alex.id, undefined)).status).toBe(400);
});

test('groups, the company, and those who do not exist', async () => {
  expect((await bench.get(`/v1.0/groups/${leads.id}?$select=displayName`)).body).toMatchObject({
    displayName: 'Helpdesk Leads',
  });
  expect((await bench.get('/v1.0/organization')).body).toMatchObject({ value: [{ id: tenantId }] });
  for (const path of ['users/nobody', 'groups/nothing']) {
    const reply = await bench.get(`/v1.0/${path}`);
    expect(reply.status).toBe(404);
    expect(reply.body).toHaveProperty('error.code', 'Request_ResourceNotFound');
  }
});
