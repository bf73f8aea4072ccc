import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createHttpClient, NoAnswer, withinTime, type HttpRequest, type HttpResponse } from '../src/httpClient.ts';

const kept = createHttpClient('kept');
const fresh = createHttpClient('fresh');
const ask = (http: typeof kept, request: Partial<HttpRequest> = {}, milliseconds = 5_000): Promise<HttpResponse> =>
  withinTime(milliseconds, (signal) => http({ method: 'GET', url, headers: {}, signal, ...request }));

let url: string;
let sockets: Socket[];
let server: Server;
const serve = async (made: Server): Promise<void> => {
  server = made;
  sockets = [];
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
};
const serveHttp = (listener: RequestListener): Promise<void> => serve(createHttpServer(listener));
/** Writes these bytes once it has heard something, and does nothing more unless it is told. */
const serveBytes = (bytes: string | Buffer, then: (socket: Socket) => void = () => undefined): Promise<void> =>
  serve(
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write(bytes, () => then(socket)));
    }),
  );
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(resolve));
});

const head = (...headers: string[]): string => ['HTTP/1.1 200 OK', ...headers, '', ''].join('\r\n');

test('asks once, and answers with status, headers and body', async () => {
  const heard: unknown[] = [];
  await serveHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push([request.method, request.url, request.headers, Buffer.concat(chunks).toString()]);
      response.writeHead(404, { 'x-one': '1' });
      response.end('Zoë');
    });
  });
  const request = { method: 'POST', url: `${url}?b=%20c`, headers: { 'x-ours': 'yes' }, body: 'Ä' };
  expect(await ask(kept, request)).toMatchObject({ status: 404, headers: { 'x-one': '1' }, body: 'Zoë' });
  const headers = expect.objectContaining({ 'x-ours': 'yes', 'content-length': '2', 'accept-encoding': 'gzip' });
  expect(heard).toEqual([['POST', '/a?b=%20c', headers, 'Ä']]);
});

test('a redirect is an answer like any other', async () => {
  let count = 0;
  await serveHttp((_, response) => {
    count += 1;
    response.writeHead(307, { location: '/elsewhere' });
    response.end();
  });
  expect(await ask(kept)).toMatchObject({ status: 307, headers: { location: '/elsewhere' }, body: '' });
  expect(count).toBe(1);
});

describe('a body', () => {
  const large = 'Zoë 💻 '.repeat(600_000);
  test.each<[string, string, Buffer, string | undefined]>([
    ['in gzip', 'gzip', gzipSync('Zoë'), 'Zoë'],
    ['in gzip by its other name', 'x-gzip', gzipSync('Zoë'), 'Zoë'],
    ['large', 'identity', Buffer.from(large), large],
    ['large in gzip', 'gzip', gzipSync(large, { level: 0 }), large],
    ['in gzip that is cut off', 'gzip', gzipSync('Zoë').subarray(0, -4), undefined],
    ['that is no gzip', 'gzip', Buffer.from('Zoë'), undefined],
    ['in a coding that was not asked for', 'br', Buffer.from('Zoë'), undefined],
    ['with a byte order mark', 'identity', Buffer.from('\uFEFF{}'), '{}'],
    ['of nothing in gzip', 'gzip', Buffer.alloc(0), ''],
  ])('%s', async (_, coding, bytes, body) => {
    await serveHttp((_request, response) => {
      response.setHeader('content-encoding', coding);
      response.end(bytes);
    });
    const response = await ask(kept);
    expect(response.status).toBe(200);
    expect(response.body === body).toBe(true);
  });

  test.each<[string, string]>([
    ['of a told length', head('content-length: 9')],
    ['in chunks', `${head('transfer-encoding: chunked')}4\r\n`],
  ])('%s that breaks off leaves the status', async (_, before) => {
    await serveBytes(`${before}half`, (socket) => socket.destroy());
    expect(await ask(kept)).toMatchObject({ status: 200, body: undefined });
  });

  test('that takes too long leaves the status, and the connection is given up', async () => {
    await serveBytes(`${head('content-length: 9')}half`);
    expect(await ask(kept, {}, 40)).toMatchObject({ status: 200, body: undefined });
    const [socket] = sockets;
    if (!socket?.closed) await new Promise((resolve) => socket?.once('close', resolve));
    expect(socket?.closed).toBe(true);
  });
});

