import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTenant } from '../../src/sandbox/tenant/server.ts';
import { reading } from './reading.ts';
import { run } from './run.ts';
import type { Environment, Run } from './run.ts';

const runs: Run[] = [];
const start = (environment: Environment = {}, entry: Parameters<typeof run>[0] = 'src/main.ts') => {
  const begun = run(entry, { PORT: '0', SANDBOX_CHAT_PORT: '0', ...environment });
  runs.push(begun);
  return begun;
};
const botOf = async (desk: Run) => (await desk.until(/(http:\S+)\/api\/messages/u))[1] ?? '';

afterEach(async () => {
  await Promise.all(runs.splice(0).map((one) => one.stop()));
});

/** Addresses of this machine that others can reach. */
const outward = () =>
  Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);

const taken = async (): Promise<{ server: Server; port: string }> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: String((server.address() as AddressInfo).port) };
};

describe('npm start with nothing configured', () => {
  test('prints where to click and what to type, and answers on loopback only', async () => {
    const desk = start();
    const bot = await botOf(desk);
    const [, chat = ''] = await desk.until(/Open this:\s+(\S+)/u);
    const [, tenant = ''] = await desk.until(/tenant\s+(\S+)/u);
    expect(desk.printed()).toMatch(/SANDBOX MODE/u);
    expect(desk.printed().match(/^ {2}(?:lock|refresh|remove|reprovision|status) /gmu)).toHaveLength(5);
    for (const url of [bot, chat, tenant]) {
      expect(new URL(url).hostname).toBe('127.0.0.1');
      for (const address of outward()) {
        await expect(fetch(url.replace('127.0.0.1', address))).rejects.toThrow('fetch failed');
      }
    }
    expect(await reading(`${chat}/`)).toMatchObject({ status: 200 });
    expect(await reading(`${tenant}/_sandbox/devices`)).toMatchObject({ status: 200 });
  });

  test('is alive and ready', async () => {
    const bot = await botOf(start());
    expect(await reading(`${bot}/healthz`)).toMatchObject({ status: 200 });
    expect(await reading(`${bot}/readyz`)).toMatchObject({ status: 200, body: { ok: true, reasons: {} } });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends well at %s', async (signal) => {
    const desk = start();
    await botOf(desk);
    await desk.until(/Ctrl\+C/u);
    expect(await desk.stop(signal)).toBe(0);
  });

  test('leaves the window out when told so', async () => {
    const desk = start({ SANDBOX_CHAT: 'off' });
    const bot = await botOf(desk);
    expect(await reading(`${bot}/readyz`)).toMatchObject({ status: 200 });
    expect(desk.printed()).not.toMatch(/Open this/u);
    expect(desk.printed()).toMatch(/SANDBOX_CHAT=off/u);
  });

  const doors = [
    ['the bot', 'PORT'],
    ['the chat window', 'SANDBOX_CHAT_PORT'],
    ['the tenant', 'SANDBOX_PORT'],
  ] as const;
  const startAtTakenPort = async (variable: string) => {
    const { server, port } = await taken();
    const desk = start({ [variable]: port });
    const code = await desk.ended;
    await new Promise((resolve) => server.close(resolve));
    return { code, port, printed: desk.printed() };
  };

  test.each(doors)('ends when a port is taken, and says which: %s', async (_whose, variable) => {
    const { code, port, printed } = await startAtTakenPort(variable);
    expect(code).toBe(1);
    expect(printed).toMatch(/could not start/u);
    expect(printed).toContain(port);
    expect(printed).not.toMatch(/SANDBOX MODE/u);
  });

  test.each(doors)('names the variable that chooses another port, and shows no stack: %s', async (_whose, variable) => {
    const { printed } = await startAtTakenPort(variable);
    expect(printed).toMatch(new RegExp(`\\b${variable}\\b`, 'u'));
    expect(printed).not.toMatch(/\bat \S+ \(node:/u);
  });
});

describe('What is remembered', () => {
  const folders: string[] = [];
  const folder = async () => {
    const made = await mkdtemp(join(tmpdir(), 'device-desk-'));
    folders.push(made);
    return made;
  };
  afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true, force: true }))));

  test('belongs to one process: a second one is told so, and the first goes on', async () => {
    const DATA_DIR = await folder();
    const bot = await botOf(start({ DATA_DIR, SANDBOX_CHAT: 'off' }));
    const second = start({ DATA_DIR, SANDBOX_CHAT: 'off' });
    expect(await second.ended).toBe(1);
    expect(second.printed()).toMatch(/another Device Desk/u);
    expect(second.printed()).toContain(DATA_DIR);
    expect(second.printed()).not.toMatch(/^\s+at /mu);
    expect(await reading(`${bot}/readyz`)).toMatchObject({ status: 200 });
  });

  test('can be taken up by the next process, also when the first was killed', async () => {
    const DATA_DIR = await folder();
    const first = start({ DATA_DIR, SANDBOX_CHAT: 'off' });
    await botOf(first);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const bot = await botOf(start({ DATA_DIR, SANDBOX_CHAT: 'off' }));
    expect(await reading(`${bot}/readyz`)).toMatchObject({ status: 200 });
  });

  test('cannot be where a file stands', async () => {
    const DATA_DIR = join(await folder(), 'file');
    await writeFile(DATA_DIR, '');
    const desk = start({ DATA_DIR });
    expect(await desk.ended).toBe(1);
    expect(desk.printed()).toMatch(/DATA_DIR/u);
    expect(desk.printed()).not.toMatch(/^\s+at /mu);
  });

  test('a database that is not there is told without its password', async () => {
    const desk = start({ DATABASE_URL: 'postgres://desk:hush-hush@127.0.0.1:1/desk' });
    expect(await desk.ended).toBe(1);
    expect(desk.printed()).toMatch(/PostgreSQL/u);
    expect(desk.printed()).not.toContain('hush-hush');
    expect(desk.printed()).not.toMatch(/^\s+at /mu);
  }, 30_000);
});

