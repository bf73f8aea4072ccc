import type { Clock, Log } from '../ports.ts';
import { completeLeftOver } from './completion.ts';
import type { Engine } from './engine.ts';
import { prepareFolder } from './folder.ts';
import { migrate } from './migrations.ts';
import { patience } from './patience.ts';
import type { Patience } from './patience.ts';
import { openSqlite } from './sqlite.ts';
import { sqliteStartFault } from './sqliteFault.ts';
import { storeOn } from './store.ts';

/** Where things are remembered. `memory`: nowhere for long. `sqlite`: a file in this folder, for one process. */
export type Where =
  | { readonly is: 'memory' }
  | { readonly is: 'sqlite'; readonly folder: string }
  | { readonly is: 'postgres'; readonly url: string };

/** The store on an SQL database; its journal can be read, too. */
export type SqlStore = ReturnType<typeof storeOn>;

/** Versions before it can damage a file that several connections write to; ours has one. */
const soundSince = '3.51.3';

const isOlder = (version: string): boolean =>
  version.localeCompare(soundSince, 'en', { numeric: true, sensitivity: 'base' }) < 0;

async function migrated(engine: Engine): Promise<Engine> {
  try {
    await migrate(engine);
    await completeLeftOver(engine);
    return engine;
  } catch (fault) {
    await engine.close();
    throw fault;
  }
}

async function openFile(folder: string, log: Log): Promise<Engine> {
  try {
    return await migrated(openSqlite(await prepareFolder(folder, log)));
  } catch (fault) {
    throw sqliteStartFault(fault, folder);
  }
}

async function warnOfAge(engine: Engine, log: Log): Promise<void> {
  const [row] = await engine.read<{ version: string }>('SELECT sqlite_version() AS version');
  if (row && isOlder(row.version))
    log.warn({ version: row.version, soundSince }, 'this Node brings an old SQLite; a newer Node is safer');
}

/**
 * The database, with its schema up to date. `howLong` is for what passes by itself. Throws `StoreStartFault` where a person
 * can mend what is wrong.
 */
export async function openEngine(where: Where, log: Log, howLong: Patience = patience): Promise<Engine> {
  switch (where.is) {
    case 'memory':
      return migrated(openSqlite(':memory:'));
    case 'sqlite':
      return openFile(where.folder, log);
    case 'postgres':
      // Loaded only where it is used: the embedded database needs none of it.
      return (await import('./openPostgres.ts')).openServer(where.url, log, howLong);
  }
}

/**
 * Opens the store, and brings its schema up to date. Throws `StoreStartFault` where a person can mend what is wrong.
 */
export async function openStore(where: Where, clock: Clock, log: Log): Promise<SqlStore> {
  const engine = await openEngine(where, log);
  if (where.is === 'sqlite') await warnOfAge(engine, log);
  return storeOn(engine, clock, log);
}
