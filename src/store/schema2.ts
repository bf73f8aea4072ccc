import { confirmedAt } from '../model/operation.ts';
import type { Operation } from '../model/operation.ts';
import type { Sql } from './engine.ts';
import { tuples } from './placeholders.ts';
import { openStates } from './schema.ts';

const id = 'TEXT /*pg:COLLATE "C"*/';

/** May be NULL: a process that does not know them yet may still be at work. */
const columns = [
  'ALTER TABLE operation ADD COLUMN action TEXT',
  'ALTER TABLE operation ADD COLUMN confirmed_at BIGINT',
  'ALTER TABLE operation ADD COLUMN ticket TEXT',
];

const page = 500;

interface Found {
  readonly id: string;
  readonly data: string;
}

async function complete(sql: Sql, rows: readonly Found[]): Promise<void> {
  const values = rows.map(({ id: key, data }) => {
    const operation = JSON.parse(data) as Operation;
    return [key, operation.action, confirmedAt(operation), operation.ticket];
  });
  await sql.all(
    `WITH o (id, action, confirmed_at, ticket) AS (VALUES ${tuples(rows.length, ['TEXT', 'TEXT', 'BIGINT', 'TEXT'])})
     UPDATE operation SET action = o.action, confirmed_at = o.confirmed_at, ticket = o.ticket
     FROM o WHERE operation.id = o.id`,
    values.flat(),
  );
}

/**
 * Fills the new columns of operations that come from schema 1, page by page. Not in SQL: PostgreSQL reads no JSON in which
 * somebody typed a NUL.
 */
export async function completeOperations(sql: Sql): Promise<void> {
  for (let last = ''; ;) {
    const rows = await sql.all<Found>(
      `SELECT id, data FROM operation WHERE id > $1 AND action IS NULL ORDER BY id LIMIT ${page}`,
      [last],
    );
    const end = rows.at(-1);
    if (end) await complete(sql, rows);
    if (!end || rows.length < page) return;
    last = end.id;
  }
}

/** PostgreSQL puts two indexes together to find what a person has open; SQLite would go through all they ever asked for. */
const indexes = [
  `/*sqlite:CREATE INDEX operation_open_of_asker ON operation (asker_id, asked_at, id) WHERE ${openStates}*/`,
  'CREATE INDEX operation_confirmed ON operation (asker_id, confirmed_at, action) WHERE confirmed_at IS NOT NULL',
  'CREATE INDEX operation_newest ON operation (asked_at, id)',
  'CREATE INDEX operation_of_ticket ON operation (ticket, asked_at, id) WHERE ticket IS NOT NULL',
  `CREATE INDEX operation_open_newest ON operation (asked_at, id) WHERE ${openStates}`,
];

/** `next_at` is when a summary is to be told; `due_at` is the same, or until when `owner` has leased it. */
const subscriptions = [
  `CREATE TABLE subscription (
    id ${id} PRIMARY KEY, base ${id} NOT NULL, next_at BIGINT, due_at BIGINT, owner TEXT, at BIGINT NOT NULL,
    data TEXT NOT NULL)`,
  'CREATE INDEX subscription_of_base ON subscription (base, at, id)',
  'CREATE INDEX subscription_due ON subscription (due_at, id) WHERE due_at IS NOT NULL',
];

/** `at` is when it was first told of, `used_at` when it was changed last. */
const notices = [
  `CREATE TABLE notice (
    base ${id} NOT NULL, about ${id} NOT NULL, wish BIGINT NOT NULL, due BIGINT NOT NULL, card TEXT, at BIGINT NOT NULL,
    used_at BIGINT NOT NULL, PRIMARY KEY (base, about))`,
  'CREATE INDEX notice_due ON notice (base, at, about) WHERE due = 1',
  'CREATE INDEX notice_on_card ON notice (base, card, at, about) WHERE card IS NOT NULL',
  'CREATE INDEX notice_clean ON notice (used_at) WHERE due = 0',
];

/** `at` is when we learnt of its state. */
const elsewhere = [
  `CREATE TABLE elsewhere (
    id ${id} PRIMARY KEY, device_id TEXT NOT NULL, at BIGINT NOT NULL, state TEXT NOT NULL, data TEXT NOT NULL)`,
  'CREATE INDEX elsewhere_at ON elsewhere (at)',
];

const secrets = [`CREATE TABLE secret (operation_id ${id} PRIMARY KEY, sealed TEXT NOT NULL, at BIGINT NOT NULL)`];

export const schema2: readonly (string | ((sql: Sql) => Promise<void>))[] = [
  ...columns,
  completeOperations,
  ...indexes,
  ...subscriptions,
  ...notices,
  ...elsewhere,
  ...secrets,
];