describe('no answer', () => {
  const failure = (http: typeof kept, request?: Partial<HttpRequest>, milliseconds?: number): Promise<unknown> =>
    ask(http, request, milliseconds).catch((error: unknown) => error);

  test.each<[string, string, (socket: Socket) => void, string]>([
    ['in time', '', () => undefined, 'TimeoutError'],
    ['in time, although it begins', 'HTTP/1.1 200 OK\r\nx-one: 1\r\n', () => undefined, 'TimeoutError'],
    ['but a reset', '', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
    ['but an end', '', (socket) => socket.end(), 'ECONNRESET'],
    ['but something else', 'SMTP ready\r\n\r\n', () => undefined, 'HPE_INVALID_CONSTANT'],
    [
      'but another protocol',
      `HTTP/1.1 101 x\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n`,
      () => undefined,
      'ECONNRESET',
    ],
  ])('%s: it may have been heard', async (_, bytes, then, code) => {
    await serveBytes(bytes, then);
    const error = await failure(kept, {}, code === 'TimeoutError' ? 40 : 5_000);
    expect(error).toBeInstanceOf(NoAnswer);
    expect(error).toMatchObject({ code, left: true, message: code });
    expect(sockets).toHaveLength(1);
  });

  test('because nobody is there, or nobody of that name: it never left', async () => {
    await serveBytes('');
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(kept)).toMatchObject({ code: 'ECONNREFUSED', left: false });
    const unknown = await failure(kept, { url: 'http://nowhere.invalid/' });
    expect(unknown).toMatchObject({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) as unknown, left: false });
  });

  test.each<[string, string, (socket: Socket) => void, RegExp]>([
    ['never ends', '', () => undefined, /^TimeoutError$/],
    ['breaks off', '', (socket) => socket.destroy(), /^ECONNRESET$/],
    ['is none', 'HTTP/1.1 400 Bad Request\r\n\r\n', () => undefined, /^(EPROTO|ERR_SSL_\w+)$/],
  ])('because the handshake %s: it never left', async (_, bytes, then, code) => {
    await serveBytes(bytes, then);
    const error = await failure(fresh, { url: url.replace('http:', 'https:') }, bytes === '' ? 100 : 5_000);
    expect(error).toMatchObject({ code: expect.stringMatching(code) as unknown, left: false });
  });

  test.each<[string, Partial<HttpRequest>, string]>([
    ['a header cannot be written', { headers: { 'x-name': 'a\nb' } }, 'ERR_INVALID_CHAR'],
    ['there is no such address', { url: 'nowhere' }, 'ERR_INVALID_URL'],
    ['the time was over before', { signal: AbortSignal.abort(new DOMException('', 'TimeoutError')) }, 'TimeoutError'],
  ])('because %s: it never left', async (_, request, code) => {
    await serveBytes('');
    expect(await failure(kept, request)).toMatchObject({ code, left: false });
    expect(sockets).toEqual([]);
  });
});

describe('connections', () => {
  const yes: RequestListener = (_, response) => void response.end('yes');

  test('are kept, or made for each request', async () => {
    await serveHttp(yes);
    for (const expected of [1, 1]) {
      expect(await ask(kept)).toMatchObject({ body: 'yes' });
      expect(sockets).toHaveLength(expected);
    }
    for (const expected of [2, 3]) {
      expect(await ask(fresh)).toMatchObject({ body: 'yes' });
      expect(sockets).toHaveLength(expected);
    }
  });

  test('that the far side closed are not used again', async () => {
    await serveHttp(yes);
    await ask(kept);
    const [first] = sockets;
    first?.end();
    await new Promise((resolve) => first?.once('close', resolve));
    expect(await ask(kept)).toMatchObject({ body: 'yes' });
    expect(sockets).toHaveLength(2);
  });

  test('on which the far side hangs up as we write leave us unsure, but for those of their own', async () => {
    await serve(
      createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          socket.write(`${head('content-length: 3')}yes`);
          socket.once('data', () => socket.resetAndDestroy());
        });
      }),
    );
    await ask(kept);
    await expect(ask(kept)).rejects.toMatchObject({ code: 'ECONNRESET', left: true });
    expect(sockets).toHaveLength(1);
    await ask(kept);
    expect(await ask(fresh)).toMatchObject({ body: 'yes' });
    expect(sockets).toHaveLength(3);
  });
});
