import { randomUUID } from 'node:crypto';
import { isNativeError } from 'node:util/types';
import type { PoolClient, QueryResult } from 'pg';
import type { Sql } from './engine.ts';
import { StoreFault } from '../storePort.ts';
import { codeOf, passes } from './postgresFault.ts';

/**
 * In one round trip. Limits are set per transaction, not per connection, so that a pooler may stand between: so many
 * milliseconds for one statement; and a process that died with a transaction open holds its locks no longer than 30 s.
 */
const begin = (mark: string, statement: number) => `BEGIN; SET LOCAL statement_timeout = ${statement};
  SET LOCAL idle_in_transaction_session_timeout = 30000;
  INSERT INTO commit_mark (id, at) VALUES ('${mark}', CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT));
  SELECT pg_current_xact_id()::text AS id`;

/**
 * Where each transaction leaves a mark of its own. It must be there before any transaction begins, the schema's included.
 * @see `fateOf`
 */
export const commitMarks = `BEGIN; SELECT pg_advisory_xact_lock(728305115);
  CREATE TABLE IF NOT EXISTS commit_mark (id TEXT PRIMARY KEY, at BIGINT NOT NULL); COMMIT`;

/** By which the fate of a transaction can be asked. */
export interface TransactionId {
  /** PostgreSQL's own; after a crash another transaction may have the same. */
  readonly id: string;
  readonly mark: string;
}

/** For a transaction that may take as long as it takes, whatever the server or the role sets otherwise. */
export const withoutLimits = 'SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0';

/** Begins a transaction; `statement`: milliseconds that one statement in it may take. */
export async function beginTransaction(client: PoolClient, statement: number): Promise<TransactionId> {
  const mark = randomUUID();
  const results = (await client.query(begin(mark, statement))) as unknown as readonly QueryResult<{ id: string }>[];
  const id = results.at(-1)?.rows[0]?.id;
  if (id === undefined) throw new Error('BEGIN answered no transaction id');
  return { id, mark };
}

/** A COMMIT without an answer: it may have been done. */
export interface Undecided {
  readonly id: TransactionId;
  readonly fault: unknown;
}

/** After a statement that the server refused, or a fault of our own, the connection still works. */
const leavesItUsable = (fault: unknown): boolean =>
  /^(?:22|23|40|42|P0|55|57014)/u.test(codeOf(fault)) || (codeOf(fault) === '' && !passes(fault));

/** A connection with a transaction on it, until it is given back. */
export class OpenTransaction {
  readonly #client: PoolClient;
  /** Not to be used again. */
  #broken: Error | undefined;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** Undefined when it was committed. */
  async commit(id: TransactionId): Promise<Undecided | undefined> {
    try {
      const { command } = await this.#client.query('COMMIT');
      if (command === 'COMMIT') return undefined;
      return { id, fault: new StoreFault('unexpected', `PostgreSQL: COMMIT was answered with ${command}`) };
    } catch (fault) {
      this.#broken = asError(fault);
      return { id, fault };
    }
  }

  async rollBack(fault: unknown): Promise<void> {
    if (!leavesItUsable(fault)) this.#broken = asError(fault);
    if (this.#broken) return;
    try {
      await this.#client.query('ROLLBACK');
    } catch (why) {
      this.#broken = asError(why);
    }
  }

  release(): void {
    this.#client.release(this.#broken);
  }
}

const asError = (fault: unknown): Error => (isNativeError(fault) ? fault : new Error(String(fault)));

class StillOpen extends Error {}

export const isUndecided = (fault: unknown): boolean => fault instanceof StillOpen;

/** PostgreSQL knows no such transaction (yet): nothing of it outlived a crash. */
const isOfTheFuture = (fault: unknown): boolean => codeOf(fault) === '22023';

async function statusOf(id: string, ask: Sql['all']): Promise<string | null> {
  try {
    const [row] = await ask<{ status: string | null }>('SELECT pg_xact_status(CAST($1 AS xid8)) AS status', [id]);
    return row?.status ?? null;
  } catch (fault) {
    if (isOfTheFuture(fault)) return null;
    throw fault;
  }
}

/**
 * What became of a transaction. Throws while it is still under way, which `isUndecided` tells apart. Only its mark tells
 * whether it was committed: the number of one that a crash undid is given to another afterwards, and its status then is
 * that of the other one.
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
export async function fateOf({ id, mark }: TransactionId, ask: Sql['all']): Promise<'committed' | 'aborted'> {
  if ((await statusOf(id, ask)) === 'in progress') throw new StillOpen();
  const rows = await ask('SELECT id FROM commit_mark WHERE id = $1', [mark]);
  return rows.length > 0 ? 'committed' : 'aborted';
}
