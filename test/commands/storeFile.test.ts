import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from '../../src/commands/dump.ts';
import { importInto } from '../../src/commands/importStore.ts';
import { checkIsEmpty, load } from '../../src/commands/load.ts';
import { readStoreFile } from '../../src/commands/readStoreFile.ts';
import { writeFile } from '../../src/commands/sink.ts';
import type { Counts } from '../../src/commands/storeFile.ts';
import { columnNames, tables } from '../../src/commands/tables.ts';
import type { Engine } from '../../src/store/engine.ts';
import { entry } from '../store/fixtures.ts';
import { temporaryFolders } from '../store/folders.ts';
import { emptyEngine, fill, minute, storeOf } from './stores.ts';
import { noon } from '../world.ts';

const folder = temporaryFolders();
const engines: Engine[] = [];
const fresh = async () => {
  const engine = await emptyEngine();
  engines.push(engine);
  return engine;
};
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

const textOf = async (engine: Engine) => {
  let [text, counts]: [string, Counts] = ['', {}];
  for await (const part of dump(
    (sql, values) => engine.read(sql, values),
    (all) => (counts = all),
  ))
    text += part;
  return { text, counts };
};
const filled = async () => {
  const engine = await fresh();
  await fill(storeOf(engine));
  return engine;
};
const fileOf = (text: string) => {
  const path = join(folder(), 'store.jsonl');
  writeFileSync(path, text);
  return path;
};
const loaded = async (path: string) => {
  const engine = await fresh();
  await importInto(engine, path);
  return engine;
};

test('every table and column is carried, but for what is meant to stay', async () => {
  const columns = await (
    await fresh()
  ).read<{ name: string }>(
    `SELECT m.name || '.' || c.name AS name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'`,
  );
  const carried = tables.flatMap((table) => columnNames(table).map((name) => `${table.name}.${name}`));
  const left = columns.map(({ name }) => name).filter((name) => !carried.includes(name));
  expect(left.filter((name) => !/^(?:budget|schema_version|worker)\.|\.(?:chore_)?owner$/u.test(name))).toEqual([]);
  expect(carried.filter((name) => !columns.some((column) => column.name === name))).toEqual([]);
});

test('each table’s key is its own', async () => {
  const engine = await fresh();
  for (const table of tables) {
    const keys = await engine.read<{ name: string }>(
      `SELECT name FROM pragma_table_info('${table.name}') WHERE pk > 0 ORDER BY pk`,
    );
    expect(columnNames(table).slice(0, table.keys)).toEqual(keys.map(({ name }) => name));
  }
});

test('what was filled is in the file, and makes the same store again', async () => {
  const { text, counts } = await textOf(await filled());
  expect(counts).toEqual({
    operation: 4,
    heard: 5,
    question: 1,
    place: 1,
    lane: 4,
    telling: 5,
    secret: 1,
    subscription: 2,
    notice: 1,
    elsewhere: 1,
    journal: 25,
    chain: 3,
  });
  expect(await textOf(await loaded(fileOf(text)))).toEqual({ text, counts });
});

test('a file of schema 1 is imported, and is exported as if it had always been of this one', async () => {
  const path = join(import.meta.dirname, '../store/schema1.jsonl');
  const { text, counts } = await textOf(await loaded(path));
  expect(counts).toMatchObject({ operation: 5, journal: 25, secret: 0, subscription: 0, notice: 0, elsewhere: 0 });
  expect(text.split('\n')[0]).toBe('{"file":"Device Desk store","schema":2}');
  const five = text.split('\n').find((line) => line.startsWith('["five",'));
  expect(JSON.parse(five!)).toEqual([
    ...(JSON.parse(
      readFileSync(path, 'utf8')
        .split('\n')
        .find((line) => line.startsWith('["five",'))!,
    ) as unknown[]),
    'remoteLock',
    noon + 2 * minute,
    noon,
    null,
  ]);
  expect((await textOf(await loaded(fileOf(text)))).text).toBe(text);
});

test('a file of schema 1 with a table of this one is not let in', async () => {
  const { text } = await textOf(await filled());
  await expect(loaded(fileOf(text.replace('"schema":2', '"schema":1')))).rejects.toThrow('another table on line');
});

test('more than one page of each goes over, too', async () => {
  const engine = await fresh();
  const times = Array.from({ length: 1_201 }, (_, index) => index);
  for (const index of times) await storeOf(engine).journal({ ...entry, at: index });
  await engine.transaction(async (sql) => {
    for (const index of times) await sql.all(`INSERT INTO heard (origin, at) VALUES ($1, $2)`, [`o${index}`, index]);
  });
  const { text, counts } = await textOf(engine);
  expect(counts).toMatchObject({ journal: 1_201, heard: 1_201 });
  expect((await textOf(await loaded(fileOf(text)))).text).toBe(text);
});

test('leases stay behind, and what was leased is due when the lease would have ended', async () => {
  const engine = await filled();
  const leased = (of: Engine) =>
    of.read(`SELECT look_at AS until, owner FROM operation WHERE id = 'three'
      UNION ALL SELECT due_at AS until, owner FROM subscription WHERE id = 'b'`);
  const before = await leased(engine);
  const lease = { until: noon + minute, owner: expect.any(String) as string };
  expect(before).toEqual([lease, lease]);
  const moved = await loaded(fileOf((await textOf(engine)).text));
  expect(await leased(moved)).toEqual(before.map((row) => ({ ...row, owner: null })));
  expect(await moved.read('SELECT id FROM lane WHERE owner IS NOT NULL')).toEqual([]);
});

