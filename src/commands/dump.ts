import { createHash } from 'node:crypto';
import type { Value } from '../store/engine.ts';
import { list } from '../store/placeholders.ts';
import type { Read } from './entries.ts';
import { jsonLine } from './jsonLine.ts';
import { kind } from './storeFile.ts';
import type { Counts, Footer, Header, Row, TableLine } from './storeFile.ts';
import { columnNames, tables } from './tables.ts';
import type { Table } from './tables.ts';

const page = 500;

/** Without a CAST, which would keep SQLite from looking the second half of a key up. */
function selection({ name, keys, columns }: Table, isFirst: boolean): string {
  const names = columns.map((column) => column.name);
  const key = names.slice(0, keys).join(', ');
  const after = isFirst ? '' : `WHERE (${key}) > (${list(keys)})`;
  return `SELECT ${names.join(', ')} FROM ${name} ${after} ORDER BY ${key} LIMIT ${page}`;
}

async function* rowsOf(read: Read, table: Table): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined; ;) {
    const found = await read<Record<string, Value>>(selection(table, !last), last?.slice(0, table.keys) ?? []);
    const rows = found.map((row) => columnNames(table).map((name) => row[name] ?? null));
    if (rows.length > 0) yield rows;
    if (rows.length < page) return;
    last = rows.at(-1);
  }
}

export async function schemaOf(read: Read): Promise<number> {
  const [row] = await read<{ version: number }>('SELECT version FROM schema_version');
  if (!row) throw new Error('a schema without a version');
  return row.version;
}

async function* body(read: Read, counts: Record<string, number>): AsyncGenerator<string> {
  yield jsonLine({ file: kind, schema: await schemaOf(read) } satisfies Header);
  for (const table of tables) {
    counts[table.name] = 0;
    yield jsonLine({ table: table.name, columns: columnNames(table) } satisfies TableLine);
    for await (const rows of rowsOf(read, table)) {
      counts[table.name] = (counts[table.name] ?? 0) + rows.length;
      yield rows.map(jsonLine).join('');
    }
  }
}

/** The whole store as text, page by page. To be read at one moment: within a transaction that sees no other's changes. */
export async function* dump(read: Read, done: (counts: Counts) => void): AsyncGenerator<string> {
  const counts: Record<string, number> = {};
  const hash = createHash('sha256');
  for await (const text of body(read, counts)) {
    hash.update(text);
    yield text;
  }
  yield jsonLine({ end: true, counts, sha256: hash.digest('hex') } satisfies Footer);
  done(counts);
}
