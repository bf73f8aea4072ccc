import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteFiles } from '../leaks/ledger.ts';
import { postgresFolder, startPostgres } from '../store/postgres.ts';

/** What the bot remembers in: an empty store. */
export interface Engine {
  /** The bot's variables that choose it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it, and takes away what it wrote. */
  stop(): Promise<void>;
}

export function sqliteEngine(): Engine {
  const folder = mkdtempSync(join(tmpdir(), 'device-desk-faults-'));
  return {
    environment: { DATA_DIR: folder },
    stop: async () => (noteFiles(folder), rmSync(folder, { recursive: true })),
  };
}

/** A PostgreSQL server of its own. Rejects where none is installed. */
export async function postgresEngine(): Promise<Engine> {
  const programs = postgresFolder();
  if (programs === undefined) throw new Error('PostgreSQL is not installed on this machine');
  const server = await startPostgres(programs);
  return { environment: { DATABASE_URL: server.url }, stop: () => server.remove() };
}

export const engines = { sqlite: sqliteEngine, postgres: postgresEngine } as const;
