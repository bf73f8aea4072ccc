import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fleet } from '../../src/sandbox/tenant/fleet.ts';
import { startTenant } from '../../src/sandbox/tenant/server.ts';
import { run } from '../process/run.ts';
import { memoryStore, noon, silent } from '../world.ts';

/* No part of the test run: what one looks like in which a PIN leaks, in the way that LEAK names. */

/** The PIN of the Mac that was locked yesterday, read as the bot reads it. */
async function pinOf(url: string): Promise<string> {
  const id = fleet.find(({ deviceName }) => deviceName === 'MBP-049')?.id ?? '';
  const headers = { Authorization: 'Bearer sandbox' };
  const answer = await fetch(`${url}/beta/deviceManagement/managedDevices/${id}?$select=id,deviceActionResults`, {
    headers,
  });
  return /"unlockPin":"(\d{6})"/u.exec(await answer.text())?.[1] ?? 'none';
}

async function post(path: string, body: string): Promise<void> {
  const server = createServer((incoming, outgoing) => void incoming.resume().on('end', () => outgoing.end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    request({ port, path, method: 'POST', agent: false }, (answer) => answer.resume().on('end', resolve)).end(body);
  });
  await new Promise((resolve) => server.close(resolve));
}

const entry = { at: noon, event: 'asked', tenantId: 'tenant-id', personId: 'alex-id' };

const ways: Readonly<Record<string, (pin: string) => Promise<unknown>>> = {
  nowhere: async (pin) => {
    silent.info({ hash: `a1${pin}b2`, number: Number(`1${pin}`) }, 'nothing to see here');
    await post('/v3/conversations/a%3Aalex/activities', JSON.stringify({ text: pin }));
  },
  log: async (pin) => silent.error({ fault: `no card for ${pin}` }, 'a turn failed'),
  journal: async (pin) => (await memoryStore()).journal({ ...entry, note: pin }),
  channel: async (pin) => post('/v3/conversations/19%3Ageneral/activities', JSON.stringify({ text: `PIN: ${pin}` })),
  process: async (pin) => run('src/main.ts', { PORT: '0', DATA_DIR: `/dev/null/${pin}` }).ended,
};

test('a PIN is read, and goes where it should not', async () => {
  const tenant = await startTenant();
  const pin = await pinOf(tenant.url);
  await tenant.stop();
  expect(pin).toMatch(/^\d{6}$/u);
  await ways[process.env['LEAK'] ?? '']?.(pin);
});
