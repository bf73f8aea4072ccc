import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/**
 * What becomes of the next COMMIT. `lost`: the server does it, its answer never arrives. `never`: it never reaches the
 * server, which notices that the connection broke. `open`: the same, but the server does not notice until `letGo`.
 */
export type Cut = 'lost' | 'never' | 'open';

/** Stands between a store and PostgreSQL, and breaks one connection at the worst moment. */
export interface CuttingProxy {
  readonly port: number;
  /** How many COMMITs came by. */
  commits(): number;
  cutNext(cut: Cut): void;
  /** What was to be cut has been. */
  isCut(): boolean;
  /** Ends what `open` left. */
  letGo(): void;
  /** From now on nobody gets through. */
  close(): Promise<void>;
}

export async function startCuttingProxy(serverPort: number): Promise<CuttingProxy> {
  let next: Cut | undefined;
  let commits = 0;
  const left: Socket[] = [];
  const sockets = new Set<Socket>();

  const cut = (how: Cut, client: Socket, server: Socket, part: Buffer) => {
    next = undefined;
    client.unpipe(server);
    server.unpipe(client);
    if (how === 'open') left.push(server);
    if (how === 'never') server.destroy();
    if (how !== 'lost') return void client.destroy();
    server.resume().once('data', () => {
      client.destroy();
      server.destroy();
    });
    server.write(part);
  };

  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    server.pipe(client);
    server.on('close', () => client.destroy());
    client.on('data', (part) => {
      const isCommit = part.includes('COMMIT\0');
      if (isCommit) commits += 1;
      if (isCommit && next) cut(next, client, server, part);
      else server.write(part);
    });
    client.on('close', () => left.includes(server) || server.end());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as AddressInfo).port,
    commits: () => commits,
    cutNext: (how) => (next = how),
    isCut: () => next === undefined,
    letGo: () => left.splice(0).forEach((socket) => socket.destroy()),
    close: async () => {
      const closed = new Promise((resolve) => proxy.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
