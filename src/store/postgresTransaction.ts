import { isNativeError } from 'node:util/types';
import type { PoolClient, QueryResult } from 'pg';
import type { Sql } from './engine.ts';
import { StoreFault } from '../storePort.ts';
import { codeOf, passes } from './postgresFault.ts';

/**
 * In one round trip. Limits are set per transaction, not per connection, so that a pooler may stand between: 15 s for one
 * statement; and a process that died with a transaction open holds its locks no longer than 30 s.
 */
const begin = `BEGIN; SET LOCAL statement_timeout = 15000; SET LOCAL idle_in_transaction_session_timeout = 30000;
  SELECT pg_current_xact_id()::text AS id`;

/** Begins a transaction; answers its id, by which its fate can be asked. */
export async function beginTransaction(client: PoolClient): Promise<string> {
  const results = (await client.query(begin)) as unknown as readonly QueryResult<{ id: string }>[];
  const id = results.at(-1)?.rows[0]?.id;
  if (id === undefined) throw new Error('BEGIN answered no transaction id');
  return id;
}

/** A COMMIT without an answer: it may have been done. */
export interface Undecided {
  readonly id: string;
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
  async commit(id: string): Promise<Undecided | undefined> {
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

/**
 * What became of a transaction. Throws while it is still under way, which `isUndecided` tells apart.
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
export async function fateOf(id: string, ask: Sql['all']): Promise<'committed' | 'aborted'> {
  const [row] = await ask<{ status: string | null }>('SELECT pg_xact_status(CAST($1 AS xid8)) AS status', [id]);
  const status = row?.status;
  if (status === 'committed' || status === 'aborted') return status;
  if (status === 'in progress') throw new StillOpen();
  throw new Error(`the fate of transaction ${id} is forgotten`);
}
