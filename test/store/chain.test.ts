import { join } from 'node:path';
import pg from 'pg';
import { beginning, canonical, linkOf } from '../../src/store/chain.ts';
import { openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import type { JournalEntry } from '../../src/model/journalEntry.ts';
import { entry, proposed, running } from './fixtures.ts';
import { silent } from '../world.ts';
import { temporaryFolders } from './folders.ts';
import { withPostgres } from './withPostgres.ts';

const temporary = temporaryFolders();
const clock = { now: Date.now };

test('canonical JSON knows no order of keys, and nothing that is undefined', () => {
  const one = { b: [{ d: 1, c: null }], a: 'x', z: undefined };
  expect(canonical(one)).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
  expect(canonical({ a: 'x', b: [{ c: null, d: 1 }] })).toBe(canonical(one));
});

test('a link depends on all that is written, its number and what was before', () => {
  const links = [
    linkOf(beginning, 1, entry),
    linkOf('x', 1, entry),
    linkOf(beginning, 2, entry),
    linkOf(beginning, 1, { ...entry, note: 'x' }),
  ];
  expect(new Set(links).size).toBe(4);
  expect(links[0]).toBe('17a1e89507f3362e60d8bd72086f037e0bc233f1414e158b98e2242550475b98');
});

interface Row {
  readonly tenant_id: string;
  readonly number: number;
  readonly data: string;
  readonly hash: string;
}

/** What is wrong with a chain: the numbers of the rows that do not follow. */
function brokenIn(rows: readonly Row[]): number[] {
  let previous = beginning;
  return rows.flatMap(({ number, data, hash }, index) => {
    const isRight = number === index + 1 && hash === linkOf(previous, number, JSON.parse(data) as JournalEntry);
    previous = hash;
    return isRight ? [] : [number];
  });
}

const journal = 'SELECT tenant_id, number, data, hash FROM journal ORDER BY tenant_id, number';

test('in SQLite the chain holds, and nobody can change or delete a line', async () => {
  const folder = temporary();
  const store = await openStore({ is: 'sqlite', folder }, clock, silent);
  await Promise.all(Array.from({ length: 20 }, (_, at) => store.journal({ ...entry, at })));
  await store.close();
  const engine = openSqlite(join(folder, 'desk.db'));
  const rows = await engine.read<Row>(journal);
  expect(rows).toHaveLength(20);
  expect(brokenIn(rows)).toEqual([]);
  for (const change of ["UPDATE journal SET event = 'x' WHERE number = 3", 'DELETE FROM journal WHERE number = 20'])
    await expect(engine.transaction((sql) => sql.all(change))).rejects.toThrow('the journal is only ever added to');
  expect(await engine.read(journal)).toEqual(rows);
  await engine.close();
});

test('a change anywhere is found', () => {
  const rows: Row[] = [];
  for (const number of [1, 2, 3, 4]) {
    const data = { ...entry, at: number };
    const hash = linkOf(rows.at(-1)?.hash ?? beginning, number, data);
    rows.push({ tenant_id: 't', number, data: JSON.stringify(data), hash });
  }
  expect(brokenIn(rows)).toEqual([]);
  expect(brokenIn(rows.with(1, { ...rows[1]!, data: JSON.stringify(entry) }))).toEqual([2]);
  expect(brokenIn(rows.toSpliced(1, 1))).toEqual([3, 4]);
});

withPostgres((server) => {
  test('in PostgreSQL it holds with several who write at once, and nobody can change or delete a line', async () => {
    const url = await server().freshUrl();
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ is: 'postgres', url }, clock, silent)));
    const jobs = stores.flatMap((store, one) =>
      Array.from({ length: 40 }, async (_, index) => {
        const tenantId = index % 4 === 0 ? 'other' : 'tenant-id';
        const operation = running(`op-${one}-${index}`, index);
        await store.create(operation, { entry: { ...entry, tenantId } });
        const to = proposed(operation.id);
        await store.record([
          { from: operation, to, entry: { ...entry, event: 'first', tenantId } },
          { from: operation, to, entry: { ...entry, event: 'never' } },
          { from: { ...to, version: 1 }, to, entry: { ...entry, event: 'second', tenantId: 'third' } },
        ]);
      }),
    );
    await Promise.all(jobs);
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<Row>(journal);
    const chainOf = (tenantId: string) =>
      rows.filter((row) => row.tenant_id === tenantId).map((row) => ({ ...row, number: Number(row.number) }));
    const chains = ['other', 'tenant-id', 'third'].map(chainOf);
    expect(chains.map(({ length }) => length)).toEqual([60, 180, 120]);
    for (const chain of chains) expect(brokenIn(chain)).toEqual([]);
    for (const change of [
      "UPDATE journal SET event = 'x' WHERE number = 3",
      'DELETE FROM journal WHERE number = 20',
      'TRUNCATE journal',
    ])
      await expect(client.query(change)).rejects.toThrow('the journal is only ever added to');
    expect((await client.query(journal)).rows).toEqual(rows);
    await client.end();
    for (const store of stores) await store.close();
  }, 30_000);
});
