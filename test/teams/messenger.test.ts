import type { Place } from '../../src/model/place.ts';
import { Unreachable } from '../../src/ports.ts';
import { largestMessage } from '../../src/model/limits.ts';
import { Framework, tenantId } from './framework.ts';
import { activity, channel, deferred, open, post, type House } from './house.ts';

let framework: Framework;
let house: House;

beforeEach(async () => {
  framework = new Framework();
  await framework.start();
  house = await open(framework);
});

afterEach(async () => {
  await house.teams.stop();
  await framework.stop();
});

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x' }] };
const person = { id: '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2002', tenantId, name: 'Megan Bowen', chatId: '29:megan' };
const place = (more: Partial<Place> = {}): Place => ({
  kind: 'personal',
  id: 'a:megan',
  tenantId,
  serviceUrl: framework.url,
  bot: { id: '28:us', name: 'Device Desk' },
  ...more,
});
const sent = () => ({ place: place(), id: 'm9' });
const error = (status: number, code: string, headers?: Record<string, string>) => ({
  status,
  body: { error: { code, message: 'secret detail' } },
  ...(headers ? { headers } : {}),
});
const hear = async (more: Record<string, unknown> = {}) => {
  await post(house, activity(framework, more), { authorization: framework.token() });
};

describe('a message', () => {
  test('with a card carries the line for notifications', async () => {
    const { messenger } = house.teams;
    expect(await messenger.post(place(), { card, summary: 'Lock MBP-042?' })).toEqual({ place: place(), id: 'm1' });
    expect(framework.calls[0]?.body).toMatchObject({
      type: 'message',
      from: { id: '28:us', name: 'Device Desk' },
      conversation: { id: 'a:megan', tenantId, conversationType: 'personal' },
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
      summary: 'Lock MBP-042?',
    });
    expect(framework.calls[0]?.body['text']).toBeUndefined();
  });

  test('with text is plain text: a device may be called **x**', async () => {
    await house.teams.messenger.post(place(), { text: 'Locked **x**' });
    expect(framework.calls[0]?.body).toMatchObject({ text: 'Locked **x**', textFormat: 'plain' });
    expect(framework.calls[0]?.body['attachments']).toBeUndefined();
  });

  test('over the limit becomes its summary', async () => {
    const large = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'ä'.repeat(largestMessage / 2) }] };
    await house.teams.messenger.post(place(), { card: large, summary: 'In short' });
    expect(framework.calls[0]?.body).toMatchObject({ text: 'In short' });
    expect(house.log.lines[0]).toMatchObject({ level: 'warn', facts: { limit: largestMessage } });
    await house.teams.messenger.post(place(), { text: 'x'.repeat(40_000) });
    expect(String(framework.calls[1]?.body['text'])).toHaveLength(5_002);
  });

  test('that Teams finds too large is sent in short', async () => {
    framework.answering = (_, nth) => (nth === 1 ? error(413, 'MessageSizeTooBig') : undefined);
    await house.teams.messenger.post(place(), { card, summary: 'In short' });
    expect(framework.calls.map((call) => call.body['text'])).toEqual([undefined, 'In short']);
  });
});

