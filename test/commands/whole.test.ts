import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestServer } from '../store/postgres.ts';
import { openStore } from '../../src/store/open.ts';
import type { Where } from '../../src/store/open.ts';
import { entry, Hands } from '../store/fixtures.ts';
import { noon, silent } from '../world.ts';
import { temporaryFolders } from '../store/folders.ts';
import { withPostgres } from '../store/withPostgres.ts';
import { command } from './command.ts';
import { entries, fill, minute } from './stores.ts';

jest.setTimeout(30_000);

const folder = temporaryFolders();
const opened = (where: Where) => openStore(where, new Hands(), silent);
const filled = async (where: Where) => {
  const store = await opened(where);
  await fill(store);
  await store.close();
};
const filledFolder = async () => {
  const path = folder();
  await filled({ is: 'sqlite', folder: path });
  return path;
};
const fault = (text: string | RegExp) => ({
  code: 2,
  stdout: '',
  stderr: expect.stringMatching(new RegExp(text, 'u')) as string,
});
const noStack = /^\s+at /mu;

describe('npm run journal', () => {
  test('verify says of each tenant how it stands, and the head that it prints stands', async () => {
    const env = { DATA_DIR: await filledFolder() };
    const { code, stdout } = await command('journal', ['verify'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/tenant tenant-a: whole\n {2}entries {2}10\n {2}first {4}2026-11-21T10:00:00\.000Z\n/u);
    const heads = [...stdout.matchAll(/head\s+(\S+)/gu)].flatMap(([, head]) => ['--head', head!]);
    expect(heads).toHaveLength(6);
    expect(await command('journal', ['verify', ...heads], env)).toMatchObject({ code: 0 });
    const forged = heads[1]!.replace(/.$/u, (last) => (last === '0' ? '1' : '0'));
    expect(await command('journal', ['verify', '--head', forged], env)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not the one that --head was taken from/u),
    });
  });

  test('verify says in one sentence what does not fit, and exits with 1', async () => {
    const path = await filledFolder();
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    const database = new DatabaseSync(join(path, 'desk.db'));
    database.exec(`DROP TRIGGER journal_no_delete; DELETE FROM journal WHERE tenant_id = 'tenant-b' AND number = 2`);
    database.close();
    const { code, stdout, stderr } = await command('journal', ['verify'], { DATA_DIR: path });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The journal is not whole. \n  tenant tenant-b: entry 2 is missing: after 1 comes 3\n',
    });
    expect(stdout).toMatch(/tenant tenant-a: whole/u);
  });

  test('a store that the bot holds is not looked at', async () => {
    const path = folder();
    const store = await opened({ is: 'sqlite', folder: path });
    const { code, stdout, stderr } = await command('journal', ['verify'], { DATA_DIR: path });
    await store.close();
    expect({ code, stdout, stderr }).toEqual(fault('in use: the bot is running. Stop it, and try again.'));
  });

  test('a folder without a store is not called whole, and stays empty', async () => {
    const path = folder();
    expect(await command('journal', ['verify'], { DATA_DIR: path })).toEqual(fault('There is no store in'));
    expect(readdirSync(path)).toEqual([]);
  });

  test('an empty journal is whole', async () => {
    const path = folder();
    await (await opened({ is: 'sqlite', folder: path })).close();
    const { code, stdout } = await command('journal', ['verify'], { DATA_DIR: path });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'The journal has no entries yet.\n' });
  });

  test('export writes JSON lines of all there is', async () => {
    const { code, stdout } = await command('journal', ['export'], { DATA_DIR: await filledFolder() });
    const lines = stdout
      .trimEnd()
      .split(/[\n\u2028]/u)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect({ code, lines: lines.length }).toEqual({ code: 0, lines: 25 });
    expect(lines[1]).toEqual({
      number: 2,
      tenant: 'tenant-a',
      time: '2026-11-21T10:02:00.000Z',
      event: 'event-2',
      person: 'alex-id',
      operation: 'operation-1',
      device: 'device-1',
      action: 'remoteLock',
      note: entries(1)[0]!.note,
      hash: expect.stringMatching(/^[\da-f]{64}$/u),
    });
    expect(lines.at(-1)).toEqual({
      ...{ number: 5, tenant: 'tenant-id', time: '2026-11-21T10:00:00.000Z', event: 'asked', person: 'alex-id' },
      hash: expect.any(String),
    });
  });

  test.each([
    [
      ['--from', '2026-11-21T10:05:00Z', '--to', '2026-11-21T10:08:00Z'],
      ['event-6', 'event-5', 'event-7'],
    ],
    [
      ['--from', '2026-11-21T11:17:00+01:00'],
      ['event-18', 'event-17', 'event-19'],
    ],
    [['--to', '2026-11-21T10:00:00Z'], []],
    [
      ['--to', '2026-11-21T10:00:00.001Z'],
      ['event-0', 'asked', 'asked', 'asked', 'asked', 'asked'],
    ],
    [['--from', '2026-11-22'], []],
  ])('export %j writes %j', async (args, events) => {
    const { code, stdout } = await command('journal', ['export', ...args], { DATA_DIR: await filledFolder() });
    const lines = stdout.split('\n').filter(Boolean);
    expect(code).toBe(0);
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(events);
  });

  test('export writes CSV with a header to a new file for its owner, and says nothing on stdout', async () => {
    const path = await filledFolder();
    const store = await opened({ is: 'sqlite', folder: path });
    await store.journal({ ...entry, at: noon - minute, note: '=HYPERLINK("x")', ticket: 'INC0012', as: 'app' });
    await store.close();
    const out = join(folder(), 'journal.csv');
    const args = ['export', '--format', 'csv', '--to', '2026-11-21T10:00:00Z', '--out', out];
    expect(await command('journal', args, { DATA_DIR: path })).toMatchObject({ code: 0, stdout: '' });
    const [header, line, end] = readFileSync(out, 'utf8').split('\r\n');
    expect(header).toBe('number,tenant,time,event,person,operation,device,action,ticket,as,note,hash');
    expect(line).toMatch(
      /^6,tenant-id,2026-11-21T09:59:00\.000Z,asked,alex-id,,,,INC0012,app,"'=HYPERLINK\(""x""\)",[\da-f]{64}$/u,
    );
    expect(end).toBe('');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(await command('journal', args, { DATA_DIR: path })).toEqual(fault('exists already'));
  });

  test.each([
    [['export', '--format', 'xml'], '^--format must be jsonl or csv'],
    [['export', '--from', 'monday'], '^--from must be a time in ISO form'],
    [['export', '--from', '2026-03-02', '--to', '2026-03-01'], '^--from must be before --to'],
    [['verify', '--head', 'x'], '^--head must be what verify printed'],
    [['verify', '--all'], 'What verify knows: --head, --help'],
    [['check'], '“check” is not known. Say verify or export'],
    [[], '^Say what to do: verify or export'],
  ])('%j is refused with what is right, before the store is touched', async (args, why) => {
    const ended = await command('journal', args, { DATA_DIR: '/nowhere' });
    expect(ended).toEqual(fault(why));
    expect(ended.stderr).not.toMatch(noStack);
  });

  test('help is to be had without a store', async () => {
    const { code, stdout } = await command('journal', ['--help'], { DATA_DIR: '/nowhere' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/journal -- verify.*journal -- export/su);
  });

  test.each([
    [{ DATABASE_URL: 'mysql://me:pa55@host/db' }, '^DATABASE_URL must be like postgres'],
    [{ DATABASE_ULR: 'postgres://me:pa55@host/db' }, '^DATABASE_ULR is not known. Did you mean DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://me:pa55@127.0.0.1:9/db' }, '^The store could not be opened: '],
  ])('a wrong configuration is told without what is secret: %j', async (environment, why) => {
    const ended = await command('journal', ['verify'], environment);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(new RegExp(why, 'mu'));
    expect(ended.stderr).not.toMatch(/pa55|^\s+at /mu);
  });

  test('a .env file in the folder is read', async () => {
    const path = await filledFolder();
    const here = folder();
    writeFileSync(join(here, '.env'), `DATA_DIR=${path}\n`);
    expect(await command('journal', ['verify'], {}, here)).toMatchObject({ code: 0 });
  });
});

