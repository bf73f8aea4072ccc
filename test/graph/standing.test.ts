import { batch, fakeGraph, type Fake, type Item, type Reply } from './fake-graph.ts';

let fake: Fake;
afterEach(() => fake.stop());

const alex = { id: '00000000-0000-0000-0000-0000000000020', tenantId: 't', name: 'Alex', chatId: '29:x' };
const megan = { ...alex, id: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2002' };
const groups = Array.from({ length: 45 }, (_, index) => `group-${index}`);
const minute = 60_000;

interface Directory {
  readonly userType: string;
  readonly memberOf: readonly string[];
  /** Fails for lists that begin with this group. */
  readonly failsFor?: string;
}

/** Graph as it is now: what is in `directory` can be changed. */
async function directoryOf(directory: { now: Directory }): Promise<Item[]> {
  const asked: Item[] = [];
  fake = await fakeGraph((seen) =>
    batch(seen, (item): Reply => {
      asked.push(item);
      const { userType, memberOf, failsFor } = directory.now;
      if (item.method === 'GET') return { body: { userType, accountEnabled: true } };
      const { groupIds } = item.body as { groupIds: string[] };
      if (groupIds.length > 20) return { status: 400 };
      if (failsFor && groupIds[0] === failsFor) return { status: 403 };
      return { body: { value: groupIds.filter((id) => memberOf.includes(id)) } };
    }),
  );
  return asked;
}

test('any number of groups: 20 to a call, all in one batch', async () => {
  const asked = await directoryOf({ now: { userType: 'Member', memberOf: ['group-3', 'group-44'] } });
  expect(await fake.graph.standing(alex, groups)).toEqual({ is: 'member', groups: ['group-3', 'group-44'] });
  expect(asked.map(({ body }) => (body as { groupIds: string[] } | undefined)?.groupIds.length)).toEqual([
    undefined,
    20,
    20,
    5,
  ]);
  expect(fake.seen).toHaveLength(1);
});

test('one part that is not told is a fault: nobody may be taken for whom they are not', async () => {
  await directoryOf({ now: { userType: 'Member', memberOf: ['group-3'], failsFor: 'group-40' } });
  await expect(fake.graph.standing(alex, groups)).rejects.toMatchObject({ reason: 'denied' });
});

test('a policy without groups asks for none, and makes nobody a member of any', async () => {
  fake = await fakeGraph(() => ({ body: { userType: 'Member', accountEnabled: true } }));
  expect(await fake.graph.standing(alex, [])).toEqual({ is: 'member', groups: [] });
});

/** Graph that tells this of the account, and that it is in `group-1`. */
const accountOf = async (account: object) => {
  fake = await fakeGraph((seen) =>
    batch(seen, ({ method }): Reply => ({ body: method === 'GET' ? account : { value: ['group-1'] } })),
  );
};

test.each<[string, object]>([
  ['accountEnabled is left out', { userType: 'Member' }],
  ['accountEnabled is null', { userType: 'Member', accountEnabled: null }],
  ['accountEnabled is no truth value', { userType: 'Member', accountEnabled: 'true' }],
  ['userType is left out', { accountEnabled: true }],
  ['userType is empty', { userType: '', accountEnabled: true }],
  ['userType is one that nobody knows', { userType: 'Visitor', accountEnabled: true }],
  ['everything is left out', {}],
])('nobody is taken for a member where %s', async (_what, account) => {
  await accountOf(account);
  await expect(fake.graph.standing(alex, ['group-1'])).rejects.toMatchObject({ reason: 'unexpected' });
});

test.each<[object, string]>([
  [{ userType: null, accountEnabled: true }, 'member'],
  [{ userType: 'guest', accountEnabled: true }, 'guest'],
  [{ accountEnabled: false }, 'unknown'],
])('%j is a %s', async (account, is) => {
  await accountOf(account);
  expect(await fake.graph.standing(alex, ['group-1'])).toMatchObject({ is });
});

test.each<[string, Directory, number]>([
  ['a member is remembered for two minutes', { userType: 'Member', memberOf: ['group-1'] }, 2 * minute],
  ['a member of no group only for ten seconds', { userType: 'Member', memberOf: [] }, 10_000],
  ['a guest only for ten seconds', { userType: 'Guest', memberOf: ['group-1'] }, 10_000],
])('%s', async (_what, directory, kept) => {
  await directoryOf({ now: directory });
  for (let times = 0; times < 5; times += 1) await fake.graph.standing(alex, groups);
  expect(fake.seen).toHaveLength(1);
  fake.pass(kept - 1);
  await fake.graph.standing(alex, groups);
  expect(fake.seen).toHaveLength(1);
  fake.pass(1);
  await fake.graph.standing(alex, groups);
  expect(fake.seen).toHaveLength(2);
});

test('those who ask at once share an answer', async () => {
  await directoryOf({ now: { userType: 'Member', memberOf: ['group-1'] } });
  const all = await Promise.all(Array.from({ length: 20 }, () => fake.graph.standing(alex, groups)));
  expect(new Set(all)).toEqual(new Set([{ is: 'member', groups: ['group-1'] }]));
  expect(fake.seen).toHaveLength(1);
});

test('another person, another tenant and another set of groups are other questions', async () => {
  const directory = { now: { userType: 'Member', memberOf: ['group-1'] } };
  await directoryOf(directory);
  await fake.graph.standing(alex, groups);
  await fake.graph.standing(megan, groups);
  await fake.graph.standing({ ...alex, tenantId: 'other' }, groups);
  await fake.graph.standing(alex, groups.slice(0, 2));
  expect(fake.seen).toHaveLength(4);
  await fake.graph.standing(alex, groups.toReversed());
  expect(fake.seen).toHaveLength(4);
});

test('a failure is not remembered', async () => {
  const directory: { now: Directory } = { now: { userType: 'Member', memberOf: ['group-1'], failsFor: 'group-0' } };
  await directoryOf(directory);
  await expect(fake.graph.standing(alex, groups)).rejects.toMatchObject({ reason: 'denied' });
  directory.now = { userType: 'Member', memberOf: ['group-1'] };
  expect(await fake.graph.standing(alex, groups)).toMatchObject({ groups: ['group-1'] });
});

test('who has left a group is found out within two minutes', async () => {
  const directory: { now: Directory } = { now: { userType: 'Member', memberOf: ['group-1'] } };
  await directoryOf(directory);
  await fake.graph.standing(alex, groups);
  directory.now = { userType: 'Member', memberOf: [] };
  fake.pass(2 * minute);
  expect(await fake.graph.standing(alex, groups)).toEqual({ is: 'member', groups: [] });
});
