import { completeOperations } from '../store/completion.ts';
import type { Sql } from '../store/engine.ts';
import { tuples } from '../store/placeholders.ts';
import { notDone } from './fault.ts';
import type { FileRow } from './readStoreFile.ts';
import type { Counts, Row } from './storeFile.ts';
import { carriedNames, columnNames, tables } from './tables.ts';
import type { Table } from './tables.ts';

/** Nobody writes until the transaction is over. Throws `CommandFault` when something is remembered already. */
export async function checkIsEmpty(sql: Sql): Promise<void> {
  await sql.all(`/*pg:LOCK TABLE ${carriedNames()} IN EXCLUSIVE MODE*/`);
  for (const { name } of tables) {
    const [some] = await sql.all(`SELECT 1 AS found FROM ${name} LIMIT 1`);
    if (some)
      throw notDone(
        `The store is not empty: there is something in the table ${name}. Import into a new one: set DATABASE_URL to an empty database, or DATA_DIR to an empty folder.`,
      );
  }
}

const most = 500;

async function insert(sql: Sql, table: Table, rows: readonly Row[]): Promise<void> {
  const types = table.columns.map(({ type }) => type);
  await sql.all(
    `INSERT INTO ${table.name} (${columnNames(table).join(', ')}) VALUES ${tuples(rows.length, types)}`,
    rows.flat(),
  );
}

/** Writes all these rows, which come table by table, and fills in what an older schema did not have; answers how many of each. */
export async function load(sql: Sql, rows: AsyncIterable<FileRow>): Promise<Counts> {
  const counts: Record<string, number> = Object.fromEntries(tables.map(({ name }) => [name, 0]));
  let waiting: FileRow[] = [];
  const flush = async () => {
    const [first] = waiting;
    if (!first) return;
    await insert(
      sql,
      first.table,
      waiting.map(({ row }) => row),
    );
    counts[first.table.name] = (counts[first.table.name] ?? 0) + waiting.length;
    waiting = [];
  };
  for await (const found of rows) {
    if (waiting.length === most || (waiting[0] && waiting[0].table !== found.table)) await flush();
    waiting.push(found);
  }
  await flush();
  await completeOperations(sql);
  // Otherwise PostgreSQL plans for empty tables until it looks by itself.
  await sql.all(`/*pg:ANALYZE ${carriedNames()}*/`);
  return counts;
}
