import { request } from 'node:http';
import { ConnectorClient, MicrosoftAppCredentials } from 'botframework-connector';
import { startChat } from '../../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../../src/sandbox/chat/server.ts';
import { startFakeBot } from './fakeBot.ts';

let bot: Awaited<ReturnType<typeof startFakeBot>>;
let chat: RunningChat;

beforeEach(async () => {
  bot = await startFakeBot();
  chat = await startChat({ botUrl: bot.url, hints: ['lock MBP-042'] });
});
afterEach(async () => {
  await chat.stop();
  await bot.stop();
});

const post = (name: string, body: object) =>
  fetch(`${chat.url}/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('the page and all that it is made of come from here, under a strict policy', async () => {
  const page = await fetch(chat.url);
  expect(page.headers.get('content-security-policy')).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  );
  const links = [...(await page.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  expect(links.length).toBeGreaterThan(3);
  for (const path of [...links, '/vendor/markdown-it.js', '/vendor/light.json', '/vendor/dark.json', '/page/pane.js']) {
    expect([path, (await fetch(chat.url + path)).status]).toEqual([path, 200]);
  }
  expect((await fetch(`${chat.url}/page/..%2Fserver.ts`)).status).toBe(404);
  expect((await fetch(`${chat.url}/vendor/other.js`)).status).toBe(404);
});

test('pages from elsewhere get nothing', async () => {
  const foreign = await fetch(`${chat.url}/api/window`, { headers: { origin: 'http://evil.example' } });
  expect(foreign.status).toBe(403);
  const status = await new Promise((resolve) => {
    request(`${chat.url}/api/window`, { headers: { host: 'evil.example' } }, (answer) =>
      resolve(answer.statusCode),
    ).end();
  });
  expect(status).toBe(403);
});

test('deeds need what they need, and people see their own chats only', async () => {
  expect((await post('say', { me: 'alex', room: 'personal', text: 'hi', mention: [], mentionBot: false })).status).toBe(
    200,
  );
  expect(
    (await post('say', { me: 'nobody', room: 'personal', text: 'hi', mention: [], mentionBot: false })).status,
  ).toBe(400);
  const [message] = chat.messages('personal', 'alex');
  expect((await post('react', { me: 'megan', messageId: message!.id, reaction: 'like' })).status).toBe(500);
  expect(chat.messages('personal', 'megan')).toEqual([]);
  await post('faults', { updatesNotFound: 2 });
  expect(chat.faults.updatesNotFound).toBe(2);
});

test('events begin with a snapshot and go on with what changes', async () => {
  const events = await fetch(`${chat.url}/api/events?me=megan`);
  const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader.read()).value).toMatch(/^event: snapshot\ndata: {"messages":\[\]/);
  await chat.say('alex', 'personal', 'mine alone');
  await chat.say('alex', 'group', 'for all');
  const { value } = await reader.read();
  expect(value).toMatch(/^event: message\n/);
  expect(value).toContain('for all');
  await reader.cancel();
});

test("Microsoft's own connector client finds its way", async () => {
  await chat.say('megan', 'channel:incidents', 'hi');
  const { conversation, from } = bot.heard[0]!;
  const client = new ConnectorClient(new MicrosoftAppCredentials('', ''), { baseUri: chat.serviceUrl });
  const message = { type: 'message', text: 'hello' } as Parameters<typeof client.conversations.sendToConversation>[1];
  const { id } = await client.conversations.replyToActivity(conversation.id, 'any', message);
  expect((await client.conversations.updateActivity(conversation.id, id, { ...message, text: 'edited' })).id).toBe(id);
  expect(await client.conversations.getConversationMember(conversation.id, from.id)).toMatchObject({
    name: 'Megan Bowen',
  });
  await client.conversations.deleteActivity(conversation.id, id);
  expect(chat.messages('channel:incidents').at(-1)).toMatchObject({ id, edited: true, deleted: true });
});
