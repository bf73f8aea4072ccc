import { confirmedAt } from '../model/operation.ts';
import type { Operation } from '../model/operation.ts';
import type { Engine, Sql } from './engine.ts';
import { endedAt } from './operationRow.ts';
import { tuples } from './placeholders.ts';

/** Columns that came with schema 2 and are empty, though the operation says what belongs there. */
export const incomplete = `(action IS NULL OR confirmed_at IS NULL AND state IN ('claimed', 'running', 'finished')
  OR ended_at IS NULL AND state = 'finished')`;

const page = 500;

interface Found {
  readonly id: string;
  readonly data: string;
}

const types = ['TEXT', 'TEXT', 'BIGINT', 'BIGINT', 'TEXT'] as const;

async function complete(sql: Sql, rows: readonly Found[]): Promise<void> {
  const values = rows.map(({ id, data }) => {
    const operation = JSON.parse(data) as Operation;
    return [id, operation.action, confirmedAt(operation), endedAt(operation), operation.ticket];
  });
  await sql.all(
    `WITH o (id, action, confirmed_at, ended_at, ticket) AS (VALUES ${tuples(rows.length, types)})
     UPDATE operation SET action = o.action, confirmed_at = o.confirmed_at, ended_at = o.ended_at, ticket = o.ticket
     FROM o WHERE operation.id = o.id`,
    values.flat(),
  );
}

/** Fills one page after `last`; answers where the next one begins. */
async function completePage(sql: Sql, last: string): Promise<string | undefined> {
  const rows = await sql.all<Found>(
    `SELECT id, data FROM operation WHERE id > $1 AND ${incomplete} ORDER BY id LIMIT ${page} /*pg:FOR UPDATE*/`,
    [last],
  );
  if (rows.length > 0) await complete(sql, rows);
  return rows.length < page ? undefined : rows.at(-1)?.id;
}

/**
 * Fills the new columns of operations that come from schema 1, page by page. Not in SQL: PostgreSQL reads no JSON in which
 * somebody typed a NUL.
 */
export async function completeOperations(sql: Sql): Promise<void> {
  for (let last: string | undefined = ''; last !== undefined;) last = await completePage(sql, last);
}

/** The same for what a process of an older version has written since: to be done at each start, a page at a time. */
export async function completeLeftOver(engine: Engine): Promise<void> {
  for (let last: string | undefined = ''; last !== undefined;) {
    const from: string = last;
    last = await engine.transaction((sql) => completePage(sql, from));
  }
}
