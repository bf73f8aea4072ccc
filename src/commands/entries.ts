import type { Sql } from '../store/engine.ts';

/** Asks the database: alone, or within a transaction. */
export type Read = Sql['all'];

/** An entry as it is stored: its JSON, and what is found by. */
export interface JournalRow {
  readonly tenant_id: string;
  readonly number: number;
  readonly at: number;
  readonly operation_id: string | null;
  readonly device_id: string | null;
  readonly person_id: string;
  readonly event: string;
  readonly data: string;
  readonly hash: string;
}

/** Which tenants have entries or the head of a chain, in order. Jumps from one to the next along the index. */
export async function tenantsOf(read: Read): Promise<readonly string[]> {
  const tenants: string[] = [];
  for (let last: string | undefined; ;) {
    const beyond = last === undefined ? '' : 'WHERE tenant_id > $1';
    const [row] = await read<{ next: string | null }>(
      `SELECT MIN(tenant_id) AS next FROM (SELECT MIN(tenant_id) AS tenant_id FROM journal ${beyond}
         UNION ALL SELECT MIN(tenant_id) AS tenant_id FROM chain ${beyond}) AS both_of_them`,
      last === undefined ? [] : [last],
    );
    if (!row || row.next === null) return tenants;
    last = row.next;
    tenants.push(last);
  }
}

/** Numbers of entries, both included. */
export interface Numbers {
  readonly first: number;
  readonly last: number;
}

/** At or after `from`, before `to`; milliseconds. */
export interface Span {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Between which numbers the entries of that time are; undefined when there are none. */
export async function numbersOf(
  read: Read,
  tenantId: string,
  { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER }: Span,
): Promise<Numbers | undefined> {
  const [row] = await read<{ first: number | null; last: number | null }>(
    'SELECT MIN(number) AS first, MAX(number) AS last FROM journal WHERE tenant_id = $1 AND at >= $2 AND at < $3',
    [tenantId, from, to],
  );
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : undefined;
}

const size = 1_000;

/**
 * A tenant's entries in the order of their numbers, so few at once that memory never fills. Nothing but numbers is asked
 * for, so that both engines just walk along the key.
 */
export async function* pagesOf(
  read: Read,
  tenantId: string,
  { first, last }: Numbers,
): AsyncGenerator<readonly JournalRow[]> {
  for (let after = first - 1; ;) {
    const rows = await read<JournalRow>(
      `SELECT tenant_id, number, at, operation_id, device_id, person_id, event, data, hash FROM journal
       WHERE tenant_id = $1 AND number > $2 AND number <= $3 ORDER BY number LIMIT ${size}`,
      [tenantId, after, last],
    );
    const end = rows.at(-1);
    if (end) yield rows;
    if (!end || rows.length < size) return;
    after = end.number;
  }
}
