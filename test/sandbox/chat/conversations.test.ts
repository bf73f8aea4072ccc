import { people, tenantId } from '../../../src/sandbox/company.ts';
import { startChat } from '../../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../../src/sandbox/chat/server.ts';
import { call, pathOf, startFakeBot } from './fakeBot.ts';

let bot: Awaited<ReturnType<typeof startFakeBot>>;
let chat: RunningChat;

beforeEach(async () => {
  bot = await startFakeBot();
  chat = await startChat({ botUrl: bot.url });
});
const others: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const running of [...others.splice(0), chat, bot]) await running.stop();
});
/** Stopped after the test, also when it fails. */
const stopLater = <T extends { stop(): Promise<void> }>(running: T): T => {
  others.push(running);
  return running;
};

describe('what the bot hears', () => {
  test('a personal message carries the ids that Teams gives', async () => {
    const { messageId } = await chat.say('megan', 'personal', 'lock MBP-042');
    const [message] = bot.heard;
    expect(message).toMatchObject({
      type: 'message',
      id: messageId,
      text: 'lock MBP-042',
      channelId: 'msteams',
      serviceUrl: chat.serviceUrl,
      from: { name: 'Megan Bowen', aadObjectId: people.megan.id },
      conversation: { conversationType: 'personal', tenantId },
      recipient: { id: '28:device-desk', name: 'Device Desk' },
      channelData: { tenant: { id: tenantId } },
      attachments: [{ contentType: 'text/html', content: '<p>lock MBP-042</p>' }],
    });
    expect(message!.from.id).toMatch(/^29:1/);
    expect(message!.conversation.id).toMatch(/^a:1/);
    expect(messageId).toMatch(/^\d{13}$/);
  });

  test.each([
    ['2026-07-01T09:00:00.123Z', '2026-07-01T11:00:00.123+02:00'],
    ['2026-12-31T23:30:00.000Z', '2027-01-01T00:30:00.000+01:00'],
  ])("%s is told by the person's clock too: %s", async (moment, local) => {
    const there = stopLater(await startChat({ botUrl: bot.url, now: () => Date.parse(moment) }));
    const { messageId } = await there.say('megan', 'personal', 'status');
    await there.edit('megan', 'personal', messageId, 'status MBP-042');
    for (const activity of bot.heard) {
      expect(activity).toMatchObject({
        timestamp: moment,
        localTimestamp: local,
        localTimezone: 'Europe/Berlin',
        locale: 'en-US',
      });
      expect(activity.entities.at(-1)).toMatchObject({ type: 'clientInfo', timezone: 'Europe/Berlin' });
    }
  });

  test.each([
    ['channel:incidents', 'channel', /^19:.+@thread\.tacv2$/, { team: { aadGroupId: expect.any(String) } }],
    ['group', 'groupChat', /^19:.+@thread\.v2$/, {}],
    ['personal', 'personal', /^a:1/, {}],
  ] as const)('the app is removed from and added to %s', async (room, conversationType, id, data) => {
    await chat.faults.removeApp(room, 'megan');
    expect((await chat.say('megan', room === 'personal' ? 'group' : room, 'hi')).reachedBot).toBe(room === 'personal');
    await chat.faults.addApp(room, 'megan');
    expect(bot.of('installationUpdate')).toMatchObject(
      ['remove', 'add'].map((action) => ({
        action,
        from: { name: 'Megan Bowen' },
        conversation: { conversationType, id: expect.stringMatching(id) },
        channelData: { ...data, settings: { selectedChannel: { id: expect.stringMatching(id) } } },
      })),
    );
    expect(bot.of('conversationUpdate')).toMatchObject([
      { membersRemoved: [{ id: '28:device-desk' }] },
      { membersAdded: expect.arrayContaining([{ id: '28:device-desk' }]) },
    ]);
  });

  test('ids rise, even when the clock stands still', async () => {
    const still = stopLater(await startChat({ botUrl: bot.url, now: () => 1_800_000_000_000 }));
    const ids = [await still.say('alex', 'personal', 'a'), await still.say('alex', 'personal', 'b')];
    expect(ids.map(({ messageId }) => messageId)).toEqual(['1800000000000', '1800000000001']);
  });

  test('a group chat and a channel deliver only what mentions the bot', async () => {
    for (const room of ['group', 'channel:general'] as const) {
      expect((await chat.say('alex', room, 'anyone there?', { mentionBot: false })).reachedBot).toBe(false);
      expect((await chat.say('alex', room, 'lock MBP-042')).reachedBot).toBe(true);
    }
    expect(bot.heard.map(({ text }) => text?.replace('\u00a0', ' '))).toEqual([
      '<at>Device Desk</at> lock MBP-042',
      '<at>Device Desk</at> lock MBP-042',
    ]);
    expect(bot.heard[0]!.entities[0]).toEqual({
      type: 'mention',
      mentioned: { id: '28:device-desk', name: 'Device Desk' },
      text: '<at>Device Desk</at>',
    });
  });

  test('the blank after a mention is an nbsp now and then', async () => {
    await chat.say('alex', 'group', 'one');
    await chat.say('alex', 'group', 'two');
    expect(bot.heard.map(({ text }) => text)).toEqual(['<at>Device Desk</at> one', '<at>Device Desk</at>\u00a0two']);
  });

  test('people are mentioned where they stand in the text, by MRI', async () => {
    await chat.say('megan', 'group', '@Device Desk unlock @Lynne Robbins please', { mention: ['lynne'] });
    const [{ text, entities }] = bot.heard as [(typeof bot.heard)[0]];
    expect(text).toBe('<at>Device Desk</at> unlock <at>Lynne Robbins</at> please');
    expect(entities[1]).toMatchObject({ mentioned: { id: expect.stringMatching(/^29:/), name: 'Lynne Robbins' } });
  });

  test('html on demand', async () => {
    await chat.say('alex', 'personal', 'lock <Tom & Co>', { html: true });
    expect(bot.heard[0]!.text).toBe('lock &lt;Tom &amp; Co&gt;');
  });

  test('a post starts a thread, a reply names it in the conversation id alone', async () => {
    const post = await chat.say('alex', 'channel:incidents', 'lock MBP-042');
    const reply = await chat.say('megan', 'channel:incidents', 'status', { thread: post.thread! });
    expect(post.thread).toBe(post.messageId);
    const [first, second] = bot.heard;
    expect(first!.conversation.id).toMatch(new RegExp(`^19:.+@thread\\.tacv2;messageid=${post.messageId}$`));
    expect(second!.conversation.id).toBe(first!.conversation.id);
    expect(second).not.toHaveProperty('replyToId');
    expect(reply.thread).toBe(post.messageId);
    expect(first!.channelData).toMatchObject({ channel: { id: first!.conversation.id.split(';')[0] } });
  });

  test("General's id is the team's, and another than the group's", async () => {
    await chat.open('alex', 'channel:general');
    const [update, installation] = bot.heard;
    expect(update).toMatchObject({ type: 'conversationUpdate', channelData: { eventType: 'teamMemberAdded' } });
    const { team } = installation!.channelData as { team: { id: string; aadGroupId: string } };
    expect(installation!.conversation.id).toBe(team.id);
    expect(team.aadGroupId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('edits, deletions, reactions', () => {
  test('are events of their own kind, and are seen in the room', async () => {
    const { messageId } = await chat.say('alex', 'personal', 'lock A');
    await chat.edit('alex', 'personal', messageId, 'lock B');
    expect(bot.of('messageUpdate')[0]).toMatchObject({
      id: messageId,
      text: 'lock B',
      channelData: { eventType: 'editMessage' },
    });
    await chat.remove('alex', 'personal', messageId);
    expect(bot.of('messageDelete')[0]).toMatchObject({
      id: messageId,
      channelData: { eventType: 'softDeleteMessage' },
    });
    expect(chat.messages('personal', 'alex')).toMatchObject([{ id: messageId, edited: true, deleted: true }]);
    expect(chat.messages('personal', 'alex')[0]).not.toHaveProperty('text');
  });

  test('reactions reach the bot for its own messages only, and can be taken back', async () => {
    const { messageId } = await chat.say('alex', 'group', 'hello');
    const conversation = bot.heard[0]!.conversation.id;
    const { body } = await call(chat.serviceUrl, 'POST', pathOf(conversation), { type: 'message', text: 'hi' });
    await chat.react('alex', 'group', messageId, 'like');
    await chat.react('megan', 'group', body.id, 'like');
    await chat.react('megan', 'group', body.id, 'like');
    expect(bot.of('messageReaction')).toMatchObject([
      { replyToId: body.id, reactionsAdded: [{ type: 'like' }] },
      { replyToId: body.id, reactionsRemoved: [{ type: 'like' }] },
    ]);
    await expect(chat.edit('lynne', 'group', messageId, 'mine')).rejects.toThrow('its author');
  });
});

describe('a message delivered twice', () => {
  test.each([
    ['sameId', 1],
    ['newId', 2],
  ] as const)('%s', async (how, ids) => {
    chat.faults.messageTwice = how;
    await chat.say('alex', 'personal', 'lock A');
    await chat.say('alex', 'personal', 'lock B');
    expect(bot.heard.map(({ text }) => text)).toEqual(['lock A', 'lock A', 'lock B']);
    expect(new Set(bot.heard.slice(0, 2).map(({ id }) => id)).size).toBe(ids);
  });
});

test('a bot that is away or unwell shows in the window', async () => {
  const sick = await startFakeBot(() => ({ status: 500 }));
  const there = stopLater(await startChat({ botUrl: sick.url }));
  await there.say('alex', 'personal', 'a');
  await sick.stop();
  await there.say('alex', 'personal', 'b');
  expect(there.messages('personal').map(({ trouble }) => trouble)).toEqual([
    'The bot answered 500',
    'The bot was not reached: ECONNREFUSED',
  ]);
});

test('a message that is not answered in time is sent once more', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = stopLater(
    await startFakeBot(async () => {
      if (slow.heard.length === 1) await held;
      else release();
    }),
  );
  const impatient = stopLater(await startChat({ botUrl: slow.url, patience: { message: 20 } }));
  await impatient.say('alex', 'personal', 'a');
  await impatient.idle();
  expect(slow.heard.map(({ id }) => id)).toEqual([slow.heard[0]!.id, slow.heard[0]!.id]);
});
