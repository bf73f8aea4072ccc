import pg from 'pg';

const seconds = 1_000;

/** Times and counts are BIGINT, and far below 2^53. Only for this pool: `pg` keeps its parsers for the whole process. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Milliseconds. */
export interface Limits {
  /** For one statement, by the server's clock. */
  readonly statement: number;
  /** For its answer: longer, for it is there for a server that says nothing at all. */
  readonly answer: number;
}

export const usual: Limits = { statement: 15 * seconds, answer: 20 * seconds };

/** As long as it takes; `pg` takes 0 for the usual. */
export const unlimited = 24 * 3_600 * seconds;

export const poolOf = (url: string, { answer }: Limits) =>
  new pg.Pool({
    connectionString: url,
    types,
    max: 10,
    keepAlive: true,
    fallback_application_name: 'device-desk',
    connectionTimeoutMillis: 5 * seconds,
    query_timeout: answer,
    idleTimeoutMillis: 60 * seconds,
    maxLifetimeSeconds: 30 * 60,
  });
