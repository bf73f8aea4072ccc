import type pg from 'pg';
import type { Log } from '../ports.ts';
import { StoreFault } from '../storePort.ts';
import { dialectOf, plainOf } from './engine.ts';
import type { Engine, Sql, Value } from './engine.ts';
import { patiently } from './patience.ts';
import type { Patience } from './patience.ts';
import { isConflict, passes, postgresFault } from './postgresFault.ts';
import { poolOf, unlimited, usual } from './postgresPool.ts';
import type { Limits } from './postgresPool.ts';
import { beginTransaction, fateOf, isUndecided, OpenTransaction, withoutLimits } from './postgresTransaction.ts';
import type { Undecided } from './postgresTransaction.ts';

type Asked = pg.Pool | pg.PoolClient;

async function ask<R>(
  asked: Asked,
  text: string,
  values: readonly (Value | undefined)[] = [],
  limit: { readonly query_timeout?: number } = {},
): Promise<readonly R[]> {
  const own = dialectOf(text, 'pg');
  if (!own) return [];
  const { rows } = await asked.query({ text: own, values: values.map(plainOf), ...limit });
  return rows as R[];
}

const sqlOn = (client: pg.PoolClient, limit = {}): Sql => ({
  all: (text, values) => ask(client, text, values, limit),
});

async function unhurriedOn(client: pg.PoolClient): Promise<Sql> {
  await client.query(withoutLimits);
  return sqlOn(client, { query_timeout: unlimited });
}

const health = `SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now,
  current_setting('transaction_read_only') = 'on' AS "readOnly" FROM schema_version`;

class Postgres implements Engine {
  readonly shared = true;
  readonly #pool: pg.Pool;
  readonly #log: Log;
  readonly #patience: Patience;
  readonly #limits: Limits;
  #isAway = false;

  constructor(pool: pg.Pool, log: Log, patience: Patience, limits: Limits) {
    this.#limits = limits;
    this.#pool = pool;
    this.#log = log;
    this.#patience = patience;
    // Without a listener, a connection that breaks while nobody uses it ends the process.
    pool.on('error', (fault) => this.#lost(fault));
    pool.on('connect', (client) => client.on('error', (fault) => this.#lost(fault)));
  }

  read<R>(text: string, values?: readonly (Value | undefined)[]): Promise<readonly R[]> {
    return this.#patiently(() => ask<R>(this.#pool, text, values));
  }

  transaction<T>(work: (sql: Sql) => Promise<T>, how?: 'unhurried'): Promise<T> {
    return this.#patiently(async () => {
      const { answer, undecided } = await this.#run(work, how);
      if (undecided && (await this.#fateOf(undecided)) === 'aborted') throw undecided.fault;
      return answer;
    });
  }

  async probe(): Promise<number> {
    try {
      const [row] = await ask<{ now: number; readOnly: boolean }>(this.#pool, health);
      if (row?.readOnly) throw new StoreFault('readOnly', 'PostgreSQL: transactions are read-only');
      return row?.now ?? 0;
    } catch (fault) {
      throw postgresFault(fault);
    }
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #run<T>(work: (sql: Sql) => Promise<T>, how?: 'unhurried') {
    const client = await this.#pool.connect();
    const transaction = new OpenTransaction(client);
    try {
      const id = await beginTransaction(client, this.#limits.statement);
      const answer = await work(how === 'unhurried' ? await unhurriedOn(client) : sqlOn(client));
      return { answer, undecided: await transaction.commit(id) };
    } catch (fault) {
      await transaction.rollBack(fault);
      throw fault;
    } finally {
      transaction.release();
    }
  }

  /** Asked on another connection. As long as it is not known, nothing may be done a second time. */
  async #fateOf({ id, fault }: Undecided): Promise<'committed' | 'aborted'> {
    this.#lost(fault);
    try {
      return await patiently(
        () => fateOf(id, (text, values) => ask(this.#pool, text, values)),
        (why) => passes(why) || isUndecided(why),
        this.#patience,
      );
    } catch {
      throw new StoreFault('undecided', `PostgreSQL: it is not known whether transaction ${id.id} was committed`);
    }
  }

  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await patiently(work, (fault) => this.#passes(fault), this.#patience);
      if (this.#isAway) this.#log.info({}, 'the database answers again');
      this.#isAway = false;
      return result;
    } catch (fault) {
      throw postgresFault(fault);
    }
  }

  #passes(fault: unknown): boolean {
    const passing = passes(fault);
    if (passing && !isConflict(fault)) this.#lost(fault);
    return passing;
  }

  /** Said once, not for every connection and every try. */
  #lost(fault: unknown): void {
    if (!this.#isAway) this.#log.warn({ fault: String(fault) }, 'the database does not answer; trying again');
    this.#isAway = true;
  }
}

/** PostgreSQL at `url`. Connects when it is first asked. */
export const openPostgres = (url: string, log: Log, patience: Patience, limits = usual): Engine =>
  new Postgres(poolOf(url, limits), log, patience, limits);
