import { buttonOf, cardSaying, cardWith, heard, press } from './acts.ts';
import { openHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
let good: Record<string, unknown>;

beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined); // the SDK prints every bad token
  house = await openHouse();
  const { activity } = await house.chat.say('alex', 'personal', 'help');
  await house.chat.until('personal', (all) => all.length === 2);
  good = { ...activity, text: 'lock MBP-042' };
});
afterEach(async () => {
  await house.stop();
  jest.restoreAllMocks();
});

let count = 0;
const fresh = (more: Record<string, unknown> = {}) => ({ ...good, id: `179530000${String(++count)}`, ...more });
const seconds = () => Math.floor(Date.now() / 1000);
const untouched = async () => {
  await house.chat.idle();
  expect(house.writes()).toEqual([]);
  expect(await house.store.entries()).toEqual([]);
  expect(house.chat.messages('personal', 'alex').filter(({ from }) => from === 'bot')).toHaveLength(1);
};

/** Having been tried, it still works. */
const stillWorks = async () => {
  await house.chat.say('megan', 'personal', 'lock MBP-042');
  await press(house, 'megan', 'personal', 'Lock MBP-042');
  await heard(house, 'megan', 'personal', 'Lock MBP-042: done.');
  expect(house.writes()).toHaveLength(1);
};

test('bad tokens are refused, and nothing comes of them', async () => {
  const { sign } = house.chat;
  const tokens = {
    none: '',
    garbage: 'a.b.c',
    unsigned: sign({}, { alg: 'none' }),
    'another key': sign({}, { kid: 'other' }),
    'another app': sign({ aud: '11111111-1111-4111-8111-111111111111' }),
    'another issuer': sign({ iss: 'https://evil.example' }),
    'another service': sign({ serviceurl: 'https://evil.example/' }),
    expired: sign({ nbf: seconds() - 7200, exp: seconds() - 3600 }),
    'not yet good': sign({ nbf: seconds() + 3600, exp: seconds() + 7200 }),
    tampered: `${sign().slice(0, -8)}AAAAAAAA`,
  };
  for (const [name, token] of Object.entries(tokens)) {
    const response = await house.chat.deliver(fresh(), token);
    expect([name, response.status, await response.text()]).toEqual([name, 401, '{"code":"Unauthorized"}']);
  }
  await untouched();
  await stillWorks();
});

test('people of a foreign tenant are turned away in silence', async () => {
  const foreign = '99999999-9999-4999-8999-999999999999';
  const conversation = good['conversation'] as object;
  for (const more of [
    { conversation: { ...conversation, tenantId: foreign } },
    { channelData: { tenant: { id: foreign } } },
    { conversation: { ...conversation, tenantId: undefined }, channelData: {} },
  ]) {
    expect((await house.chat.deliver(fresh(more))).status).toBe(403);
  }
  await untouched();
});

test('a person whom Entra does not know may not', async () => {
  const from = { ...(good['from'] as object), aadObjectId: '99999999-9999-4999-8999-999999999998' };
  await house.chat.deliver(fresh({ from }));
  await house.chat.deliver(fresh({ from: { ...from, aadObjectId: undefined } }));
  await house.chat.idle();
  expect(house.writes()).toEqual([]);
  expect((await house.store.entries()).map(({ event }) => event)).toEqual(['denied']);
  expect(JSON.stringify(house.chat.messages('personal', 'alex'))).not.toMatch(/C02XK1ABJG5H/u);
});

test('a guest may neither ask nor click, though a helpdesk group has taken them in', async () => {
  await house.chat.say('alex', 'group', 'lock MBP-042');
  const card = await cardWith(house, 'alex', 'group', 'Lock MBP-042');
  const { verb, data } = buttonOf(card, 'Lock MBP-042');
  const asked = await house.chat.say('patti', 'personal', 'lock MBP-042');
  await cardSaying(house, 'patti', 'personal', 'guests may not see or act');
  const clicked = await house.chat.deliver({
    ...asked.activity,
    conversation: { ...(asked.activity['conversation'] as object), id: card.room },
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: 'f:patti',
    text: undefined,
    replyToId: card.id,
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  });
  expect(clicked.status).toBe(200);
  await house.chat.idle();
  expect(house.writes()).toEqual([]);
});

/** What no Teams would send. */
const malformed: Record<string, Record<string, unknown>> = {
  'no type': { type: undefined },
  'a type of its own': { type: '__proto__' },
  'no sender': { from: undefined },
  'a sender that is a text': { from: 'alex' },
  'no conversation': { conversation: undefined },
  'a conversation without an id': { conversation: { conversationType: 'personal' } },
  'no id': { id: undefined },
  'a text that is a number': { text: 42 },
  'a text that is an object': { text: { toString: 'x' } },
  'no text, no value': { text: undefined },
  'entities that are none': { entities: 'x' },
  'entities of nothing': { entities: [null, 1, 'x', [], { type: 'mention' }, { type: 'mention', mentioned: null }] },
  'channelData that is a list': { channelData: [] },
  'a service URL elsewhere': { serviceUrl: 'https://evil.example/' },
  'a service URL of files': { serviceUrl: 'file:///etc/passwd' },
  'a recipient of nobody': { recipient: null },
  'a submit of nothing': { text: '', value: null },
  'a submit with an unknown verb': { text: '', value: { verb: 'format', operation: '../../x' } },
  'a submit whose verb is inherited': { text: '', value: { verb: 'constructor', operation: '__proto__' } },
};

