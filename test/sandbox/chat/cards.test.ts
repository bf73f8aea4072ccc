import { startChat } from '../../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../../src/sandbox/chat/server.ts';
import { call, cardAnswer, cardMessage, pathOf, startFakeBot } from './fakeBot.ts';
import type { Heard } from './fakeBot.ts';

type Invoke = { action: { type: string; id?: string; verb?: string; data: unknown }; trigger: string };

let answer: (activity: Heard) => { status?: number; body?: unknown } | undefined | Promise<undefined>;
let bot: Awaited<ReturnType<typeof startFakeBot>>;
let chat: RunningChat;
let clock: number;
let conversation: string;

beforeEach(async () => {
  clock = 1_800_000_000_000;
  answer = () => undefined;
  bot = await startFakeBot((activity) => answer(activity));
  chat = await startChat({ botUrl: bot.url, now: () => clock, patience: { invoke: 100 } });
  await chat.say('alex', 'group', 'lock MBP-042');
  conversation = bot.heard[0]!.conversation.id;
});
afterEach(async () => {
  await chat.stop();
  await bot.stop();
});

const done = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Locked' }] };
const question = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'Input.Text', id: 'reason', label: 'Reason', isRequired: true, errorMessage: 'Say why' },
    { type: 'Input.Number', id: 'days', label: 'Days', value: 3 },
    { type: 'Input.Toggle', id: 'keep', title: 'Keep data' },
    { type: 'Input.Text', id: 'remark', label: 'Remark' },
  ],
  actions: [
    {
      type: 'Action.Execute',
      id: 'go',
      title: 'Lock MBP-042',
      verb: 'confirm',
      data: { op: '7' },
      fallback: { type: 'Action.Submit', title: 'Lock MBP-042', data: { op: '7', verb: 'confirm' } },
    },
    { type: 'Action.Execute', title: 'Cancel', verb: 'cancel', data: { op: '7' }, associatedInputs: 'none' },
    {
      type: 'Action.ShowCard',
      title: 'More',
      card: { type: 'AdaptiveCard', body: [{ type: 'Input.Text', id: 'inner', value: 'x' }] },
    },
  ],
};

async function show(card: object = question): Promise<string> {
  const { body } = await call(chat.serviceUrl, 'POST', pathOf(conversation), cardMessage(card));
  return body.id;
}
const edit = (id: string, card: object) =>
  call(chat.serviceUrl, 'PUT', pathOf(conversation, `activities/${id}`), cardMessage(card));
const seen = (id: string, viewer?: 'alex' | 'megan') => chat.messages('group', viewer).find((one) => one.id === id)!;
const invokes = () => bot.of('invoke').map(({ value }) => value as Invoke);

