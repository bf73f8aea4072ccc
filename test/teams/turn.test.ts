import { Unreachable } from '../../src/ports.ts';
import { StoreFault } from '../../src/storePort.ts';
import { Acquaintance } from '../../src/teams/acquaintance.ts';
import { readActivity } from '../../src/teams/activity.ts';
import { createTurn } from '../../src/teams/turn.ts';
import { Framework } from './framework.ts';
import { activity, channel, click, deferred, open, post, type House } from './house.ts';
import type { Answered } from '../../src/doors.ts';

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

const send = (body: unknown) => post(house, body, { authorization: framework.token() });
const card = { type: 'AdaptiveCard', version: '1.5', body: [] };
const execute = (data: unknown = { operation: 'o1', token: 't1', note: 'broken', count: 3, sure: true }) => ({
  type: 'Action.Execute',
  verb: 'confirm',
  data,
});

describe('a message', () => {
  test('is acknowledged when its work is done, and not before', async () => {
    const work = deferred<undefined>();
    house.desk.message = () => work.promise;
    let isAnswered = false;
    const answer = send(activity(framework)).finally(() => (isAnswered = true));
    await house.desk.until(() => house.desk.heard.length === 1);
    await post(house, activity(framework), {});
    expect(isAnswered).toBe(false);
    work.resolve(undefined);
    expect(await answer).toEqual({ status: 200, text: '', body: undefined });
  });

  test('is acknowledged before Teams sends it again, however long its work takes', async () => {
    const work = deferred<undefined>();
    house.desk.message = () => work.promise;
    const answer = send(activity(framework));
    await house.desk.until(() => house.desk.heard.length === 1);
    house.time.pass(10_000);
    expect(await answer).toEqual({ status: 200, text: '', body: undefined });
    expect(house.desk.heard[0]).toMatchObject({ text: 'lock MBP-042', mentions: [] });
    expect(house.desk.heard[0]?.place).toEqual({
      kind: 'personal',
      id: 'a:megan',
      tenantId: house.desk.heard[0]?.person.tenantId,
      serviceUrl: framework.url,
      bot: { id: expect.stringContaining('28:'), name: 'Device Desk' },
    });
    work.resolve(undefined);
  });

  test.each([['Europe/Berlin'], [undefined]])(
    'tells the time zone of its sender where there is one: %s',
    async (zone) => {
      await send(activity(framework, { localTimezone: zone }));
      expect(house.desk.heard[0]?.timeZone).toBe(zone);
    },
  );

  test('that is delivered again is one message; the same id elsewhere is another', async () => {
    const once = activity(framework);
    await send(once);
    await send(once);
    await send({ ...once, ...channel });
    await house.teams.stop();
    expect(house.desk.heard.map((heard) => heard.place.id)).toEqual(['a:megan', channel.conversation.id]);
  });

  test('whose handling fails is answered with a reference and no detail', async () => {
    house.desk.message = () => Promise.reject(new Error('secret detail'));
    await send(activity(framework));
    await framework.until((calls) => calls.length === 1);
    const text = String(framework.calls[0]?.body['text']);
    const reference = /Reference: ([0-9a-f]{8})$/.exec(text)?.[1];
    expect(text).toContain('I could not finish handling this. Type status to see what was done.');
    expect(text).not.toContain('secret');
    expect(house.log.lines.find((line) => line.level === 'error')?.facts).toMatchObject({
      reference,
      error: 'secret detail',
    });
  });

  test.each([
    ['full', 'the disk that I write to is full'],
    ['unreachable', 'I cannot reach my database'],
    ['readOnly', 'my database can be read but not written'],
    ['unexpected', 'I cannot write anything down'],
  ] as const)('that cannot be written down (%s) is answered with what happened and what to do', async (reason, why) => {
    house.desk.message = () => Promise.reject(new StoreFault(reason, 'SQLITE_FULL at secret/path'));
    await send(activity(framework));
    await house.teams.stop();
    const text = String(framework.calls[0]?.body['text']);
    expect(text).toContain(`I could not finish handling this: at present ${why}.`);
    expect(text).toContain('so nothing further was done. Tell your Microsoft 365 admin, and try again in a minute');
    expect(text).not.toContain('secret');
    expect(house.log.lines.map(({ level, facts }) => [level, facts])).toEqual([
      ['error', expect.objectContaining({ reason, error: 'SQLITE_FULL at secret/path' })],
    ]);
  });

  test.each([
    [429, { 'retry-after': '3' }, 3_000],
    [503, {}, 1_000],
  ])('whose answer Teams puts off (%s) is answered a moment later', async (status, headers, delay) => {
    house.desk.message = () => Promise.reject(new Error('x'));
    framework.answering = (_, nth) => (nth === 1 ? { status, headers } : undefined);
    await send(activity(framework));
    await house.teams.stop();
    expect(framework.count('POST')).toBe(2);
    expect(house.time.waits).toEqual([delay]);
  });

  test.each<[string, ReturnType<Framework['answering']>, number, string]>([
    ['puts off twice', { status: 503 }, 2, 'warn'],
    ['puts off for long', { status: 429, headers: { 'retry-after': '4' } }, 1, 'warn'],
    ['may have taken', 'reset', 1, 'warn'],
    ['does not take', { status: 403 }, 1, 'warn'],
    ['does not understand', { status: 400 }, 1, 'error'],
  ])('whose answer Teams %s goes without, and the log tells', async (_, answer, posts, level) => {
    house.desk.message = () => Promise.reject(new Error('x'));
    framework.answering = () => answer;
    await send(activity(framework));
    await house.teams.stop();
    expect(framework.count('POST')).toBe(posts);
    expect(house.log.lines.at(-1)).toMatchObject({ level, message: 'an answer could not be given' });
  });

  test('from a place that cannot be spoken to is not answered there', async () => {
    house.desk.message = () => Promise.reject(new Unreachable('gone'));
    await send(activity(framework));
    await house.teams.stop();
    expect(framework.calls).toHaveLength(0);
    expect(house.log.lines.map((line) => line.level)).toEqual(['warn']);
  });

  test('that was edited, deleted or reacted to does nothing; a personal edit is hinted at once', async () => {
    const edit = activity(framework, {
      type: 'messageUpdate',
      channelData: { tenant: { id: tenant() }, eventType: 'editMessage' },
    });
    await send(edit);
    await send(edit);
    await send({ ...edit, ...channel });
    await send(activity(framework, { type: 'messageDelete' }));
    await send(activity(framework, { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }));
    await house.teams.stop();
    expect(house.desk.heard).toHaveLength(0);
    expect(framework.calls.map((call) => call.body['text'])).toEqual([
      'I do not act on edited messages. Please send it again.',
    ]);
  });
});

