import { Agent, createServer, request as ask } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** A JSON server on loopback that does no more than it is told. */
export interface Server {
  /** Origin, no slash at its end. */
  readonly url: string;
  /** When it last heard something, by `performance.now()`. */
  readonly heardAt: () => number;
  /** Requests so far. */
  readonly count: () => number;
  close(): Promise<void>;
}

export async function listen(answer: (request: IncomingMessage, body: unknown) => Reply): Promise<Server> {
  let heardAt = performance.now();
  let count = 0;
  const server = createServer((request, response) => {
    void whole(request).then((text) => {
      heardAt = performance.now();
      count += 1;
      const { status, body } = answer(request, text === '' ? undefined : JSON.parse(text));
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  // A measured process keeps its connections; nobody but it decides when they end.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heardAt: () => heardAt,
    count: () => count,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Posts JSON over one of so many connections that are kept, and answers status and JSON. */
export type Post = (url: string, body: unknown) => Promise<Reply>;

export function poster(connections: number): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (url, body) =>
    new Promise((resolve, reject) => {
      const content = JSON.stringify(body);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) };
      const sending = ask(url, { method: 'POST', agent, headers }, (response) => {
        whole(response).then((text) => {
          resolve({ status: response.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : text });
        }, reject);
      });
      sending.once('error', reject);
      sending.end(content);
    });
}

async function whole(stream: IncomingMessage): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const part of stream) text += String(part);
  return text;
}