/** Invokes that no card of ours would send. */
const invokes: Record<string, unknown> = {
  'no value': undefined,
  'a text': 'x',
  'no action': {},
  'an action that is none': { action: null },
  'another type': { action: { type: 'Action.Submit', verb: 'confirm', data: {} } },
  'no verb': { action: { type: 'Action.Execute', data: {} } },
  'a verb that is an object': { action: { type: 'Action.Execute', verb: {}, data: {} } },
  'an inherited verb': { action: { type: 'Action.Execute', verb: 'toString', data: {} } },
  'no data': { action: { type: 'Action.Execute', verb: 'confirm' } },
  'data that is a list': { action: { type: 'Action.Execute', verb: 'confirm', data: [] } },
  'an operation that is none': { action: { type: 'Action.Execute', verb: 'confirm', data: { operation: {} } } },
  'an inherited operation': {
    action: { type: 'Action.Execute', verb: 'confirm', data: { operation: '__proto__', token: '' } },
  },
  'an unknown operation': { action: { type: 'Action.Execute', verb: 'confirm', data: { operation: 'x', token: 'y' } } },
  'a secret of nobody': { action: { type: 'Action.Execute', verb: 'showSecret', data: { operation: 'x' } } },
  'a pick of nothing': { action: { type: 'Action.Execute', verb: 'pick', data: { question: 'x', device: 'y' } } },
};

test('malformed activities do no harm', async () => {
  for (const [name, more] of Object.entries(malformed)) {
    const response = await house.chat.deliver(fresh({ text: 'status', ...more }));
    expect([name, response.status < 500]).toEqual([name, true]);
  }
  await house.chat.idle();
  expect(house.writes()).toEqual([]);
  expect(house.logged()).not.toMatch(/"level":"error"/u);
  await stillWorks();
});

test('malformed clicks are answered, and do no harm', async () => {
  for (const [name, value] of Object.entries(invokes)) {
    const invoke = fresh({ type: 'invoke', name: 'adaptiveCard/action', text: undefined, replyToId: '1', value });
    const response = await house.chat.deliver(invoke);
    expect([name, response.status]).toEqual([name, 200]);
    expect(await response.json()).toMatchObject({ statusCode: expect.any(Number), type: expect.any(String) });
  }
  for (const name of [undefined, 'task/fetch', 'composeExtension/query', 'signin/verifyState', '__proto__']) {
    expect((await house.chat.deliver(fresh({ type: 'invoke', name, value: {} }))).status).toBeLessThan(502);
  }
  await untouched();
  expect(house.logged()).not.toMatch(/"level":"error"/u);
  await stillWorks();
});

test('bodies that are no activities are refused', async () => {
  const post = async (body: string, headers: Record<string, string> = {}) =>
    (
      await fetch(`${house.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${house.chat.sign()}`, ...headers },
        body,
      })
    ).status;
  expect(await post('{"type":')).toBe(400);
  expect(await post('null')).toBe(400);
  expect(await post('[]')).toBe(400);
  expect(await post('"message"')).toBe(400);
  expect(await post('')).toBe(400);
  expect(await post(JSON.stringify(fresh()), { 'content-type': 'text/plain' })).toBe(415);
  expect(await post(JSON.stringify(fresh({ text: 'x'.repeat(300_000) })))).toBe(413);
  expect(await post(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)).toBeLessThan(500);
  await untouched();
  await stillWorks();
});

test('a click of another person, from another place or with an altered payload does nothing', async () => {
  await house.chat.say('alex', 'personal', 'lock MBP-042');
  const card = await cardWith(house, 'alex', 'personal', 'Lock MBP-042');
  const group = await house.chat.say('lynne', 'group', 'help');
  const megan = await house.chat.say('megan', 'personal', 'help');
  const { verb, data } = buttonOf(card, 'Lock MBP-042');
  const click = (activity: object, changed: object = {}) =>
    house.chat.deliver({
      ...activity,
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: `f:${String(++count)}`,
      text: undefined,
      replyToId: card.id,
      value: { action: { type: 'Action.Execute', verb, data: { ...data, ...changed } }, trigger: 'manual' },
    });
  await click(group.activity);
  await click(megan.activity);
  await click({ ...group.activity, from: good['from'] });
  await click(good, { token: 'guessed' });
  await click(good, { token: undefined });
  await click(good, { token: '' });
  await click(good, { operation: 'other' });
  await house.chat.idle();
  expect(house.writes()).toEqual([]);
  await press(house, 'alex', 'personal', 'Lock MBP-042');
  await heard(house, 'alex', 'personal', 'Lock MBP-042: done.');
  expect(house.writes()).toHaveLength(1);
});
