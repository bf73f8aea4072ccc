import { people, tenantId } from '../../../src/sandbox/company.ts';
import { startChat } from '../../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../../src/sandbox/chat/server.ts';
import { call, cardMessage, pathOf, startFakeBot } from './fakeBot.ts';

let bot: Awaited<ReturnType<typeof startFakeBot>>;
let chat: RunningChat;
let clock: number;

beforeEach(async () => {
  clock = 1_800_000_000_000;
  bot = await startFakeBot();
  chat = await startChat({ botUrl: bot.url, now: () => clock });
});
afterEach(async () => {
  await chat.stop();
  await bot.stop();
});

const connect = (method: string, path: string, body?: unknown) => call(chat.serviceUrl, method, path, body);
const text = (words: string) => ({ type: 'message', text: words });
const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Lock?' }] };

async function conversationOf(room: 'personal' | 'group' | 'channel:incidents'): Promise<string> {
  await chat.say('alex', room, 'hello');
  return bot.heard.at(-1)!.conversation.id;
}

describe('activities', () => {
  test('are sent, edited and deleted', async () => {
    const id = await conversationOf('personal');
    const sent = await connect('POST', pathOf(id, 'activities/1'), cardMessage(card));
    expect(sent).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^\d{13}$/) } });
    const edited = await connect('PUT', pathOf(id, `activities/${sent.body.id}`), text('Locked'));
    expect(edited).toMatchObject({ status: 200, body: { id: sent.body.id } });
    expect(chat.messages('personal', 'alex').at(-1)).toMatchObject({ from: 'bot', text: 'Locked', edited: true });
    expect(chat.messages('personal', 'alex').at(-1)).not.toHaveProperty('card');
    expect((await connect('DELETE', pathOf(id, `activities/${sent.body.id}`))).status).toBe(200);
    expect(await connect('PUT', pathOf(id, `activities/${sent.body.id}`), text('x'))).toMatchObject({
      status: 404,
      body: { error: { code: 'ActivityNotFoundInConversation' } },
    });
    expect(chat.connectorCalls().map(({ method, status }) => [method, status])).toEqual([
      ['POST', 201],
      ['PUT', 200],
      ['DELETE', 200],
      ['PUT', 404],
    ]);
    expect(chat.connectorCalls()[0]!.path).toBe(`/v3/conversations/${id}/activities/1`);
  });

  test('stay in their thread; a bare channel id starts a new one', async () => {
    const thread = await conversationOf('channel:incidents');
    const reply = await connect('POST', pathOf(thread), text('in the thread'));
    const post = await connect('POST', pathOf(thread.split(';')[0]!), text('a new post'));
    const [root, answer, other] = chat.messages('channel:incidents');
    expect(answer).toMatchObject({ id: reply.body.id, thread: root!.id, conversationId: thread });
    expect(other).toMatchObject({ id: post.body.id, thread: post.body.id });
    const elsewhere = `${thread.split(';')[0]};messageid=${post.body.id}`;
    expect((await connect('PUT', pathOf(elsewhere, `activities/${reply.body.id}`), text('x'))).status).toBe(404);
    expect((await connect('POST', pathOf(`${thread}9`), text('x'))).body.error.code).toBe('ConversationNotFound');
  });

  test('a post of its own can be answered and edited, by the id of its thread and by that of the channel', async () => {
    const channel = (await conversationOf('channel:incidents')).split(';')[0]!;
    const { body: post } = await connect('POST', pathOf(channel), text('a new post'));
    const thread = `${channel};messageid=${post.id}`;
    const { body: reply } = await connect('POST', pathOf(thread), text('more'));
    for (const [path, words] of [
      [pathOf(channel, `activities/${post.id}`), 'edited'],
      [pathOf(thread, `activities/${post.id}`), 'edited again'],
      [pathOf(thread, `activities/${reply.id}`), 'more, edited'],
    ] as const) {
      expect((await connect('PUT', path, text(words))).status).toBe(200);
    }
    const answer = await chat.say('megan', 'channel:incidents', 'thanks', { thread: post.id });
    expect(bot.heard.at(-1)!.conversation.id).toBe(thread);
    expect(chat.messages('channel:incidents').slice(1)).toMatchObject([
      { id: post.id, thread: post.id, text: 'edited again' },
      { id: reply.id, thread: post.id, text: 'more, edited' },
      { id: answer.messageId, thread: post.id },
    ]);
  });

  test("a person's message is not the bot's to edit", async () => {
    const id = await conversationOf('group');
    const { status } = await connect('PUT', pathOf(id, `activities/${bot.heard[0]!.id}`), text('x'));
    expect(status).toBe(403);
  });

  test('text and a card in one become two messages, and no id comes back', async () => {
    const id = await conversationOf('personal');
    const sent = await connect('POST', pathOf(id), { ...cardMessage(card), text: 'Look:' });
    expect(sent).toMatchObject({ status: 201, body: {} });
    expect(chat.messages('personal', 'alex').slice(1)).toMatchObject([{ text: 'Look:' }, { card }]);
  });

  test('typing is no message', async () => {
    const id = await conversationOf('personal');
    expect((await connect('POST', pathOf(id), { type: 'typing' })).status).toBe(202);
    expect(chat.messages('personal', 'alex')).toHaveLength(1);
  });

  test.each([
    ['no type', {}],
    ['nothing in it', { type: 'message' }],
    ['an unknown type', { type: 'trace' }],
    ['a card that is none', cardMessage({ type: 'Container' })],
    [
      'a mention that is not in the text',
      { ...text('hi'), entities: [{ type: 'mention', mentioned: { id: 'x' }, text: '<at>X</at>' }] },
    ],
  ])('%s is a bad argument', async (_name, body) => {
    const id = await conversationOf('personal');
    expect(await connect('POST', pathOf(id), body)).toMatchObject({
      status: 400,
      body: { error: { code: 'Bad Argument' } },
    });
  });

  test('size: a warning above 28 KB, a refusal above 100 KB of UTF-16', async () => {
    const id = await conversationOf('personal');
    expect((await connect('POST', pathOf(id), text('x'.repeat(29 * 1024)))).status).toBe(201);
    expect(chat.messages('personal', 'alex').at(-1)!.warnings[0]).toContain('keep below 28 KB');
    expect(await connect('POST', pathOf(id), text('x'.repeat(51 * 1024)))).toMatchObject({
      status: 413,
      body: { error: { code: 'MessageSizeTooBig' } },
    });
  });

  test('a message for one person alone is refused, for it would be shown to all', async () => {
    const id = await conversationOf('group');
    expect((await connect('POST', pathOf(id, 'activities?isTargetedActivity=true'), text('PIN 123456'))).status).toBe(
      400,
    );
  });
});