describe('a kind of conversation', () => {
  test.each([
    [{ conversationType: 'personal' }, 'personal'],
    [{ conversationType: 'groupChat', isGroup: true }, 'groupChat'],
    [{ conversationType: 'channel', isGroup: true }, 'channel'],
    [{ conversationType: 'personal', isGroup: true }, 'groupChat'],
    [{ conversationType: 'meeting' }, 'groupChat'],
    [{}, 'groupChat'],
  ])('%p is read as %s', async (conversation, kind) => {
    await send(activity(framework, { conversation: { ...conversation, tenantId: tenant(), id: 'x' } }));
    await house.desk.until(() => house.desk.heard.length === 1);
    expect(house.desk.heard[0]?.place.kind).toBe(kind);
  });
});

describe('a click on Action.Execute', () => {
  test('is read and answered with the card', async () => {
    house.desk.button = () => Promise.resolve({ content: { card, summary: 's' }, audience: 'everyone' });
    const answer = await send(click(framework, execute()));
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card });
    expect(house.desk.pressed[0]).toMatchObject({
      verb: 'confirm',
      data: { operation: 'o1', token: 't1' },
      inputs: { operation: 'o1', token: 't1', note: 'broken', count: '3', sure: 'true' },
      automatic: false,
      message: { id: 'card-1' },
    });
  });

  test('is answered with a text, HTTP 200 also for a no', async () => {
    const answer = await send(click(framework, execute()));
    expect(answer.body).toEqual({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'done' });
  });

  test('tells a refresh from a click', async () => {
    await send(click(framework, undefined, { value: { action: execute(), trigger: 'automatic' } }));
    expect(house.desk.pressed[0]?.automatic).toBe(true);
  });

  test.each(['clicker', 'client', 'everyone'] as const)(
    'answers what is for %s, and says nothing more',
    async (audience) => {
      const done = deferred<undefined>();
      house.desk.button = () =>
        Promise.resolve({
          content: { card, summary: 's' },
          audience,
          afterwards: () => Promise.resolve(done.resolve(undefined)),
        });
      expect((await send(click(framework, execute()))).body['value']).toEqual(card);
      await done.promise;
      await house.teams.stop();
      expect(framework.calls).toHaveLength(0);
    },
  );

  test('that is a refresh never edits the message: that would call for the next one', async () => {
    house.desk.button = () => Promise.resolve({ content: { card, summary: 's' }, audience: 'client' });
    await send(click(framework, undefined, { value: { action: execute(), trigger: 'automatic' } }));
    await house.teams.stop();
    expect(framework.calls).toHaveLength(0);
  });

  test('that cannot be written down is answered with what happened', async () => {
    house.desk.button = () => Promise.reject(new StoreFault('full', 'secret/path'));
    const answer = await send(click(framework, execute()));
    expect(answer.status).toBe(200);
    expect(answer.body['value']).toContain(
      'the disk that I write to is full. I do nothing that I cannot write down first',
    );
    expect(answer.text).not.toContain('secret');
  });

  test('that fails tells a reference and no detail', async () => {
    house.desk.button = () => Promise.reject(new Error('secret detail'));
    const answer = await send(click(framework, execute()));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('I could not finish handling this.');
    expect(answer.text).not.toContain('secret');
  });

  test.each<[string, unknown]>([
    ['no action', { trigger: 'manual' }],
    ['no value', undefined],
    ['a text', 'confirm'],
    ['a list', []],
    ['null', null],
    ['an action that is a text', { action: 'confirm' }],
    ['another action', { action: { type: 'Action.Submit', verb: 'confirm', data: {} } }],
    ['data that is a text', { action: execute('x') }],
    ['data that is a list', { action: execute(['x']) }],
    ['a verb that is none', { action: { ...execute(), verb: 7 } }],
    ['no verb at all', { action: { ...execute(), verb: undefined } }],
    ['an endless verb', { action: { ...execute(), verb: 'x'.repeat(1_000) } }],
    ['huge data', { action: execute({ note: 'x'.repeat(100_000) }) }],
  ])('with %s is answered in plain words', async (_, value) => {
    const answer = await send(click(framework, undefined, { value }));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'BadRequest' },
    });
    expect(house.desk.pressed).toHaveLength(0);
  });

  test('with bottomless data is answered in plain words', async () => {
    const bottomless = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const body = JSON.stringify(click(framework, execute('HERE'))).replace('"HERE"', bottomless);
    expect((await send(body)).body).toMatchObject({ statusCode: 400 });
  });

  test('without a verb of its own is read by the one in its data', async () => {
    await send(click(framework, { type: 'Action.Execute', data: { verb: 'cancel' } }));
    expect(house.desk.pressed[0]).toMatchObject({ verb: 'cancel', inputs: {} });
  });

  test('delivered twice at once is one click with two answers', async () => {
    const slow = deferred<Answered>();
    house.desk.button = () => slow.promise;
    const turn = createTurn({
      desk: house.desk,
      messenger: house.teams.messenger,
      acquaintance: new Acquaintance(),
      log: house.log,
      wait: house.time.wait,
    });
    const incoming = readActivity(click(framework, execute()))!;
    const person = { id: 'p', tenantId: 't', name: 'Megan', chatId: '29:megan' };
    const both = [turn(incoming, { is: 'admitted', person }), turn(incoming, { is: 'admitted', person })];
    slow.resolve({ content: { text: 'once' }, audience: 'clicker', afterwards: () => Promise.resolve() });
    const [one, two] = await Promise.all(both);
    expect(house.desk.pressed).toHaveLength(1);
    expect(two?.body).toEqual(one?.body);
    expect([typeof one?.afterwards, typeof two?.afterwards]).toEqual(['function', 'undefined']);
  });

  test('an invoke of another name is not implemented', async () => {
    expect((await send(click(framework, execute(), { name: 'composeExtension/query' }))).status).toBe(501);
  });
});