describe('a post in a channel', () => {
  const ops = () => place({ kind: 'channel', id: '19:ops@thread.tacv2' });
  const posted = () => ({ place: place({ kind: 'channel', id: '19:ops@thread.tacv2;messageid=p1' }), id: 'p1' });
  const notFound = (code: string) => error(404, code);

  test.each(['p1', '19:ops@thread.tacv2;messageid=p1'])(
    'goes to the channel itself and is known by its id: %s',
    async (id) => {
      framework.answering = () => ({ status: 201, body: { id } });
      expect(await house.teams.messenger.post(ops(), { text: 'x' })).toEqual({ place: ops(), id: 'p1' });
      expect(framework.calls[0]?.path).toBe('/v3/conversations/19%3Aops%40thread.tacv2/activities');
    },
  );

  test.each(['ActivityNotFoundInConversation', 'ConversationNotFound'])(
    'that is gone (%s) is posted anew, and not in the thread of what is gone',
    async (code) => {
      framework.answering = ({ method }) => (method === 'PUT' ? notFound(code) : undefined);
      expect(await house.teams.messenger.update(posted(), { text: 'x' })).toEqual({ place: ops(), id: 'm2' });
      expect(framework.calls.map(({ method, path }) => [method, decodeURIComponent(path)])).toEqual([
        ['PUT', '/v3/conversations/19:ops@thread.tacv2;messageid=p1/activities/p1'],
        ['POST', '/v3/conversations/19:ops@thread.tacv2/activities'],
      ]);
    },
  );

  test('in a channel that is gone is told as such', async () => {
    framework.answering = () => notFound('ConversationNotFound');
    await expect(house.teams.messenger.update(posted(), { text: 'x' })).rejects.toBeInstanceOf(Unreachable);
  });
});

describe('an update', () => {
  test('stays the same message', async () => {
    expect(await house.teams.messenger.update(sent(), { text: 'done' })).toEqual(sent());
    expect(framework.calls[0]).toMatchObject({ method: 'PUT', path: '/v3/conversations/a%3Amegan/activities/m9' });
  });

  test('of a message that is gone is a new message', async () => {
    framework.answering = ({ method }) => (method === 'PUT' ? error(404, 'ActivityNotFoundInConversation') : undefined);
    expect(await house.teams.messenger.update(sent(), { text: 'done' })).toEqual({ place: place(), id: 'm2' });
    expect(framework.calls.map((call) => [call.method, call.body['text']])).toEqual([
      ['PUT', 'done'],
      ['POST', 'done'],
    ]);
  });

  test('that must not become a new message is none', async () => {
    expect(await house.teams.messenger.change(sent(), { text: 'PIN 1234' })).toBe(true);
    framework.answering = () => error(404, 'ActivityNotFoundInConversation');
    expect(await house.teams.messenger.change(sent(), { text: 'PIN 1234' })).toBe(false);
    expect(framework.count('POST')).toBe(0);
  });

  test('in a conversation that is gone is none', async () => {
    framework.answering = () => error(404, 'ConversationNotFound');
    await expect(house.teams.messenger.update(sent(), { text: 'done' })).rejects.toThrow(Unreachable);
    expect(framework.calls).toHaveLength(1);
  });

  test('does not overtake another in its conversation, and waits for none elsewhere', async () => {
    const { messenger } = house.teams;
    const held = deferred<undefined>();
    framework.answering = (call) => (call.body['text'] === 'held' ? held.promise : undefined);
    const one = messenger.update(sent(), { text: 'held' });
    const two = messenger.update(sent(), { text: 'second' });
    await messenger.post(place({ id: 'a:other' }), { text: 'elsewhere' });
    await framework.until((calls) => calls.length === 2);
    expect(framework.calls.map((call) => call.body['text'])).not.toContain('second');
    held.resolve(undefined);
    await Promise.all([one, two]);
    const there = framework.calls.filter((call) => call.method === 'PUT').map((call) => call.body['text']);
    expect(there).toEqual(['held', 'second']);
  });
});