describe('Action.Execute', () => {
  test('sends the inputs with the data, as text, and without what is empty or in another card', async () => {
    const id = await show();
    await chat.press('megan', 'group', id, 'Lock MBP-042', { reason: 'lost' });
    const [invoke] = bot.of('invoke');
    expect(invoke).toMatchObject({ name: 'adaptiveCard/action', replyToId: id, from: { name: 'Megan Bowen' } });
    expect(invoke!.value).toEqual({
      action: {
        type: 'Action.Execute',
        id: 'go',
        verb: 'confirm',
        data: { op: '7', reason: 'lost', days: '3', keep: 'false' },
      },
      trigger: 'manual',
    });
  });

  test('checks required inputs in the client, save for an action that takes none', async () => {
    const id = await show();
    await expect(chat.press('megan', 'group', id, { verb: 'confirm' })).rejects.toThrow('Say why');
    await chat.press('megan', 'group', id, { index: 1 });
    expect(invokes().map(({ action }) => action)).toEqual([
      { type: 'Action.Execute', verb: 'cancel', data: { op: '7' } },
    ]);
  });

  test("a card in the answer is the clicker's alone, until the bot edits the message for all", async () => {
    answer = () => cardAnswer(done);
    const id = await show();
    expect(await chat.press('megan', 'group', id, 'Cancel')).toMatchObject({ shown: 'card', card: done });
    expect(seen(id, 'megan').card).toEqual(done);
    expect(seen(id, 'alex').card).toEqual(question);
    const final = { ...done, body: [] };
    await edit(id, final);
    expect([seen(id, 'megan').card, seen(id, 'alex').card]).toEqual([final, final]);
  });

  test('clients can lose what they were answered', async () => {
    answer = () => cardAnswer(done);
    const id = await show();
    await chat.press('megan', 'group', id, 'Cancel');
    chat.faults.forgetViews();
    expect(seen(id, 'megan').card).toEqual(question);
  });

  test.each([
    [
      'a message',
      { body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Noted' } },
      { shown: 'message', text: 'Noted' },
    ],
    [
      'an error',
      { body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'x', message: 'No' } } },
      { shown: 'error', text: 'No' },
    ],
    ['an HTTP error', { status: 501 }, { shown: 'failure' }],
    ['no body', {}, { shown: 'failure' }],
    [
      'status for statusCode',
      { body: { status: 200, type: 'application/vnd.microsoft.card.adaptive', value: done } },
      { shown: 'failure' },
    ],
    ['a card that is none', cardAnswer({ body: [] }), { shown: 'failure' }],
  ])('%s', async (_name, said, expected) => {
    answer = () => said;
    const id = await show();
    expect(await chat.press('alex', 'group', id, 'Cancel')).toMatchObject(expected);
    const { note, error } = seen(id, 'alex');
    if (expected.shown === 'message') expect(note).toBe('Noted');
    else expect(error).toBe(expected.shown === 'error' ? 'No' : 'Something went wrong. Please try again.');
    expect(seen(id, 'megan')).not.toHaveProperty('error');
  });

  test('no answer in time', async () => {
    answer = () => new Promise(() => {});
    const id = await show();
    const pressed = chat.press('alex', 'group', id, 'Cancel');
    await chat.until('group', (messages) => messages.some((one) => one.working), 5000, 'alex');
    expect(await pressed).toMatchObject({ shown: 'failure', answers: [{ error: 'no answer in time' }] });
    expect(seen(id, 'alex').working).toBe(false);
  });

  test.each([
    ['sameId', 1],
    ['newId', 2],
  ] as const)('delivered twice, %s', async (how, ids) => {
    const id = await show();
    chat.faults.invokeTwice = how;
    expect((await chat.press('alex', 'group', id, 'Cancel')).answers).toHaveLength(2);
    expect(new Set(bot.of('invoke').map((one) => one.id)).size).toBe(ids);
    await chat.press('alex', 'group', id, 'Cancel');
    expect(invokes()).toHaveLength(3);
  });

  test('a click where the app was removed fails without reaching the bot', async () => {
    const id = await show();
    await chat.faults.removeApp('group');
    expect(await chat.press('alex', 'group', id, 'Cancel')).toMatchObject({ shown: 'failure', answers: [] });
    expect(invokes()).toHaveLength(0);
  });
});

describe('Action.Submit', () => {
  test('is what an old client makes of Execute: a message with value and without text', async () => {
    const id = await show();
    chat.faults.oldClient = true;
    const { shown } = await chat.press('alex', 'group', id, 'Lock MBP-042', { reason: 'lost' });
    expect(shown).toBe('nothing');
    const submitted = bot.of('message').at(-1)!;
    expect(submitted).toMatchObject({ replyToId: id, value: { op: '7', verb: 'confirm', reason: 'lost', days: '3' } });
    expect(submitted).not.toHaveProperty('text');
    await expect(chat.press('alex', 'group', id, 'Cancel')).rejects.toThrow('No action "Cancel"');
  });

  test('messageBack says what it shows and sends what it says', async () => {
    const msteams = { type: 'messageBack', text: 'help', displayText: 'Help me', value: { a: 1 } };
    const id = await show({
      ...question,
      body: [],
      actions: [{ type: 'Action.Submit', title: 'Help', data: { msteams } }],
    });
    await chat.press('alex', 'group', id, 'Help');
    expect(bot.of('message').at(-1)).toMatchObject({ text: 'help', value: { a: 1 } });
    expect(chat.messages('group').at(-1)!.text).toBe('Help me');
  });
});

describe('refresh', () => {
  const refreshed = (userIds?: string[]) => ({
    ...question,
    refresh: { action: { type: 'Action.Execute', verb: 'look', data: { op: '7' } }, ...(userIds && { userIds }) },
  });

  test('asks by itself when somebody named looks, once a minute, and shows it to that one', async () => {
    answer = ({ type }) => (type === 'invoke' ? cardAnswer(refreshed([alex])) : undefined);
    const alex = bot.heard[0]!.from.id;
    const id = await show(refreshed([alex]));
    await chat.open('megan', 'group');
    expect(invokes()).toEqual([]);
    await chat.open('alex', 'group');
    await chat.open('alex', 'group');
    expect(invokes()).toEqual([
      { action: { type: 'Action.Execute', verb: 'look', data: { op: '7' } }, trigger: 'automatic' },
    ]);
    clock += 60_000;
    await edit(id, refreshed([alex]));
    await chat.open('alex', 'group');
    expect(invokes()).toHaveLength(2);
  });

  test.each([
    ['nobody', [], 0],
    ['everybody', undefined, 1],
  ])('userIds for %s', async (_name, userIds, count) => {
    await show(refreshed(userIds));
    await chat.open('lynne', 'group');
    expect(invokes()).toHaveLength(count);
  });
});
