import pg from 'pg';
import type { Log } from '../ports.ts';
import { completeLeftOver } from './completion.ts';
import type { Engine } from './engine.ts';
import { migrate } from './migrations.ts';
import type { Patience } from './patience.ts';
import { openPostgres } from './postgres.ts';
import { postgresStartFault } from './postgresFault.ts';
import type { Target } from './postgresFault.ts';
import { commitMarks } from './postgresTransaction.ts';
import { StoreStartFault } from './startFault.ts';

/** `pg_current_xact_id` came with it. */
const oldest = 130_000;

function targetOf(url: string): Target {
  try {
    if (!/^(?:postgres|postgresql|socket):/u.test(url)) throw new Error('another protocol');
    const { user, host, port, database } = new pg.Client({ connectionString: url });
    return { user, host, port, database };
  } catch {
    // What was thrown may hold the password.
    throw new StoreStartFault('DATABASE_URL has to look like postgres://user:password@host:5432/database.');
  }
}

async function checkServer(engine: Engine, { host, port, database }: Target): Promise<void> {
  const [row] = await engine.read<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding`,
  );
  const server = `PostgreSQL at ${host}:${port}`;
  if (Number(row?.version) < oldest)
    throw new StoreStartFault(`${server} is older than version 13. Point DATABASE_URL to a newer one.`);
  if (row?.encoding !== 'UTF8')
    throw new StoreStartFault(
      `the database ${database} of ${server} keeps text as ${row?.encoding}, which cannot hold everybody's name. Create one with ENCODING 'UTF8'.`,
    );
}

/** PostgreSQL with the schema up to date. Throws `StoreStartFault` where a person can mend what is wrong. */
export async function openServer(url: string, log: Log, patience: Patience): Promise<Engine> {
  const target = targetOf(url);
  const engine = openPostgres(url, log, patience);
  try {
    await checkServer(engine, target);
    await engine.read(commitMarks);
    await migrate(engine);
    await completeLeftOver(engine);
    return engine;
  } catch (fault) {
    await engine.close();
    throw postgresStartFault(fault, target);
  }
}
