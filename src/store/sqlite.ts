import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreFault } from '../storePort.ts';
import { dialectOf, plainOf } from './engine.ts';
import type { Engine, Sql, Value } from './engine.ts';
import { loadSqlite } from './nodeSqlite.ts';
import { sqliteFault } from './sqliteFault.ts';
import { Turns } from './turns.ts';

interface Prepared {
  readonly statement: StatementSync;
  /** The numbers of the placeholders, as they follow each other. */
  readonly order: readonly number[];
}

/** Statements differ by the number of rows they write, so there is no end to them. */
const mostPrepared = 300;

/**
 * Exclusive before WAL, so that the lock is taken for as long as the file is open and no shared memory is needed;
 * FULL, so that what was answered outlives a power cut.
 */
const settings = ['locking_mode = EXCLUSIVE', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'];

class Sqlite implements Engine {
  readonly shared = false;
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Prepared>();
  readonly #turns = new Turns();
  readonly #sql: Sql = {
    all: async <R>(text: string, values?: readonly (Value | undefined)[]) => this.#all<R>(text, values),
  };

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  read<R>(text: string, values?: readonly (Value | undefined)[]): Promise<readonly R[]> {
    return this.#turn(() => this.#all<R>(text, values));
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#turn(async () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = await work(this.#sql);
        this.#database.exec('COMMIT');
        return result;
      } catch (fault) {
        this.#rollBack();
        throw fault;
      }
    });
  }

  async probe(): Promise<undefined> {
    await this.read('SELECT version FROM schema_version');
  }

  close(): Promise<void> {
    return this.#turns.take(() => {
      if (this.#database.isOpen) this.#database.close();
    });
  }

  /** One connection: without turns, what others ask would slip into an open transaction. */
  #turn<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      if (!this.#database.isOpen) throw new StoreFault('unreachable', 'SQLite: the database is closed');
      try {
        return await work();
      } catch (fault) {
        throw sqliteFault(fault);
      }
    });
  }

  #all<R>(text: string, values: readonly (Value | undefined)[] = []): readonly R[] {
    const prepared = this.#prepare(text);
    if (!prepared) return [];
    return prepared.statement.all(...prepared.order.map((number) => plainOf(values[number - 1]))) as R[];
  }

  #prepare(text: string): Prepared | undefined {
    const known = this.#prepared.get(text);
    if (known) return known;
    const order: number[] = [];
    const own = dialectOf(text, 'sqlite').replace(/\$(\d+)/gu, (_, number: string) => {
      order.push(Number(number));
      return '?';
    });
    if (!own) return undefined;
    if (this.#prepared.size >= mostPrepared) this.#prepared.clear();
    const prepared = { statement: this.#database.prepare(own), order };
    this.#prepared.set(text, prepared);
    return prepared;
  }

  /** After some faults SQLite has done it by itself. */
  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // No transaction is open any more, which is what was wanted.
    }
  }
}

export interface SqliteOptions {
  /** The most pages of 4096 bytes that the file may have; for tests of a full disk. */
  readonly mostPages?: number;
}

/** Opens the file at `path`, or `:memory:`, for this process alone. Throws Node's SQLite error as it is. */
export function openSqlite(path: string, options: SqliteOptions = {}): Engine {
  const database = new (loadSqlite().DatabaseSync)(path);
  try {
    for (const setting of settings) database.exec(`PRAGMA ${setting}`);
    if (options.mostPages !== undefined) database.exec(`PRAGMA max_page_count = ${options.mostPages}`);
    return new Sqlite(database);
  } catch (fault) {
    database.close();
    throw fault;
  }
}
