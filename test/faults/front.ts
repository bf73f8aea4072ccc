import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bot } from './bot.ts';

/** One address before all processes of the bot, as a load balancer gives them. */
export interface Front {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Hands each request to the next process in turn, and to the one after it where nobody listens. What broke once it was
 * under way is not tried elsewhere.
 */
export async function startFront(bots: readonly Bot[]): Promise<Front> {
  let turn = 0;
  const carry = (incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer, tries: number) => {
    const { method, headers, url } = incoming;
    const bot = bots[turn++ % bots.length]!;
    const onward = request(`${bot.url}${url ?? ''}`, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => outgoing.destroy()).pipe(outgoing);
    });
    onward.on('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED' && tries > 1) carry(incoming, outgoing, body, tries - 1);
      else outgoing.destroy();
    });
    onward.end(body);
  };
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => carry(incoming, outgoing, Buffer.concat(parts), bots.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
