import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type EngineName = 'sqlite' | 'postgres';

/** What the bot remembers in. */
export interface Engine {
  /** The bot's variables that choose it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it, and takes away what it wrote. */
  stop(): Promise<void>;
}

/** An empty store of this kind. Rejects where PostgreSQL is not installed. */
export async function startEngine(name: EngineName): Promise<Engine> {
  if (name === 'postgres') {
    const { startPostgres } = await import('../store/postgres.ts');
    const server = await startPostgres();
    return { environment: { DATABASE_URL: server.url }, stop: () => server.stop() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'device-desk-faults-'));
  return {
    environment: { DATA_DIR: folder },
    stop: async () => rmSync(folder, { recursive: true }),
  };
}