test('each line stands for itself for every reader of lines', async () => {
  const { text } = await textOf(await filled());
  for (const line of text.split(/[\n\r\u2028\u2029]/u).slice(0, -1)) expect(() => JSON.parse(line)).not.toThrow();
});

describe('A file that is not as it was', () => {
  type Change = (lines: readonly string[]) => readonly string[];
  const without =
    (pattern: RegExp): Change =>
    (lines) =>
      lines.filter((line) => !pattern.test(line));
  const replaced =
    (from: string | RegExp, to: string): Change =>
    (lines) =>
      lines.map((line) => line.replace(from, to));

  test.each<[string, Change, RegExp, number]>([
    ['is empty', () => [], /has no end: it was cut off/u, 1],
    ['ends early', (lines) => lines.slice(0, -1), /has no end: it was cut off/u, 1],
    ['ends within a line', (lines) => [...lines.slice(0, -2), lines.at(-2)!.slice(0, -5)], /damaged at line/u, 1],
    ['lacks a row', without(/^\["tenant-a",3,/u), /not as many rows of journal as its end says/u, 1],
    ['lacks a table', without(/"table":"place"/u), /what is not a row of its table/u, 1],
    [
      'lacks a table with its rows',
      without(/"table":"chain"|^\["tenant-[ab]?i?d?",\d+,"/u),
      /not as many rows of chain/u,
      1,
    ],
    [
      'has a row twice',
      (lines) => lines.flatMap((line) => (line.startsWith('["tenant-a",3,') ? [line, line] : [line])),
      /not as many rows of journal/u,
      1,
    ],
    ['has another value', replaced('Alex Wilber', 'Someone Else'), /was changed, or damaged on its way/u, 1],
    ['has a number for a word', replaced(/^\["tenant-a",3,/u, '[7,3,'), /what is not a row of its table/u, 1],
    [
      'has a word for a number',
      replaced(/^\["tenant-a",3,/u, '["tenant-a","3",'),
      /what is not a row of its table/u,
      1,
    ],
    ['has too short a row', replaced(/^\["tenant-a",3,/u, '["tenant-a",'), /what is not a row of its table/u, 1],
    ['has another column', replaced('"expires_at"', '"expired"'), /another table on line/u, 1],
    [
      'has something strange',
      (lines) => [lines[0]!, '"hello"', ...lines.slice(1)],
      /something else than a row on line 2/u,
      1,
    ],
    ['goes on after its end', (lines) => [...lines, '["x",1]'], /goes on after its end/u, 1],
    [
      'is of a newer schema',
      replaced('"schema":2', '"schema":7'),
      /written by a newer Device Desk.*schema has version 7, this one knows 2/u,
      2,
    ],
    ['is something else', () => ['{"hello":"world"}'], /is not a store’s file/u, 2],
    ['is no text of ours', () => ['PK\u0003\u0004'], /is not a store’s file/u, 2],
  ])('%s', async (_what, change, message, exitCode) => {
    const lines = (await textOf(await filled())).text.split('\n').slice(0, -1);
    const text = change(lines)
      .map((line) => `${line}\n`)
      .join('');
    expect(text).not.toBe(lines.map((line) => `${line}\n`).join(''));
    const fault = expect.objectContaining({ message: expect.stringMatching(message), exitCode });
    await expect(loaded(fileOf(text))).rejects.toEqual(fault);
  });

  test('leaves an empty store', async () => {
    const { text } = await textOf(await filled());
    const path = fileOf(text.split('\n').slice(0, -2).join('\n'));
    const engine = await fresh();
    await expect(engine.transaction((sql) => load(sql, readStoreFile(path, 2)))).rejects.toThrow('has no end');
    await expect(engine.transaction(checkIsEmpty)).resolves.toBeUndefined();
  });
});

test('a journal that was changed before it was exported is not let in', async () => {
  const engine = await filled();
  await engine.transaction(async (sql) => {
    await sql.all('DROP TRIGGER journal_no_update');
    await sql.all(`UPDATE journal SET event = 'other' WHERE tenant_id = 'tenant-a' AND number = 3`);
  });
  const path = fileOf((await textOf(engine)).text);
  const empty = await fresh();
  await expect(importInto(empty, path)).rejects.toThrow(/not whole.*tenant-a: the column event of entry 3/su);
  await expect(empty.transaction(checkIsEmpty)).resolves.toBeUndefined();
});

test.each(tables.map(({ name }) => name))('a store with something in %s is not empty', async (name) => {
  const full = await filled();
  const engine = await fresh();
  const path = fileOf((await textOf(full)).text);
  const only = async function* () {
    for await (const found of readStoreFile(path, 2)) if (found.table.name === name) yield found;
  };
  await engine.transaction((sql) => load(sql, only()));
  await expect(engine.transaction(checkIsEmpty)).rejects.toThrow(`there is something in the table ${name}`);
});

describe('The file', () => {
  async function* text(fault?: Error) {
    yield 'one\n';
    if (fault) throw fault;
    yield 'two\n';
  }

  test('is for its owner alone', async () => {
    const path = join(folder(), 'new');
    await writeFile(path, text());
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('that stands there already is refused and stays as it is', async () => {
    const path = fileOf('old');
    await expect(writeFile(path, text())).rejects.toThrow('exists already');
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  test('does not stay when it could not be finished', async () => {
    const path = join(folder(), 'new');
    await expect(writeFile(path, text(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(path)).toBe(false);
  });

  test('in a folder that is not there is refused in words', async () => {
    await expect(writeFile(join(folder(), 'nowhere', 'new'), text())).rejects.toThrow(
      'cannot be written: its folder is not there',
    );
  });
});
