import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bell } from './bell.ts';
import type { Chance } from './chance.ts';

/** A write that the bot sent to Graph. */
export interface Write {
  /** When it left the bot, in ms; the tenant may have got it later. */
  readonly at: number;
  /** With the version, without the query. */
  readonly path: string;
  readonly body: string;
  /** What the tenant answered; 0: nothing, or not yet. */
  status: number;
}

/** The line between bot and Graph: now and then slow, seldom broken, and it writes down what is sent. */
export interface GraphLine {
  readonly url: string;
  /** Those that were sent whole, oldest first. */
  readonly writes: readonly Write[];
  stop(): Promise<void>;
}

/** POSTs by which the bot only reads; whatever else is no GET may have an effect. */
const reads = /\/(?:\$batch|checkMemberGroups|getConfigurationPoliciesReportForDevice)$/u;

export const isWrite = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method !== 'GET' && !reads.test(path);

/** How long a write takes on its way there or back, in ms: mostly not at all, sometimes longer than a restart takes. */
function delay(chance: Chance): number {
  if (chance.happens(0.5)) return 0;
  return chance.happens(0.1) ? chance.between(1_000, 4_000) : chance.between(1, 400);
}

/** Puts the line before the tenant at `origin`. What is on its way arrives also when whoever sent it is dead by then. */
export async function startGraphLine(origin: string, bell: Bell, chance: Chance): Promise<GraphLine> {
  const writes: Write[] = [];
  const carry = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = 'GET', url = '/' } = incoming;
    const path = url.split('?')[0] ?? '';
    if (!isWrite({ method, path })) return hand(outgoing, await forward(origin, incoming, await bodyOf(incoming)));
    const [there, back, breaks] = [delay(chance), delay(chance), chance.happens(0.03)];
    const at = Date.now();
    bell.ring('write');
    const body = await bodyOf(incoming);
    const write: Write = { at, path, body: body.toString(), status: 0 };
    writes.push(write);
    await wait(there);
    const answer = await forward(origin, incoming, body);
    write.status = answer.status;
    bell.ring('written');
    await wait(back);
    if (breaks) outgoing.destroy();
    else hand(outgoing, answer);
  };
  const server = createServer((incoming, outgoing) => {
    carry(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    writes,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Rejects when whoever sends it dies in the middle of it. */
async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function forward(origin: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onward = request(`${origin}${url ?? ''}`, { method, headers, agent: false }, (answer) => {
      bodyOf(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: read }),
        reject,
      );
    });
    onward.on('error', reject);
    onward.end(body);
  });
}

function hand(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _chunked, connection: _connection, ...kept } = headers;
  outgoing.writeHead(status, kept);
  outgoing.end(body);
}
