import { fakeGraph, type Fake, type Reply } from './fake-graph.ts';

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

test('a mistyped helpdesk group is noticed', async () => {
  fake = await fakeGraph(({ raw }) => (raw.includes('/groups/') ? { status: 404 } : fine));
  expect(await fake.graph.ready()).toBe('Graph answers 404 for the helpdesk group');
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