describe('npm run store', () => {
  test('moves everything to another folder, where the journal is whole', async () => {
    const [from, to, out] = [await filledFolder(), join(folder(), 'new'), join(folder(), 'file')];
    const exported = await command('store', ['export', '--out', out], { DATA_DIR: from });
    expect(exported).toMatchObject({ code: 0, stdout: expect.stringMatching(/4 operation,.* 25 journal/u) });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const imported = await command('store', ['import', '--in', out], { DATA_DIR: to });
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringMatching(/25 journal.*tenant-a: whole/su) });
    const verified = await command('journal', ['verify'], { DATA_DIR: from });
    expect(await command('journal', ['verify'], { DATA_DIR: to })).toEqual(verified);
    const again = await command('store', ['import', '--in', out], { DATA_DIR: to });
    expect(again).toEqual(fault('The store is not empty'));
  });

  test.each([
    [['export'], '^Say where to: npm run store -- export --out <file>'],
    [['import'], '^Say what from: npm run store -- import --in <file>'],
    [['import', '--in', '/nowhere/file'], '^/nowhere/file is not there'],
    [['export', '--in', 'x'], 'What export knows: --out, --help'],
    [['move'], '“move” is not known. Say export or import'],
  ])('%j is refused with what is right, and makes no store', async (args, why) => {
    const path = join(folder(), 'new');
    expect(await command('store', args, { DATA_DIR: path })).toEqual(fault(why));
    expect(existsSync(path)).toBe(false);
  });

  test('a file that was cut off is refused, and the store stays empty', async () => {
    const [from, to, out] = [await filledFolder(), folder(), join(folder(), 'file')];
    await command('store', ['export', '--out', out], { DATA_DIR: from });
    const whole = readFileSync(out, 'utf8');
    const torn = join(folder(), 'torn');
    writeFileSync(torn, whole.slice(0, -100));
    expect(await command('store', ['import', '--in', torn], { DATA_DIR: to })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Nothing was imported/u),
    });
    expect(await command('store', ['import', '--in', out], { DATA_DIR: to })).toMatchObject({ code: 0 });
  });
});

