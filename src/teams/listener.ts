import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens; answers the port, rejects when it is taken. */
export async function open(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Accepts no connection any more, waits for `settled`, then closes those that are left. */
export async function close(server: Server, settled: Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  await settled;
  server.closeAllConnections();
  await closed;
}
