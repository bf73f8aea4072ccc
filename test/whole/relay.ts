import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address that is known before the one behind it is: the chat must know the bot, and the bot the chat. */
export interface Relay {
  readonly url: string;
  /** Where everything goes from now on: to these by turns. */
  to(...origins: readonly string[]): void;
  stop(): Promise<void>;
}

export async function startRelay(): Promise<Relay> {
  let targets: readonly string[] = [];
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const target = targets[turn++ % targets.length] ?? '';
    const onward = request(`${target}${url ?? ''}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    to: (...origins) => void (targets = origins),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
