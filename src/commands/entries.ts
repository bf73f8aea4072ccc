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

/** Which entries: at or after `from`, before `to` (milliseconds), and none that was written after the number `upTo`. */
export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly upTo?: number | undefined;
}

/** The plus keeps both engines from the index on times: they would sort the whole range anew for every page. */
const page = `
  SELECT tenant_id, number, at, operation_id, device_id, person_id, event, data, hash FROM journal
  WHERE tenant_id = $1 AND number > $2 AND number <= $3 AND +at >= $4 AND +at < $5 ORDER BY number LIMIT $6`;

/** A tenant's entries, in the order of their numbers, so few at once that memory never fills. */
export async function* pagesOf(
  read: Read,
  tenantId: string,
  { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER, upTo = Number.MAX_SAFE_INTEGER }: Range = {},
  size = 1_000,
): AsyncGenerator<readonly JournalRow[]> {
  for (let last: number = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await read<JournalRow>(page, [tenantId, last, upTo, from, to, size]);
    const end = rows.at(-1);
    if (end) yield rows;
    if (!end || rows.length < size) return;
    last = end.number;
  }
}
