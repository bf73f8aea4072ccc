import type { JournalEntry } from '../model/journalEntry.ts';
import { beginning, linkOf } from './chain.ts';
import type { Engine, Sql } from './engine.ts';
import { list, partsOf, tuples } from './placeholders.ts';

interface Head {
  readonly number: number;
  readonly hash: string;
}

interface EntryRow {
  readonly tenant_id: string;
  readonly number: number;
  readonly data: string;
}

const entryOf = ({ data }: EntryRow): JournalEntry => JSON.parse(data) as JournalEntry;

const byNumber = (one: EntryRow, other: EntryRow): number =>
  one.tenant_id === other.tenant_id ? one.number - other.number : one.tenant_id < other.tenant_id ? -1 : 1;

const columns = ['TEXT', 'BIGINT', 'BIGINT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT'] as const;

async function lockHead(sql: Sql, tenantId: string): Promise<Head> {
  const ask = () => sql.all<Head>('SELECT number, hash FROM chain WHERE tenant_id = $1 /*pg:FOR UPDATE*/', [tenantId]);
  const [known] = await ask();
  if (known) return known;
  await sql.all('INSERT INTO chain (tenant_id, number, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING', [
    tenantId,
    beginning,
  ]);
  const [made] = await ask();
  if (!made) throw new Error('the head of a chain vanished');
  return made;
}

/** The entry as a row, chained to the one before it. */
const rowOf = (entry: JournalEntry, number: number, hash: string) => [
  entry.tenantId,
  number,
  entry.at,
  entry.operationId,
  entry.deviceId,
  entry.personId,
  entry.event,
  JSON.stringify(entry),
  hash,
];

async function appendTo(sql: Sql, tenantId: string, entries: readonly JournalEntry[]): Promise<void> {
  let { number, hash } = await lockHead(sql, tenantId);
  const rows = entries.map((entry) => {
    number += 1;
    hash = linkOf(hash, number, entry);
    return rowOf(entry, number, hash);
  });
  for (const part of partsOf(rows))
    await sql.all(
      `INSERT INTO journal (tenant_id, number, at, operation_id, device_id, person_id, event, data, hash)
       VALUES ${tuples(part.length, columns)}`,
      part.flat(),
    );
  await sql.all('UPDATE chain SET number = $2, hash = $3 WHERE tenant_id = $1', [tenantId, number, hash]);
}

/** Adds these entries. The last thing to do in a transaction: until its end nobody else of the tenant can write any. */
export async function append(sql: Sql, entries: readonly JournalEntry[]): Promise<void> {
  const tenants = [...new Set(entries.map(({ tenantId }) => tenantId))].sort();
  for (const tenantId of tenants)
    await appendTo(
      sql,
      tenantId,
      entries.filter((entry) => entry.tenantId === tenantId),
    );
}

const page = 1_000;

/** The whole journal: tenant by tenant, each in the order in which it was written. */
export async function allEntries(engine: Engine): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let last: readonly [string, number] = ['', 0]; ;) {
    const rows = await engine.read<EntryRow>(
      `SELECT tenant_id, number, data FROM journal WHERE (tenant_id, number) > ($1, $2)
       ORDER BY tenant_id, number LIMIT ${page}`,
      last,
    );
    entries.push(...rows.map(entryOf));
    const end = rows.at(-1);
    if (!end || rows.length < page) return entries;
    last = [end.tenant_id, end.number];
  }
}

/** What is written about these operations, in the same order. */
export async function entriesOf(engine: Engine, operationIds: readonly string[]): Promise<readonly JournalEntry[]> {
  const rows: EntryRow[] = [];
  for (const part of partsOf([...new Set(operationIds)]))
    rows.push(
      ...(await engine.read<EntryRow>(
        `SELECT tenant_id, number, data FROM journal WHERE operation_id IN (${list(part.length)})`,
        part,
      )),
    );
  return rows.sort(byNumber).map(entryOf);
}