describe('new conversations', () => {
  const member = (id: string) => ({ members: [{ id }], tenantId, channelData: { tenant: { id: tenantId } } });

  test('with a person who has the app: always the same', async () => {
    const id = await conversationOf('personal');
    const mri = bot.heard[0]!.from.id;
    expect(await connect('POST', 'v3/conversations', member(mri))).toMatchObject({ status: 201, body: { id } });
    expect((await connect('POST', 'v3/conversations', member(people.alex.id))).body).toEqual({ id });
  });

  test('with one who has not: 403, until he opens his chat', async () => {
    const isaiah = member(people.isaiah.id);
    expect(await connect('POST', 'v3/conversations', isaiah)).toMatchObject({
      status: 403,
      body: { error: { code: 'BotNotInConversationRoster' } },
    });
    await chat.open('isaiah', 'personal');
    expect(bot.heard).toMatchObject([{ type: 'conversationUpdate' }, { type: 'installationUpdate', action: 'add' }]);
    expect((await connect('POST', 'v3/conversations', isaiah)).status).toBe(201);
  });

  test('not by UPN, not without tenant, not with several', async () => {
    for (const body of [
      member(people.alex.userPrincipalName),
      { members: [{ id: people.alex.id }] },
      { ...member(people.alex.id), members: [{ id: people.alex.id }, { id: people.megan.id }] },
    ]) {
      expect((await connect('POST', 'v3/conversations', body)).status).toBe(400);
    }
  });

  test('a channel post names its thread and its message', async () => {
    const channel = (await conversationOf('channel:incidents')).split(';')[0];
    const { status, body } = await connect('POST', 'v3/conversations', {
      isGroup: true,
      channelData: { channel: { id: channel } },
      activity: cardMessage(card),
    });
    expect(status).toBe(201);
    expect(body.id).toBe(`${channel};messageid=${body.activityId}`);
  });
});

