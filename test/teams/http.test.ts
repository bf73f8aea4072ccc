import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createHttp } from '../../src/teams/http.ts';
import { createWork } from '../../src/teams/work.ts';
import { Framework } from './framework.ts';
import { activity, deferred, open, post, type House } from './house.ts';

let framework: Framework;
let house: House;

beforeEach(async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  framework = new Framework();
  await framework.start();
  house = await open(framework);
});

afterEach(async () => {
  await house.teams.stop();
  await framework.stop();
  jest.restoreAllMocks();
});

const token = () => ({ authorization: framework.token() });

test.each<[string, string, Record<string, string>, number, string]>([
  ['no JSON', '{"type":', {}, 400, 'InvalidContent'],
  ['an empty object', '{}', {}, 400, 'BadRequest'],
  ['a list', '[]', {}, 400, 'BadRequest'],
  ['null', 'null', {}, 400, 'BadRequest'],
  ['a text', '"x"', {}, 400, 'BadRequest'],
  ['nothing', '', {}, 400, 'BadRequest'],
  ['a type that is none', '{"type":7,"channelId":"msteams"}', {}, 400, 'BadRequest'],
  ['text/plain', '{"type":"message"}', { 'content-type': 'text/plain' }, 415, 'UnsupportedMediaType'],
  ['a form', 'a=b', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'UnsupportedMediaType'],
  ['gzip', '{}', { 'content-encoding': 'gzip' }, 415, 'UnsupportedMediaType'],
  ['deflate', '{}', { 'content-encoding': 'deflate' }, 415, 'UnsupportedMediaType'],
  ['300 KB', `{"type":"message","text":"${'x'.repeat(300 * 1024)}"}`, {}, 413, 'PayloadTooLarge'],
])('a body that is %s is answered in one word', async (_, body, headers, status, code) => {
  expect(await post(house, body, headers)).toEqual({ status, text: `{"code":"${code}"}`, body: { code } });
});

test('a small body that unpacks to a large one is not unpacked', async () => {
  const response = await fetch(`${house.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(5_000_000, 32)),
  });
  expect(response.status).toBe(415);
});

test.each([
  ['no conversation', { conversation: undefined }],
  ['a conversation that is a text', { conversation: 'x' }],
  ['no sender', { from: undefined }],
  ['no recipient', { recipient: null }],
  ['no id', { id: undefined }],
])('an activity with %s is answered 400', async (_, more) => {
  expect((await post(house, activity(framework, more), token())).status).toBe(400);
});

test('wrong types deep inside do no harm', async () => {
  const more = {
    text: 7,
    entities: [null, 'x', { type: 7 }, { type: 'mention', mentioned: 'x' }],
    textFormat: [],
    replyToId: {},
  };
  expect((await post(house, activity(framework, more), token())).status).toBe(200);
  await house.desk.until(() => house.desk.heard.length === 1);
  expect(house.desk.heard[0]).toMatchObject({ text: '', mentions: [] });
});

test('paths and methods that are not ours say nothing', async () => {
  const unknown = await fetch(`${house.url}/secret-path`);
  expect([unknown.status, await unknown.text()]).toEqual([404, '{"code":"ResourceNotFound"}']);
  const get = await fetch(`${house.url}/api/messages`);
  expect([get.status, await get.text()]).toEqual([405, '{"code":"MethodNotAllowed"}']);
});

test('health and readiness', async () => {
  expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${house.url}/readyz`, { headers: { accept: 'text/html' } });
  expect([ready.status, await ready.json()]).toEqual([200, { ok: true, reasons: {} }]);

  const reasons = { graph: 'no answer' };
  const sick = await open(framework, { health: { ready: () => Promise.resolve({ ok: false, reasons }) } });
  const answer = await fetch(`${sick.url}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([503, { ok: false, reasons }]);
  await sick.teams.stop();

  const broken = await open(framework, { health: { ready: () => Promise.reject(new Error('secret detail')) } });
  const failed = await fetch(`${broken.url}/readyz`);
  expect([failed.status, await failed.json()]).toEqual([503, { ok: false, reasons: { check: 'failed' } }]);
  await broken.teams.stop();
});

test('without authentication a page that rebinds its name to this machine is turned away', async () => {
  const local = await open(framework, { authentication: { is: 'off' }, overrides: undefined });
  expect(await rawStatus(local.url, 'rebound.example')).toContain('403');
  expect(await rawStatus(local.url, 'localhost:3978')).toContain('200');
  await local.teams.stop();
});

test('a port that is taken is an error', async () => {
  await expect(open(framework, { port: Number(new URL(house.url).port) })).rejects.toThrow('EADDRINUSE');
});

test('a stop waits for the work that a message left behind, and takes nothing new', async () => {
  const work = deferred<undefined>();
  const order: string[] = [];
  house.desk.message = async () => {
    await work.promise;
    order.push('worked');
  };
  const answer = post(house, activity(framework), token());
  await house.desk.until(() => house.desk.heard.length === 1);
  const stopped = house.teams.stop().then(() => order.push('stopped'));
  await expect(post(house, activity(framework), token())).rejects.toThrow();
  work.resolve(undefined);
  await stopped;
  expect(await answer).toMatchObject({ status: 200 });
  expect(order).toEqual(['worked', 'stopped']);
});

test('a stop does not wait for ever', async () => {
  house.desk.message = () => new Promise(() => undefined);
  const answer = post(house, activity(framework), token());
  await house.desk.until(() => house.desk.heard.length === 1);
  house.time.pass(10_000);
  await answer;
  const stopped = house.teams.stop();
  house.time.pass(20_000);
  await stopped;
});

/** The status line for GET /healthz under another host name; fetch would not let us lie. */
async function rawStatus(url: string, host: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text.split('\r\n')[0] ?? '';
}

describe('a connection on which nothing comes any more is closed', () => {
  const silentAfter = 100;
  let server: Server;
  const received: unknown[] = [];
  beforeEach(async () => {
    received.length = 0;
    server = createHttp({
      receive: (body) => (received.push(body), Promise.resolve({ status: 200 })),
      isOpen: () => true,
      ready: () => Promise.resolve({ ok: true, reasons: {} }),
      loopbackOnly: false,
      work: createWork(),
      log: house.log,
      longestSilence: silentAfter,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  test.each([
    ['before its first byte', ''],
    ['within its head', 'POST /api/messages HTTP/1.1\r\nHost: bot\r\n'],
    ['within its body', `${head(1_000)}{"type":`],
    ['within a body of chunks', `${head('chunked')}5\r\n{"typ\r\n`],
  ])('%s', async (_, begun) => {
    const { port } = server.address() as AddressInfo;
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(begun));
      let text = '';
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('error', reject).on('close', () => resolve(text));
    });
    expect(said).toBe('');
    expect(received).toEqual([]);
  });
});

function head(length: number | 'chunked'): string {
  const size = length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  return `POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n${size}\r\n\r\n`;
}

test('a body that does not say how long it is ends at the same size', async () => {
  const { hostname, port } = new URL(house.url);
  const said = await new Promise<string>((resolve) => {
    let text = '';
    const piece = `8000\r\n${' '.repeat(0x8000)}\r\n`;
    const socket = connect(Number(port), hostname, () => socket.write(head('chunked') + piece.repeat(9) + '0\r\n\r\n'));
    socket.on('error', () => undefined); // the rest of the body finds nobody
    socket.on('data', (chunk) => {
      text += chunk.toString();
      socket.destroy();
    });
    socket.on('close', () => resolve(text));
  });
  expect(said).toMatch(/^HTTP\/1\.1 413 /u);
});
