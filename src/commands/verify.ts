import { beginning } from '../store/chain.ts';
import { pagesOf, tenantsOf } from './entries.ts';
import type { Read } from './entries.ts';
import { flawIn } from './flaw.ts';
import type { Link } from './flaw.ts';

/** A tenant's journal after it was walked from its first entry to its last. */
export interface Whole {
  readonly is: 'whole';
  readonly tenantId: string;
  readonly head: Link;
  /** Times of the first and the newest entry; milliseconds. */
  readonly first: number;
  readonly last: number;
}

export type Verified = Whole | { readonly is: 'broken'; readonly tenantId: string; readonly why: string };

interface End {
  readonly number: number | null;
  readonly hash: string | null;
  readonly oldest: number | null;
  readonly newest: number | null;
  readonly count: number;
}

/** In one statement, so that all parts are of the same moment, also while somebody writes. */
async function endOf(read: Read, tenantId: string): Promise<End> {
  const [end] = await read<End>(
    `SELECT (SELECT number FROM chain WHERE tenant_id = $1) AS number,
       (SELECT hash FROM chain WHERE tenant_id = $1) AS hash,
       (SELECT MIN(number) FROM journal WHERE tenant_id = $1) AS oldest,
       (SELECT MAX(number) FROM journal WHERE tenant_id = $1) AS newest,
       (SELECT COUNT(*) FROM journal WHERE tenant_id = $1) AS count`,
    [tenantId],
  );
  if (!end) throw new Error('a count without an answer');
  return end;
}

function flawAtEnd(end: End, last: Link): string | undefined {
  if (end.number === null) return 'the head of the chain is missing';
  if (end.number > last.number)
    return `the head of the chain is at entry ${end.number}, but the newest entry is ${last.number}: the end was cut off`;
  if (end.number < last.number)
    return `the head of the chain is at entry ${end.number}, but entries go on to ${last.number}`;
  if (end.hash !== last.hash) return `the head of the chain has another hash than entry ${last.number}`;
  return end.count === last.number ? undefined : `there are ${end.count} entries, but ${last.number} numbers`;
}

/** Walks one tenant's journal; what is written meanwhile is left for the next time. */
async function verifyTenant(read: Read, tenantId: string): Promise<Verified> {
  const end = await endOf(read, tenantId);
  let head: Link = { number: 0, hash: beginning };
  let [first, last] = [0, 0];
  for await (const rows of pagesOf(read, tenantId, { first: end.oldest ?? 1, last: end.newest ?? 0 })) {
    for (const row of rows) {
      const why = flawIn(row, head);
      if (why) return { is: 'broken', tenantId, why };
      if (head.number === 0) first = row.at;
      last = row.at;
      head = { number: row.number, hash: row.hash };
    }
  }
  const why = flawAtEnd(end, head);
  return why ? { is: 'broken', tenantId, why } : { is: 'whole', tenantId, head, first, last };
}

/** Walks every tenant's journal, page by page: numbers, hashes, columns, and the head of the chain. */
export async function* verifyJournal(read: Read): AsyncGenerator<Verified> {
  for (const tenantId of await tenantsOf(read)) yield await verifyTenant(read, tenantId);
}