describe('a call that fails', () => {
  test.each([
    [403, 'BotNotInConversationRoster'],
    [403, 'MessageWritesBlocked'],
    [403, 'BotDisabledByAdmin'],
    [403, 'ConversationBlockedByUser'],
    [404, 'ConversationNotFound'],
  ])('with %s %s cannot be spoken to', async (status, code) => {
    framework.answering = () => error(status, code);
    const failed = house.teams.messenger.post(place(), { text: 'x' });
    await expect(failed).rejects.toThrow(Unreachable);
    await expect(failed).rejects.toThrow(`Connector: ${String(status)} ${code}`);
    expect(framework.calls).toHaveLength(1);
  });

  test.each([400, 405, 409, 500, 501])('with %s will never work', async (status) => {
    framework.answering = () => error(status, 'X');
    const failed = house.teams.messenger.post(place(), { text: 'x' });
    await expect(failed).rejects.toMatchObject({ name: 'ConnectorFault', message: `Connector: ${String(status)} X` });
    expect(framework.calls).toHaveLength(1);
  });

  test.each([401, 412, 429, 502, 503, 504])('with %s may work later, and was tried once', async (status) => {
    framework.answering = () => error(status, 'X');
    const later = { name: 'NotNow', message: `Connector: ${String(status)} X`, lost: false, retryAfterMs: undefined };
    await expect(house.teams.messenger.post(place(), { text: 'x' })).rejects.toMatchObject(later);
    await expect(house.teams.messenger.update(sent(), { text: 'x' })).rejects.toMatchObject(later);
    expect(framework.calls.map((call) => call.method)).toEqual(['POST', 'PUT']);
    expect(house.time.waits).toEqual([]);
  });

  test.each([
    ['7', 7_000],
    ['0', 0],
    ['300', 300_000],
    ['Sat, 21 Nov 2026 12:00:09 GMT', 9_000],
    ['Sat, 21 Nov 2026 11:59:00 GMT', 0],
    ['soon', undefined],
  ])('with Retry-After %s asks for %s ms', async (header, retryAfterMs) => {
    framework.answering = () => error(429, 'X', { 'retry-after': header });
    await expect(house.teams.messenger.post(place(), { text: 'x' })).rejects.toMatchObject({ retryAfterMs });
  });

  test.each(['hang', 'reset', 'half'] as const)(
    'because the answer is lost (%s) may stand there all the same',
    async (how) => {
      const impatient = await open(framework, { connectorTimeoutMs: 100 });
      framework.answering = () => how;
      await expect(impatient.teams.messenger.post(place(), { text: 'x' })).rejects.toMatchObject({
        name: 'NotNow',
        lost: true,
      });
      expect(framework.calls).toHaveLength(1);
      await impatient.teams.stop();
    },
  );

  test('because the answer to an update is lost leaves nothing standing that should not', async () => {
    framework.answering = () => 'reset';
    const failed = house.teams.messenger.update(sent(), { text: 'x' });
    await expect(failed).rejects.toMatchObject({ name: 'NotNow', lost: false });
    expect(framework.count('PUT')).toBe(1);
    framework.answering = ({ method }) => (method === 'PUT' ? error(404, 'ActivityNotFoundInConversation') : 'reset');
    await expect(house.teams.messenger.update(sent(), { text: 'x' })).rejects.toMatchObject({ lost: true });
  });

  test('because nobody listens there was never sent', async () => {
    const closed = new Framework();
    await closed.start();
    const nowhere = place({ serviceUrl: closed.url });
    await closed.stop();
    const never = { name: 'NotNow', message: 'Connector: 0 ECONNREFUSED', lost: false };
    await expect(house.teams.messenger.post(nowhere, { text: 'x' })).rejects.toMatchObject(never);
  });

  test('with a redirect does not carry our token there', async () => {
    framework.answering = () => ({ status: 307, headers: { location: 'https://evil.example/' } });
    await expect(house.teams.messenger.post(place(), { text: 'x' })).rejects.toThrow('Connector: 307');
    expect(framework.calls).toHaveLength(1);
  });
});