describe('a click that takes long', () => {
  const late = async (more: Record<string, unknown>, answer: Answered | Error) => {
    const slow = deferred<Answered | Error>();
    house.desk.button = async () => {
      const came = await slow.promise;
      if (came instanceof Error) throw came;
      return came;
    };
    const answered = send(click(framework, execute(), more));
    await house.desk.until(() => house.desk.pressed.length === 1);
    house.time.pass(2_500);
    const interim = await answered;
    slow.resolve(answer);
    await house.teams.stop();
    return interim.body;
  };

  test('is answered at once; the card is changed by the desk', async () => {
    const interim = await late({}, { content: { card, summary: 's' }, audience: 'everyone' });
    expect(interim).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Working on it. This card will change in a moment.',
    });
    expect(framework.calls).toHaveLength(0);
  });

  test('works on what is left to do although the chat does not listen', async () => {
    framework.answering = () => ({ status: 500, body: {} });
    const order: string[] = [];
    const afterwards = () => Promise.resolve(void order.push('afterwards'));
    await late({}, { content: { text: 'no role' }, audience: 'clicker', afterwards });
    expect(order).toEqual(['afterwards']);
    expect(house.log.lines.map((line) => line.message)).toEqual(['an answer did not reach whoever clicked']);
  });

  test('that fails tells the clicker', async () => {
    const interim = await late({}, new StoreFault('unreachable', 'x'));
    expect(interim['value']).toContain('Working on it.');
    expect(framework.calls.map((call) => call.method)).toEqual(['POST']);
    expect(framework.calls[0]?.body['text']).toContain('at present I cannot reach my database');
  });

  test('leaves the card alone when the answer is for the clicker', async () => {
    await late(channel, { content: { text: 'no role' }, audience: 'clicker' });
    expect(framework.calls.map((call) => [call.method, call.body['text']])).toEqual([['POST', 'no role']]);
  });

  test('shows what is for one client in a personal chat, and nowhere else', async () => {
    const secret: Answered = { content: { text: 'PIN 1234' }, audience: 'client' };
    await late({}, secret);
    expect(framework.calls.map((call) => [call.method, call.body['text']])).toEqual([['PUT', 'PIN 1234']]);
  });

  test('does not show what is for one client on a message that nobody could take it back from', async () => {
    framework.answering = ({ method }) => (method === 'PUT' ? { status: 404 } : undefined);
    await late({}, { content: { text: 'PIN 1234' }, audience: 'client' });
    expect(framework.calls.map((call) => [call.method, call.body['text']])).toEqual([
      ['PUT', 'PIN 1234'],
      ['POST', 'I could not show it: Teams no longer finds that card. Type status for a new one.'],
    ]);
  });

  test('keeps what is for one client out of a channel', async () => {
    await late(channel, { content: { text: 'PIN 1234' }, audience: 'client' });
    expect(JSON.stringify(framework.calls)).not.toContain('1234');
    expect(framework.calls[0]?.body['text']).toContain('Ask me in your personal chat');
  });

  test('never edits the message for a refresh: that would call for the next one', async () => {
    await late(
      { value: { action: execute(), trigger: 'automatic' } },
      { content: { card, summary: 's' }, audience: 'client' },
    );
    expect(framework.calls).toHaveLength(0);
  });
});

