import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../src/ports.ts';
import { prepareFolder } from '../../src/store/folder.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { storeOn } from '../../src/store/store.ts';
import { entry, Hands, proposed, said } from './fixtures.ts';
import { noon, silent } from '../world.ts';
import { temporaryFolders } from './folders.ts';

const temporary = temporaryFolders();
const clock = { now: Date.now };
const open = (folder: string) => openStore({ is: 'sqlite', folder }, clock, silent);

const refusal = { name: 'StoreStartFault' };

test('folder and file are made where there are none, for their owner alone', async () => {
  const folder = join(temporary(), 'deep', 'inside');
  const store = await open(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'desk.db')).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'desk.db-wal')).mode & 0o777).toBe(0o600);
  await store.close();
});

test('what was written is there after a new start', async () => {
  const folder = temporary();
  const first = await open(folder);
  await first.create(proposed('one'), { entry });
  await first.close();
  const second = await open(folder);
  expect(await second.operation('one')).toEqual(proposed('one'));
  expect(await second.ready()).toBeUndefined();
  await second.close();
});

test('two cannot work in one folder', async () => {
  const folder = temporary();
  const first = await open(folder);
  await expect(open(folder)).rejects.toMatchObject({
    ...refusal,
    message: expect.stringContaining(`another Device Desk already works with ${folder}. `) as string,
  });
  await first.create(proposed('one'), {});
  await first.close();
  await (await open(folder)).close();
});

test('a file in the way of the folder is told', async () => {
  const folder = join(temporary(), 'file');
  writeFileSync(folder, '');
  await expect(open(folder)).rejects.toMatchObject({
    ...refusal,
    message: `${folder} cannot be a folder: a file is in its way. Set DATA_DIR to a folder.`,
  });
  await expect(open(join(folder, 'below'))).rejects.toMatchObject(refusal);
});

const isRoot = process.getuid?.() === 0;
(isRoot ? test.skip : test)('a folder that may not be written to is told', async () => {
  const folder = join(temporary(), 'closed');
  mkdirSync(folder, { mode: 0o500 });
  await expect(open(folder)).rejects.toMatchObject({
    ...refusal,
    message: expect.stringContaining(`cannot write to ${folder}`) as string,
  });
});

test('a file that is no database is told, and left as it is', async () => {
  const folder = temporary();
  const text = 'These are notes. '.repeat(1_000);
  writeFileSync(join(folder, 'desk.db'), text);
  await expect(open(folder)).rejects.toMatchObject({
    ...refusal,
    message: expect.stringContaining(`desk.db in ${folder} is not a database`) as string,
  });
  expect(readFileSync(join(folder, 'desk.db'), 'utf8')).toBe(text);
});

test('a database of a newer Device Desk is refused, and left as it is', async () => {
  const folder = temporary();
  await (await open(folder)).close();
  const engine = openSqlite(join(folder, 'desk.db'));
  await engine.transaction((sql) => sql.all('UPDATE schema_version SET version = 7'));
  await engine.close();
  await expect(open(folder)).rejects.toMatchObject({
    ...refusal,
    message: expect.stringContaining('newer Device Desk (its schema has version 7, this one knows') as string,
  });
});

test('a migration that fails leaves the schema as it was', async () => {
  const engine = openSqlite(':memory:');
  const first = ['CREATE TABLE one (id TEXT)'];
  await migrate(engine, [first]);
  await expect(migrate(engine, [first, ['CREATE TABLE two (id TEXT)', 'CREATE nonsense']])).rejects.toMatchObject({
    reason: 'unexpected',
  });
  await expect(engine.read('SELECT * FROM two')).rejects.toThrow('no such table');
  await migrate(engine, [first, ['CREATE TABLE two (id TEXT)']]);
  expect(await engine.read('SELECT version FROM schema_version')).toEqual([{ version: 2 }]);
  await engine.close();
});

describe('file systems', () => {
  const warnings = (): { log: Log; said: object[] } => {
    const told: object[] = [];
    return { log: { ...silent, warn: (facts) => told.push(facts) }, said: told };
  };

  test.each([
    ['NFS', 0x6969],
    ['SMB', 0xff534d42],
    ['SMB', 0xfe534d42 - 2 ** 32],
    ['AFS', 0x5346414f],
    ['Ceph', 0xc36400],
  ])('on %s it is refused (%d)', async (name, kind) => {
    await expect(prepareFolder(temporary(), silent, async () => kind)).rejects.toMatchObject({
      ...refusal,
      message: expect.stringContaining(`on a network file system (${name})`) as string,
    });
  });

  test.each([
    ['FUSE or virtiofs', 0x65735546],
    ['9p', 0x01021997],
  ])('%s is warned of', async (fileSystem, kind) => {
    const { log, said: told } = warnings();
    const folder = temporary();
    await prepareFolder(folder, log, async () => kind);
    expect(told).toEqual([{ folder, fileSystem }]);
  });

  test('a local disk is fine', async () => {
    const { log, said: told } = warnings();
    await prepareFolder(temporary(), log);
    expect(told).toEqual([]);
  });
});

test('on a full disk nothing is damaged; with room again it goes on', async () => {
  const path = join(temporary(), 'desk.db');
  const engine = openSqlite(path, { mostPages: 100 });
  await migrate(engine);
  const store = storeOn(engine, new Hands(), silent);
  const long = 'x'.repeat(20_000);
  let kept = 0;
  const fill = async () => {
    for (; kept < 1_000; kept += 1) {
      const made = proposed(`op-${kept}`, { words: long });
      await store.create(made, { entry, tell: [said(long)] });
    }
  };
  await expect(fill()).rejects.toMatchObject({ name: 'StoreFault', reason: 'full' });
  expect(kept).toBeGreaterThan(1);
  expect(await store.ready()).toBe('the store cannot write: its disk is full');
  expect(await store.operation(`op-${kept}`)).toBeUndefined();
  expect(await store.entries()).toHaveLength(kept);
  expect((await store.census(noon)).tellings).toBe(kept);

  await engine.read('PRAGMA max_page_count = 100000');
  expect(await store.ready()).toBeUndefined();
  expect(await store.create(proposed(`op-${kept}`), { entry })).toEqual({ is: 'created' });
  expect(await engine.read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  await store.close();
});

test('transactions do not mix, however slow they are', async () => {
  const engine = openSqlite(':memory:');
  await engine.transaction((sql) => sql.all('CREATE TABLE count (n BIGINT)'));
  await engine.transaction((sql) => sql.all('INSERT INTO count VALUES (0)'));
  const raise = () =>
    engine.transaction(async (sql) => {
      const [row] = await sql.all<{ n: number }>('SELECT n FROM count');
      await new Promise(setImmediate);
      await sql.all('UPDATE count SET n = $1', [row!.n + 1]);
      if (row!.n === 3) throw new Error('the fourth fails');
    });
  const results = await Promise.allSettled([raise(), raise(), raise(), raise(), raise(), raise()]);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  expect(await engine.read('SELECT n FROM count')).toEqual([{ n: 3 }]);
  await engine.close();
});