describe('in private', () => {
  test('is the chat that we know', async () => {
    await hear();
    const alone = await house.teams.messenger.privately(person, place({ kind: 'channel', id: '19:x' }));
    expect(alone).toMatchObject({ kind: 'personal', id: 'a:megan' });
    expect(framework.calls).toHaveLength(0);
  });

  test('is asked of Teams where we know none', async () => {
    const alone = await house.teams.messenger.privately(person, place({ kind: 'channel', id: '19:x' }));
    expect(alone).toEqual(place({ id: 'a:private' }));
    expect(framework.calls[0]).toMatchObject({ method: 'POST', path: '/v3/conversations' });
    expect(framework.calls[0]?.body).toEqual({
      isGroup: false,
      bot: { id: '28:us', name: 'Device Desk' },
      members: [{ id: '29:megan' }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    });
  });

  test('is never the personal chat of somebody else', async () => {
    await hear();
    const other = { ...person, id: 'other', chatId: '29:other' };
    expect((await house.teams.messenger.privately(other, place()))?.id).toBe('a:private');
  });

  test.each([400, 403, 404])('is nowhere when Teams answers %s', async (status) => {
    framework.answering = () => error(status, 'X');
    expect(await house.teams.messenger.privately(person, place())).toBeUndefined();
  });

  test('is an error when Teams is ill', async () => {
    framework.answering = () => error(500, 'X');
    await expect(house.teams.messenger.privately(person, place())).rejects.toThrow('500');
  });

  test('is asked again while that may help, ever slower, and then left for later', async () => {
    framework.answering = (_, nth) => (nth < 3 ? error(503, 'X') : undefined);
    expect((await house.teams.messenger.privately(person, place()))?.id).toBe('a:private');
    expect(house.time.waits).toEqual([1_000, 2_000]);
    framework.answering = () => error(503, 'X');
    await expect(house.teams.messenger.privately(person, place())).rejects.toMatchObject({
      name: 'NotNow',
      lost: false,
    });
    expect(framework.calls).toHaveLength(6);
  });

  test('is not waited for when Teams asks for minutes', async () => {
    framework.answering = () => error(429, 'X', { 'retry-after': '300' });
    await expect(house.teams.messenger.privately(person, place())).rejects.toMatchObject({ retryAfterMs: 300_000 });
    expect(framework.calls).toHaveLength(1);
  });

  test('is forgotten with the app', async () => {
    await hear();
    await hear({ type: 'installationUpdate', action: 'remove' });
    expect((await house.teams.messenger.privately(person, place()))?.id).toBe('a:private');
  });
});

describe('who a mention names', () => {
  test('is told by the roster, by Entra object id', async () => {
    expect(await house.teams.messenger.whoIs(place(), '29:jane')).toEqual({
      id: 'aaaa0000-0000-4000-8000-00000000000a',
      userPrincipalName: 'jane@contoso.example',
      name: 'Jane Doe',
    });
    expect(framework.calls[0]?.path).toBe('/v3/conversations/a%3Amegan/members/29%3Ajane');
  });

  test('in a channel is asked of the team, where we know it', async () => {
    const there = place({ kind: 'channel', id: channel.conversation.id });
    await house.teams.messenger.whoIs(there, '29:jane');
    await hear({ ...channel, channelData: { tenant: { id: tenantId }, team: { id: '19:team@thread.tacv2' } } });
    await house.teams.messenger.whoIs(there, '29:jane');
    expect(framework.calls.map((call) => decodeURIComponent(call.path))).toEqual([
      '/v3/conversations/19:abc@thread.tacv2/members/29:jane',
      '/v3/conversations/19:team@thread.tacv2/members/29:jane',
    ]);
  });

  test.each([
    ['the roster fails', error(404, 'MemberNotFoundInConversation')],
    ['the roster is ill', error(500, '')],
    ['the roster is busy', error(429, '', { 'retry-after': '60' })],
    ['there is no object id', { status: 200, body: { id: '29:jane', name: 'Jane' } }],
    ['the answer is no object', { status: 200, body: [] }],
  ])('is unknown when %s', async (_, answer) => {
    framework.answering = () => answer;
    expect(await house.teams.messenger.whoIs(place(), '29:jane')).toBeUndefined();
  });
});