describe('a click on the Action.Submit fallback', () => {
  const submit = (more: Record<string, unknown> = {}) =>
    activity(framework, {
      text: undefined,
      value: { verb: 'confirm', operation: 'o1', note: 'x' },
      replyToId: 'card-1',
      ...more,
    });

  test.each([
    ['everyone', []],
    ['client', ['PUT /v3/conversations/a%3Amegan/activities/card-1']],
    ['clicker', ['POST /v3/conversations/a%3Amegan/activities']],
  ] as const)('brings what is for %s where it belongs', async (audience, calls) => {
    house.desk.button = () => Promise.resolve({ content: { card, summary: 's' }, audience });
    expect((await send(submit())).text).toBe('');
    await house.teams.stop();
    expect(house.desk.pressed[0]).toMatchObject({
      verb: 'confirm',
      inputs: { operation: 'o1', note: 'x' },
      automatic: false,
    });
    expect(framework.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(calls);
  });

  test.each(['0', '', undefined])(
    'that does not know its message (%p) is answered with a new one',
    async (replyToId) => {
      house.desk.button = () => Promise.resolve({ content: { card, summary: 's' }, audience: 'client' });
      await send(submit({ replyToId }));
      await house.teams.stop();
      expect(framework.calls.map((call) => call.method)).toEqual(['POST']);
    },
  );

  test('that nobody knows is answered in words', async () => {
    await send(submit({ value: { note: 'x' } }));
    await send(submit({ value: 'x' }));
    await house.teams.stop();
    expect(framework.calls.map((call) => String(call.body['text']).slice(0, 25))).toEqual(
      Array(2).fill('I do not know this button'),
    );
  });

  test('delivered again is one click', async () => {
    const body = submit();
    await send(body);
    await send(body);
    await house.teams.stop();
    expect(house.desk.pressed).toHaveLength(1);
  });
});

describe('an arrival', () => {
  const install = (action: string) => activity(framework, { type: 'installationUpdate', action });
  const members = (more: Record<string, unknown>) => activity(framework, { type: 'conversationUpdate', ...more });
  const us = () => [{ id: '29:megan' }, { id: (activity(framework)['recipient'] as { id: string }).id }];

  test('is told once, whichever activities tell of it, and again after a removal', async () => {
    await send(install('add'));
    await send(members({ membersAdded: us() }));
    await send(install('add'));
    await house.desk.until(() => house.desk.arrivals.length === 1);
    await send(install('remove'));
    await send(members({ membersAdded: us() }));
    await house.teams.stop();
    expect(house.desk.arrivals.map(({ place, person }) => [place.kind, person.name])).toEqual([
      ['personal', 'Megan Bowen'],
      ['personal', 'Megan Bowen'],
    ]);
  });

  test('and a departure is told, of a team with its id', async () => {
    const team = { channelData: { tenant: { id: tenant() }, team: { id: '19:team' } } };
    await send(install('remove'));
    await send(members({ membersRemoved: us().slice(1), ...channel, ...team }));
    await send(members({ membersRemoved: [{ id: '29:other' }] }));
    await house.desk.until(() => house.desk.departures.length === 2);
    await house.teams.stop();
    expect(house.desk.departures.map(({ place: { kind, id, teamId } }) => [kind, id, teamId])).toEqual([
      ['personal', 'a:megan', undefined],
      ['channel', channel.conversation.id, '19:team'],
    ]);
  });

  test('a departure is acknowledged when it is written down, and asked for again where it is not', async () => {
    const { desk, log } = house;
    desk.depart = () => Promise.reject(new Error('the store is away'));
    expect((await send(install('remove'))).status).toBe(503);
    expect(log.lines.map(({ message }) => message)).toContain('a departure was not written down');
    const written = deferred<undefined>();
    desk.depart = () => written.promise;
    const answer = send(install('remove'));
    await desk.until(() => desk.departures.length === 2);
    written.resolve(undefined);
    expect((await answer).status).toBe(200);
    const never = deferred<undefined>();
    desk.depart = () => never.promise;
    const late = send(install('remove'));
    await desk.until(() => desk.departures.length === 3);
    house.time.pass(10_000);
    expect((await late).status).toBe(503);
    never.resolve(undefined);
  });

  test.each([
    ['nobody of the directory', { id: '29:outsider', name: 'Guest' }, '29:outsider'],
    ['ourselves', undefined, undefined],
  ])('a departure is heeded whoever it is from: %s', async (_, from, chatId) => {
    const bot = activity(framework)['recipient'] as { id: string };
    await send(members({ membersRemoved: us(), ...channel, from: from ?? bot }));
    expect(house.desk.departures.map(({ person }) => [person.id, person.chatId])).toEqual([['', chatId ?? bot.id]]);
    const added = await send(members({ membersAdded: us(), ...channel, from: from ?? bot }));
    expect([added.status, house.desk.arrivals]).toEqual([200, []]);
  });

  test('of somebody else is nothing to us', async () => {
    await send(members({ membersAdded: [{ id: '29:other' }] }));
    await send(members({ membersRemoved: us(), topicName: 'x' }));
    await house.teams.stop();
    expect(house.desk.arrivals).toHaveLength(0);
  });
});

function tenant(): string {
  return (activity(framework)['conversation'] as { tenantId: string }).tenantId;
}
