import { join } from 'node:path';
import { readStoreFile } from '../../src/commands/readStoreFile.ts';
import { columnNames } from '../../src/commands/tables.ts';
import type { Engine } from '../../src/store/engine.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openEngine, openStore } from '../../src/store/open.ts';
import type { SqlStore, Where } from '../../src/store/open.ts';
import { patience } from '../../src/store/patience.ts';
import { list } from '../../src/store/placeholders.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { commitMarks } from '../../src/store/postgresTransaction.ts';
import { schema1 } from '../../src/store/schema.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { confirmed, entry, proposed } from './fixtures.ts';
import { alex, noon, silent } from '../world.ts';
import { temporaryFolders } from './folders.ts';
import { withPostgres } from './withPostgres.ts';

/** What the last version with schema 1 has exported. */
const path = join(import.meta.dirname, 'schema1.jsonl');
const minute = 60_000;
const folder = temporaryFolders();

/** Leaves a store as that version left it, with this many operations more. */
async function leaveOld(engine: Engine, more = 0): Promise<void> {
  await migrate(engine, [schema1]);
  await engine.transaction(async (sql) => {
    for await (const { table, row } of readStoreFile(path, 2)) {
      const names = columnNames(table);
      await sql.all(`INSERT INTO ${table.name} (${names.join(', ')}) VALUES (${list(names.length)})`, row);
      if (table.name !== 'operation' || row[0] !== 'four') continue;
      for (let index = 0; index < more; index += 1)
        await sql.all(`INSERT INTO operation (${names.join(', ')}) VALUES (${list(names.length)})`, [
          `more-${index}`,
          ...row.slice(1),
        ]);
    }
  });
  await engine.close();
}

const open = (where: Where): Promise<SqlStore> => openStore(where, { now: () => noon }, silent);

async function expectAll(store: SqlStore): Promise<void> {
  const all = await store.operationsOf({}, 10);
  expect(all.map(({ id }) => id)).toEqual(['two', 'three', 'one', 'four', 'five']);
  expect(all[3]!.words).toBe('lock "is":"confirmed","at":1 \0 \uD800');
  expect(await store.confirmedSince(alex.id, 0)).toEqual([
    { action: 'remoteLock', at: noon + 2 * minute },
    { action: 'remoteLock', at: noon + minute },
  ]);
  expect(await store.entries()).toHaveLength(25);
  const next = proposed('next');
  await store.create(next, { entry });
  const ceiling = { actions: 'all', since: noon, most: 2 } as const;
  const claim = await store.claim(next, confirmed(next), () => false, { entry }, [ceiling]);
  expect(claim).toEqual({ is: 'ceiling', ceiling });
  await store.move(all[3]!, { ...all[3]!, ticket: 'INC1' });
  expect((await store.operationsOf({ ticket: 'INC1' }, 10)).map(({ id }) => id)).toEqual(['four']);
  await store.close();
}

test('a file of schema 1 is brought up to date when it is opened, with all that is in it', async () => {
  const where = { is: 'sqlite', folder: folder() } as const;
  await leaveOld(openSqlite(join(where.folder, 'desk.db')));
  await expectAll(await open(where));
  await (await open(where)).close();
});

test('however many operations there are, each is', async () => {
  const where = { is: 'sqlite', folder: folder() } as const;
  await leaveOld(openSqlite(join(where.folder, 'desk.db')), 1_498);
  const store = await open(where);
  expect(await store.confirmedSince(alex.id, 0)).toHaveLength(1_500);
  await store.close();
});

/** What a process of the version before does with operations: it knows no column that came later. */
const theirs = [
  `UPDATE operation SET action = NULL, confirmed_at = NULL, ended_at = NULL WHERE id = 'one'`,
  `UPDATE operation SET confirmed_at = NULL WHERE id = 'five'`,
  `UPDATE operation SET ended_at = NULL WHERE id = 'five'`,
];

async function expectFilled(where: Where, engine: Engine): Promise<void> {
  const all = 'SELECT id, action, confirmed_at, ended_at FROM operation ORDER BY id';
  const before = await engine.read(all);
  for (const statement of theirs) await engine.transaction((sql) => sql.all(statement));
  expect(await engine.read(all)).not.toEqual(before);
  await engine.close();
  await (await open(where)).close();
  const again = await openEngine(where, silent);
  expect(await again.read(all)).toEqual(before);
  await again.close();
}

test('what an older process left empty beside a newer one is filled at the next start', async () => {
  const where = { is: 'sqlite', folder: folder() } as const;
  await leaveOld(openSqlite(join(where.folder, 'desk.db')));
  await expectFilled(where, await openEngine(where, silent));
});

withPostgres((server) => {
  const left = async (more?: number) => {
    const url = await server().freshUrl();
    const engine = openPostgres(url, silent, patience);
    await engine.read(commitMarks);
    await leaveOld(engine, more);
    return { is: 'postgres', url } as const;
  };

  test('a database of schema 1 is brought up to date when it is opened, with all that is in it', async () => {
    await expectAll(await open(await left()));
  });

  test('what an older process left empty beside a newer one is filled at the next start', async () => {
    const where = await left();
    await expectFilled(where, await openEngine(where, silent));
  });

  test('bringing it up to date may take longer than anything else may, waiting for another who does so included', async () => {
    const url = await server().freshUrl();
    const hasty = () => openPostgres(url, silent, patience, { statement: 100, answer: 200 });
    const [one, other] = [hasty(), hasty()];
    await one.read(commitMarks);
    const slow = '/*pg:SELECT pg_sleep(0.6)*/';
    await expect(one.transaction((sql) => sql.all(slow))).rejects.toThrow('statement timeout');
    const known = [[slow, 'CREATE TABLE made_once (id TEXT)', slow]];
    await Promise.all([migrate(one, known), migrate(other, known)]);
    expect(await one.read('SELECT version FROM schema_version')).toEqual([{ version: 1 }]);
    await Promise.all([one.close(), other.close()]);
  });

  test('several that open it at once bring it up to date once', async () => {
    const where = await left(1_498);
    const stores = await Promise.all([open(where), open(where), open(where)]);
    expect(await stores[0]!.confirmedSince(alex.id, 0)).toHaveLength(1_500);
    await Promise.all(stores.map((store) => store.close()));
  });
});