describe('the roster', () => {
  test.each(['id', 'userPrincipalName'] as const)('finds a member by %s, and a guest is a guest', async (by) => {
    const id = await conversationOf('group');
    expect((await connect('GET', pathOf(id, `members/${encodeURIComponent(people.patti[by])}`))).body).toMatchObject({
      id: expect.stringMatching(/^29:/),
      aadObjectId: people.patti.id,
      userPrincipalName: people.patti.userPrincipalName,
      tenantId,
      userRole: 'guest',
    });
  });

  test('pages, and tells of a stranger that he is none', async () => {
    const id = await conversationOf('group');
    const first = await connect('GET', pathOf(id, 'pagedmembers?pageSize=4'));
    expect(first.body.members).toHaveLength(4);
    const rest = await connect(
      'GET',
      pathOf(id, `pagedmembers?pageSize=4&continuationToken=${first.body.continuationToken}`),
    );
    expect(rest.body.members).toHaveLength(Object.keys(people).length - 4);
    expect(rest.body).not.toHaveProperty('continuationToken');
    expect((await connect('GET', pathOf(id, 'members/29:nobody'))).status).toBe(404);
    const mine = await conversationOf('personal');
    expect((await connect('GET', pathOf(mine, 'members'))).body).toHaveLength(1);
    expect((await connect('GET', pathOf(mine, `members/${people.megan.id}`))).status).toBe(404);
  });

  test('knows the team and its channels', async () => {
    await chat.say('alex', 'channel:general', 'hi');
    const { team } = bot.heard[0]!.channelData as { team: { id: string } };
    expect((await connect('GET', `v3/teams/${encodeURIComponent(team.id)}`)).body).toMatchObject({
      name: 'Service Desk',
      aadGroupId: expect.any(String),
    });
    expect(
      (await connect('GET', `v3/teams/${encodeURIComponent(team.id)}/conversations`)).body.conversations,
    ).toMatchObject([{ id: team.id }, { name: 'Incidents' }]);
  });
});

describe('bad days', () => {
  test('removed: 403 until added again', async () => {
    const group = await conversationOf('group');
    const personal = await conversationOf('personal');
    await chat.faults.removeApp('group');
    await chat.faults.removeApp('personal');
    expect(bot.of('installationUpdate')).toMatchObject([{ action: 'remove' }, { action: 'remove' }]);
    expect((await connect('POST', pathOf(group), text('x'))).body.error.code).toBe('BotNotInConversationRoster');
    expect((await connect('POST', pathOf(personal), text('x'))).body.error.code).toBe('MessageWritesBlocked');
    expect((await connect('GET', pathOf(group, 'members'))).status).toBe(403);
    expect((await chat.say('alex', 'group', 'hi')).reachedBot).toBe(false);
    await chat.faults.addApp('group');
    expect(bot.of('installationUpdate').at(-1)).toMatchObject({ action: 'add', conversation: { id: group } });
    expect((await connect('POST', pathOf(group), text('x'))).status).toBe(201);
  });

  test.each([
    [429, 3],
    [429, undefined],
    [502, undefined],
    [412, undefined],
  ])('%i on demand, Retry-After %s', async (status, retryAfter) => {
    const id = await conversationOf('personal');
    chat.faults.connectorAnswers = { status, times: 2, ...(retryAfter !== undefined && { retryAfter }) };
    const answers = [];
    for (const words of ['a', 'b', 'c']) answers.push(await connect('POST', pathOf(id), text(words)));
    expect(answers.map((answer) => answer.status)).toEqual([status, status, 201]);
    expect(answers[0]!.headers.get('retry-after')).toBe(retryAfter === undefined ? null : String(retryAfter));
    expect(chat.messages('personal', 'alex')).toHaveLength(2);
    expect(chat.connectorCalls().map((one) => one.status)).toEqual([status, status, 201]);
  });

  test('a lost answer: 502, and done all the same', async () => {
    const id = await conversationOf('personal');
    chat.faults.connectorAnswers = { status: 502, times: 1, done: true };
    expect(await connect('POST', pathOf(id), text('a'))).toMatchObject({
      status: 502,
      body: { error: { code: 'BadGateway' } },
    });
    expect(chat.messages('personal', 'alex').at(-1)!.text).toBe('a');
  });

  test('the next edit finds nothing', async () => {
    const id = await conversationOf('personal');
    const { body } = await connect('POST', pathOf(id), text('a'));
    chat.faults.updatesNotFound = 1;
    const edit = () => connect('PUT', pathOf(id, `activities/${body.id}`), text('b'));
    expect([(await edit()).status, (await edit()).status]).toEqual([404, 200]);
  });

  test('a slow connector counts as under way', async () => {
    const id = await conversationOf('personal');
    chat.faults.hangSeconds = 0.15;
    const answer = connect('POST', pathOf(id), text('late'));
    await chat.until('personal', (messages) => messages.some((one) => one.text === 'late'));
    expect((await answer).status).toBe(201);
    expect(chat.faults.hangSeconds).toBe(0);
  });

  test('rate limits: seven in a second, per conversation; every second refusal names the wait', async () => {
    const id = await conversationOf('personal');
    const send = () => connect('POST', pathOf(id), text('x'));
    for (let n = 0; n < 7; n += 1) expect((await send()).status).toBe(201);
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([429, 429]);
    expect([first.headers.get('retry-after'), second.headers.get('retry-after')]).toEqual([null, '1']);
    const group = await conversationOf('group');
    expect((await connect('POST', pathOf(group), text('x'))).status).toBe(201);
    clock += 2000;
    expect((await send()).status).toBe(201);
  });
});
