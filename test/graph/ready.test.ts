import { batch, fakeGraph, helpdeskGroupId, type Fake, type Reply } from './fake-graph.ts';

let fake: Fake;
afterEach(() => fake.stop());

const fine: Reply = { body: { value: [{ id: 't' }] } };

test.each<[string, Reply, string]>([
  ['busy', { status: 503 }, 'Graph answers 503 for devices'],
  ['broken', { breaks: true }, 'Graph does not answer for devices: ECONNRESET'],
])('%s: told at the first probe that fails', async (_, reply, reason) => {
  fake = await fakeGraph(() => reply);
  expect(await fake.graph.ready()).toBe(reason);
  expect(fake.seen).toHaveLength(1);
});

test('a mistyped group is noticed', async () => {
  fake = await fakeGraph(({ raw }) => (raw.includes('/groups/') ? { status: 404 } : fine));
  expect(await fake.graph.ready()).toBe(`Graph answers 404 for group ${helpdeskGroupId} of the policy`);
});

test('no token is told as that', async () => {
  fake = await fakeGraph(() => fine);
  const graph = fake.open({ credential: { getToken: () => Promise.resolve(null) } });
  expect(await graph.ready()).toBe('Graph does not answer for devices: no token: the credential gave none');
});

test.each<[string, Reply, Reply, (string | undefined)[]]>([
  ['yes', fine, { status: 503 }, [undefined, 'Graph answers 503 for devices']],
  ['no', { status: 503 }, fine, ['Graph answers 503 for devices', undefined]],
])('a %s is kept for 10 seconds, however many ask', async (_, first, then, [before, after]) => {
  let reply = first;
  fake = await fakeGraph(() => reply);
  expect(await fake.graph.ready()).toBe(before);
  const probes = fake.seen.length;
  reply = then;
  fake.pass(9_999);
  for (let asked = 0; asked < 50; asked += 1) expect(await fake.graph.ready()).toBe(before);
  expect(fake.seen).toHaveLength(probes);
  fake.pass(1);
  expect(await fake.graph.ready()).toBe(after);
});

test('who comes while it is being asked shares the answer', async () => {
  fake = await fakeGraph(() => fine);
  const asked = Array.from({ length: 20 }, () => fake.graph.ready());
  expect(new Set(await Promise.all(asked))).toEqual(new Set([undefined]));
  expect(fake.seen).toHaveLength(2);
});

const groups = Array.from({ length: 25 }, (_, index) => `5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7${String(100 + index)}`);

test.each<[string, string | undefined, string | undefined]>([
  ['all there', undefined, undefined],
  ['one missing in the second batch', groups[23], `Graph answers 404 NotFound for group ${groups[23]} of the policy`],
])('many groups: %s', async (_, missing, reason) => {
  const gone: Reply = { status: 404, body: { error: { code: 'NotFound' } } };
  fake = await fakeGraph((seen) =>
    seen.raw.endsWith('$batch')
      ? batch(seen, ({ url }) => (missing && url.includes(missing) ? gone : { body: { id: 'g' } }))
      : fine,
  );
  const graph = fake.open({ groupIds: () => groups });
  expect(await graph.ready()).toBe(reason);
  expect(fake.seen.map(({ raw }) => raw.split('?')[0])).toEqual([
    '/v1.0/deviceManagement/managedDevices',
    '/v1.0/$batch',
    '/v1.0/$batch',
  ]);
});

test('groups that are not told are told as that', async () => {
  fake = await fakeGraph(({ raw }) => (raw.endsWith('$batch') ? { status: 503 } : fine));
  expect(await fake.open({ groupIds: () => groups }).ready()).toMatch(
    /^Graph does not answer for the groups of the policy: POST \/\$batch answered 503/u,
  );
});

test('the groups are those of the policy as it stands then', async () => {
  let asked = ['g-1'];
  fake = await fakeGraph(() => fine);
  const graph = fake.open({ groupIds: () => asked });
  await graph.ready();
  asked = ['g-2'];
  fake.pass(10_000);
  await graph.ready();
  expect(fake.seen.flatMap(({ raw }) => /groups\/([^?]+)/u.exec(raw)?.[1] ?? [])).toEqual(['g-1', 'g-2']);
});
