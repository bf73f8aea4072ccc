import { createPublicKey, verify } from 'node:crypto';
import { startChat } from '../../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../../src/sandbox/chat/server.ts';
import { call, pathOf, startFakeBot } from './fakeBot.ts';

let bot: Awaited<ReturnType<typeof startFakeBot>>;
let chat: RunningChat;

beforeEach(async () => {
  bot = await startFakeBot();
  chat = await startChat({ botUrl: bot.url, signing: { appId: 'app-1' } });
});
afterEach(async () => {
  await chat.stop();
  await bot.stop();
});

const read = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
const json = async (url: string) => (await fetch(url)).json() as Promise<Record<string, never>>;

test('what the bot gets is signed with the key that the metadata leads to', async () => {
  await chat.say('alex', 'personal', 'hi');
  const [head, body, signature] = bot.tokens[0]!.split('.');
  const metadata = await json(chat.openIdUrl!);
  expect(metadata['issuer']).toBe('https://api.botframework.com');
  const { keys } = (await json(metadata['jwks_uri']!)) as unknown as { keys: Record<string, unknown>[] };
  expect(keys[0]).toMatchObject({ kid: read(head).kid, kty: 'RSA', endorsements: ['msteams'] });
  const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
  expect(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature!, 'base64url'))).toBe(true);
  expect(read(body)).toMatchObject({ iss: metadata['issuer'], aud: 'app-1', serviceurl: chat.serviceUrl });
});

test('wrong tokens can be made, and none sent', async () => {
  expect(read(chat.sign({ aud: 'other' }).split('.')[1])).toMatchObject({ aud: 'other' });
  expect(chat.sign({}, { alg: 'none' })).toMatch(/\.$/);
  await chat.deliver({ type: 'message' }, '');
  await chat.deliver({ type: 'message' }, 'garbage');
  expect(bot.tokens).toEqual([undefined, 'garbage']);
});

test('the connector asks for a token', async () => {
  await chat.say('alex', 'personal', 'hi');
  const path = pathOf(bot.heard[0]!.conversation.id);
  const text = { type: 'message', text: 'hi' };
  expect((await call(chat.serviceUrl, 'POST', path, text, '')).status).toBe(401);
  expect((await call(chat.serviceUrl, 'POST', path, text, 'some')).status).toBe(201);
});

test('without signing there is nothing to make tokens with', async () => {
  const plain = await startChat({ botUrl: bot.url });
  expect(() => plain.sign()).toThrow('signing');
  expect(plain.openIdUrl).toBeUndefined();
  await plain.stop();
});
