import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGraph, type GraphOptions } from '../../src/graph/graph.ts';
import type { Graph, Log } from '../../src/ports.ts';

/** One HTTP request as it arrived. */
export interface Seen {
  readonly method: string;
  /** Path and query, decoded. */
  readonly path: string;
  readonly raw: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  /** Whether another request came over the same connection before. */
  readonly reused: boolean;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** Cuts the connection instead of answering. */
  readonly breaks?: boolean;
  /** Never answers. */
  readonly silent?: boolean;
}

export interface Item {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Fake {
  readonly url: string;
  readonly seen: Seen[];
  readonly lines: object[];
  readonly waits: number[];
  readonly graph: Graph;
  /** Lets the clock go on. */
  pass(ms: number): void;
  open(options?: Partial<GraphOptions>): Graph;
  stop(): Promise<void>;
}

export const helpdeskGroupId = '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01';

/** A Graph of one page: every request must carry our headers, and whatever `reply` does not know is a 400. */
export async function fakeGraph(reply: (seen: Seen) => Reply | undefined): Promise<Fake> {
  const seen: Seen[] = [];
  const known = new WeakSet<object>();
  const server = createServer((request, response) => {
    const reused = known.has(request.socket);
    known.add(request.socket);
    void readAll(request).then((body) => {
      const raw = request.url ?? '';
      const { method = '', headers } = request;
      const one = { method, raw, path: decodeURIComponent(raw), headers, body, reused };
      seen.push(one);
      answer(response, strict(one) ?? reply(one) ?? badRequest('No OData route exists'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lines: object[] = [];
  const waits: number[] = [];
  let now = Date.parse('2026-11-22T10:00:00Z');
  const keep = (facts: object, message: string): void => void lines.push({ ...facts, message });
  const log: Log = { info: keep, warn: keep, error: keep };
  const open = (options: Partial<GraphOptions> = {}): Graph =>
    createGraph({
      baseUrl: url,
      credential: { getToken: () => Promise.resolve({ token: 'the-token', expiresOnTimestamp: 0 }) },
      groupIds: () => [helpdeskGroupId],
      log,
      clock: { now: () => now },
      wait: (ms) => {
        waits.push(ms);
        now += ms;
        return Promise.resolve();
      },
      ...options,
    });
  const pass = (ms: number): void => void (now += ms);
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, seen, lines, waits, graph: open(), pass, open, stop };
}

/** Answers each item of a `$batch`, in reverse, as Graph may. */
export function batch(seen: Seen, each: (item: Item) => Reply): Reply {
  const { requests } = seen.body as { requests: Item[] };
  if (requests.length > 20 || new Set(requests.map(({ id }) => id)).size !== requests.length)
    return badRequest('batch');
  const responses = requests.map((item) => {
    if (item.body !== undefined && item.headers?.['Content-Type'] !== 'application/json')
      return { id: item.id, status: 415 };
    const { status = 200, headers = {}, body } = each(item);
    return { id: item.id, status, headers, body };
  });
  return { body: { responses: responses.reverse() } };
}

export const badRequest = (message: string): Reply => ({
  status: 400,
  body: { error: { code: 'BadRequest', message } },
});

function strict({ headers }: Seen): Reply | undefined {
  if (headers.authorization !== 'Bearer the-token') return { status: 401 };
  if (!/^[0-9a-f-]{36}$/.test(String(headers['client-request-id']))) return badRequest('no client-request-id');
  return headers.prefer === 'include-unknown-enum-members' ? undefined : badRequest('no Prefer');
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply.silent) return;
  if (reply.breaks) {
    response.socket?.destroy();
    return;
  }
  const status = reply.status ?? (reply.body === undefined ? 204 : 200);
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'graphs-own-id', ...reply.headers });
  response.end(
    reply.body === undefined ? undefined : typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body),
  );
}

async function readAll(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const source = Buffer.concat(chunks).toString('utf8');
  return source === '' ? undefined : JSON.parse(source);
}