describe('A fake Graph of somebody’s own', () => {
  test('is used instead of the built-in tenant', async () => {
    const tenant = await startTenant();
    const bot = await botOf(start({ SANDBOX_GRAPH_URL: tenant.url, SANDBOX_CHAT: 'off' }));
    expect(await reading(`${bot}/readyz`)).toMatchObject({ status: 200 });
    expect(tenant.requests().length).toBeGreaterThan(0);
    await tenant.stop();
  });

  test('that is not there makes it alive and not ready, with the reason', async () => {
    const { server, port } = await taken();
    await new Promise((resolve) => server.close(resolve));
    const bot = await botOf(start({ SANDBOX_GRAPH_URL: `http://127.0.0.1:${port}`, SANDBOX_CHAT: 'off' }));
    expect(await reading(`${bot}/healthz`)).toMatchObject({ status: 200 });
    expect(await reading(`${bot}/readyz`)).toMatchObject({
      status: 503,
      body: { ok: false, reasons: { graph: expect.stringMatching(/\S/u) } },
    });
  });

  test('may be the one that npm run sandbox started', async () => {
    const sandbox = start({ SANDBOX_PORT: '0' }, 'src/sandbox/main.ts');
    const [, url = ''] = await sandbox.until(/(http:\/\/127\.0\.0\.1:\d+)/u);
    const bot = await botOf(start({ SANDBOX_GRAPH_URL: url, SANDBOX_CHAT: 'off' }));
    expect(await reading(`${bot}/readyz`)).toMatchObject({ status: 200 });
    await sandbox.until(/Ctrl\+C/u);
    expect(await sandbox.stop()).toBe(0);
  });
});

describe('npm run sandbox', () => {
  test('tells its port is taken', async () => {
    const { server, port } = await taken();
    const sandbox = start({ SANDBOX_PORT: port }, 'src/sandbox/main.ts');
    expect(await sandbox.ended).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(sandbox.printed()).toMatch(/SANDBOX_PORT/u);
    expect(sandbox.printed()).not.toMatch(/^\s+at /mu);
  });
});

describe('Half configured', () => {
  const secret = 'Xy7~not-for-anybody-to-read';

  test('it does not start, and tells all that is missing, and no secret', async () => {
    const desk = start({ CLIENT_ID: 'nonsense', CLIENT_SECRET: secret, TENANTID: 'x', TRACKING_INTERVALS: 'soon' });
    expect(await desk.ended).toBe(1);
    for (const name of ['CLIENT_ID', 'TENANT_ID', 'HELPDESK_GROUP_ID', 'TENANTID', 'TRACKING_INTERVALS']) {
      expect(desk.printed()).toMatch(new RegExp(`- ${name} `, 'u'));
    }
    expect(desk.printed()).not.toContain(secret);
    expect(desk.printed()).not.toContain('nonsense');
    expect(desk.printed()).not.toMatch(/SANDBOX MODE|^\s+at /mu);
  });

  test('a misspelt name does not make it a sandbox', async () => {
    const desk = start({ CLIENT_SECRTE: secret });
    expect(await desk.ended).toBe(1);
    expect(desk.printed()).toMatch(/CLIENT_SECRTE is not known/u);
    expect(desk.printed()).not.toContain(secret);
  });

  test('production is no place to play', async () => {
    const desk = start({ NODE_ENV: 'production' });
    expect(await desk.ended).toBe(1);
    expect(desk.printed()).toMatch(/NODE_ENV/u);
  });

  test('a tenant with a variable of the sandbox is a contradiction', async () => {
    const id = '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001';
    const desk = start({ CLIENT_ID: id, TENANT_ID: id, HELPDESK_GROUP_ID: id, CLIENT_SECRET: secret });
    expect(await desk.ended).toBe(1);
    expect(desk.printed()).toMatch(/SANDBOX_CHAT_PORT belongs to the sandbox/u);
    expect(desk.printed()).not.toContain(secret);
  });
});
