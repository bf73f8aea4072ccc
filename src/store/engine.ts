/** What a column holds. `undefined` is written as NULL. */
export type Value = string | number | null;

/** Asks a database. The text is the same for both engines: `$1`, `$2` … stand for the values, in order. */
export interface Sql {
  /**
   * All rows that the statement answers; R is the caller's word for them. What only one engine understands stands in a
   * comment that begins with `pg:` or `sqlite:`; where nothing else is left for an engine, it is not asked.
   */
  all<R = Readonly<Record<string, Value>>>(
    text: string,
    values?: readonly (Value | undefined)[],
  ): Promise<readonly R[]>;
}

/** A database. Every fault of its own is told as `StoreFault`. */
export interface Engine {
  /** One statement that changes nothing, and may thus be asked again when the connection broke. */
  read: Sql['all'];
  /**
   * Everything that `work` does, or nothing. `work` may be called several times, when the engine had to begin anew, so it
   * must do nothing beside asking this `sql`; the answer is that of the run which was written. `unhurried`: each
   * statement, and each wait for a lock, may take as long as it takes.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>, how?: 'unhurried'): Promise<T>;
  /** Asks once, without patience, whether it works: the engine's own clock in milliseconds, where it has one. Throws. */
  probe(): Promise<number | undefined>;
  /** Other processes may work with the same data. */
  readonly shared: boolean;
  close(): Promise<void>;
}

/** The statement as this engine understands it: comments meant for it are opened, those for others are left out. */
export const dialectOf = (text: string, engine: 'pg' | 'sqlite'): string =>
  text.replace(/\/\*(pg|sqlite):(.*?)\*\//gsu, (_, name: string, own: string) => (name === engine ? own : '')).trim();

/** Neither engine keeps NUL characters in text as they are: PostgreSQL refuses them, SQLite may cut there. */
export const plainOf = (value: Value | undefined): Value =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : (value ?? null);
