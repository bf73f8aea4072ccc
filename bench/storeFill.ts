import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { confirmedAt } from '../src/model/operation.ts';
import type { Operation } from '../src/model/operation.ts';
import { openStore } from '../src/store/open.ts';
import { endedAt } from '../src/store/operationRow.ts';
import type { Where } from '../src/store/open.ts';
import { claimed, entryOf, people, proposed, running, slimFinished } from './storeOperations.ts';

/** What a store is to be full of before anything is measured. */
export interface Filling {
  /** Under way, each on a device of its own; looked for a few times already. */
  readonly open: number;
  /** Over, each with one line in the journal. */
  readonly finished: number;
  /** When the first is to be looked for. */
  readonly first: number;
  /** Milliseconds after which the next one is. */
  readonly step: number;
}

export type Durable = Exclude<Where, { is: 'memory' }>;

/** What is written in place of each row's own. */
const key = '@KEY@';
const who = '@W@';
const look = 1_234_567_890_123;

const quoted = (value: unknown): string =>
  `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;

/** Both engines understand it. Keys come in no order, as ids do. */
const numbers = (first: number, count: number) => `WITH RECURSIVE n (i) AS (
    SELECT CAST(${first} AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${first + count}),
  k (i, k, w) AS (
    SELECT i, CAST(1000000000 + (i * 2654435761) % 4294967296 AS TEXT), CAST(100 + i % ${people} AS TEXT) FROM n)`;

const own = (template: string, lookAt: string) =>
  `replace(replace(replace(${quoted(template)}, '${key}', k), '${who}', w), '${look}', CAST(${lookAt} AS TEXT))`;

function operations(template: Operation, first: number, count: number, lookAt: string): string {
  const { id, asker, device, version, state, askedAt, action } = template;
  const at = (time: number | undefined) => (time === undefined ? 'NULL' : `${time} - i`);
  const text = (value: string) => own(value, '0');
  return `${numbers(first, count)} INSERT INTO operation
    (id, version, tenant_id, device_id, asker_id, state, asked_at, look_at, chore_at, owner, offer, action,
      confirmed_at, ended_at, data)
    SELECT ${text(id)}, ${version}, ${quoted(asker.tenantId)}, ${text(device.id)}, ${text(asker.id)},
      ${quoted(state.is)}, ${askedAt} - i, ${state.is === 'running' ? lookAt : 'NULL'}, NULL, NULL, NULL,
      ${quoted(action)}, ${at(confirmedAt(template) ?? askedAt)}, ${at(endedAt(template))},
      ${own(JSON.stringify(template), state.is === 'running' ? lookAt : '0')} FROM k`;
}

function entries(template: Operation, first: number, count: number): readonly string[] {
  const entry = entryOf('finished', template, 'done');
  const hash = quoted('0'.repeat(64));
  return [
    `${numbers(first, count)} INSERT INTO journal
      (tenant_id, number, at, operation_id, device_id, person_id, event, data, hash)
      SELECT ${quoted(entry.tenantId)}, i - ${first - 1}, ${entry.at} + i, ${own(template.id, '0')},
        ${own(template.device.id, '0')}, '', 'finished', ${own(JSON.stringify(entry), '0')}, ${hash} FROM k`,
    `INSERT INTO chain (tenant_id, number, hash) VALUES (${quoted(entry.tenantId)}, ${count}, ${hash})`,
  ];
}

const identity = { id: `${key}-changeAsgmt`, deviceId: `${key}-0a58-4f26-8f0c-5b2a3f1d7c01`, who };
/** Numbers of finished ones begin here. */
const above = 10_000_000;

/** The statements that fill an empty store. */
function statementsFor({ open, finished, first, step }: Filling): readonly string[] {
  const version = { version: 7 };
  const under = { ...running(claimed(proposed(identity)), look, 6), ...version };
  const over = { ...slimFinished(identity), ...version };
  return [
    operations(under, 0, open, `${first} + i * ${step}`),
    ...(finished > 0 ? [operations(over, above, finished, 'NULL'), ...entries(over, above, finished)] : []),
  ];
}

function fillFile(folder: string, statements: readonly string[]): void {
  const path = join(folder, 'desk.db');
  const database = new DatabaseSync(path);
  for (const setting of ['journal_mode = WAL', 'synchronous = OFF', 'cache_size = -200000'])
    database.exec(`PRAGMA ${setting}`);
  database.exec(['BEGIN', ...statements, 'COMMIT', 'PRAGMA wal_checkpoint(TRUNCATE)'].join(';\n'));
  database.close();
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** Where autovacuum would get to by itself, and a checkpoint, so that neither is paid for by what comes next. */
async function fillServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const statement of ['BEGIN', ...statements, 'COMMIT', 'VACUUM (ANALYZE)', 'CHECKPOINT'])
    await client.query(statement);
  await client.end();
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Makes the schema as the bot does, and fills it by SQL in one transaction, without the store. */
export async function fill(where: Durable, filling: Filling): Promise<void> {
  const store = await openStore(where, { now: Date.now }, silent);
  await store.close();
  const statements = statementsFor(filling);
  await (where.is === 'sqlite' ? fillFile(where.folder, statements) : fillServer(where.url, statements));
}

/** Bytes on disk of everything: rows, indexes, and what neither uses. */
export async function bytesOf(where: Durable): Promise<number> {
  if (where.is === 'sqlite') return statSync(join(where.folder, 'desk.db')).size;
  const client = new pg.Client(where.url);
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>('SELECT pg_database_size(current_database()) AS bytes');
  await client.end();
  return Number(rows[0]?.bytes);
}

/** Bytes of JSON of one operation that is open, and of one that is over. */
export const sizes = {
  open: JSON.stringify(running(claimed(proposed(identity)), look, 6)).length,
  finished: JSON.stringify(slimFinished(identity)).length,
};