withPostgres((server: () => TestServer) => {
  const exported = async (environment: Readonly<Record<string, string>>) => {
    const out = join(folder(), 'file');
    expect(await command('store', ['export', '--out', out], environment)).toMatchObject({ code: 0, stderr: '' });
    return { out, text: readFileSync(out, 'utf8') };
  };
  const imported = async (path: string, environment: Readonly<Record<string, string>>) => {
    expect(await command('store', ['import', '--in', path], environment)).toMatchObject({ code: 0, stderr: '' });
  };

  const whileWriting = async <T>(url: string, work: () => Promise<T>): Promise<T> => {
    const store = await opened({ is: 'postgres', url });
    await store.journal(entry);
    let isOver = false;
    const writing = (async () => {
      while (!isOver) await store.journal(entry);
    })();
    try {
      return await work();
    } finally {
      isOver = true;
      await writing;
      await store.close();
    }
  };

  test('a store goes from SQLite to PostgreSQL and back, and is the same', async () => {
    const DATABASE_URL = await server().freshUrl();
    const [from, back] = [{ DATA_DIR: await filledFolder() }, { DATA_DIR: folder() }];
    const first = await exported(from);
    await imported(first.out, { DATABASE_URL });
    const second = await exported({ DATABASE_URL });
    expect(second.text).toBe(first.text);
    await imported(second.out, back);
    expect((await exported(back)).text).toBe(first.text);
    for (const args of [['verify'], ['export'], ['export', '--format', 'csv', '--from', '2026-11-21T10:05:00Z']]) {
      const [here, there] = [await command('journal', args, from), await command('journal', args, { DATABASE_URL })];
      expect(here.code).toBe(0);
      expect(there).toEqual(here);
    }
  });

  test('what is imported can be worked with, and is not imported over', async () => {
    const url = await server().freshUrl();
    const { out } = await exported({ DATA_DIR: await filledFolder() });
    await imported(out, { DATABASE_URL: url });
    const store = await opened({ is: 'postgres', url });
    await store.journal({ ...entry, tenantId: 'tenant-a' });
    expect(await store.claimLooks(noon + minute, 10, noon + 2 * minute)).toHaveLength(1);
    await store.close();
    expect(await command('journal', ['verify'], { DATABASE_URL: url })).toMatchObject({ code: 0 });
    expect(await command('store', ['import', '--in', out], { DATABASE_URL: url })).toEqual(fault('is not empty'));
  });

  test('the file holds one moment, however much is written meanwhile', async () => {
    const url = await server().freshUrl();
    const files = await whileWriting(url, async () => [
      await exported({ DATABASE_URL: url }),
      await exported({ DATABASE_URL: url }),
    ]);
    for (const { out } of files) await imported(out, { DATA_DIR: folder() });
    expect(files[1]!.text.length).toBeGreaterThan(files[0]!.text.length);
  });

  test('the journal can be verified while it is written', async () => {
    const url = await server().freshUrl();
    const verified = await whileWriting(url, () => command('journal', ['verify'], { DATABASE_URL: url }));
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/tenant-id: whole/u) });
  });
});
