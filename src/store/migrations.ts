import type { Engine, Sql } from './engine.ts';
import { schema1 } from './schema.ts';
import { schema2 } from './schema2.ts';
import { StoreStartFault } from './startFault.ts';

/** A statement, or what no single statement can do. */
type Step = string | ((sql: Sql) => Promise<void>);

/** What makes each version of the schema out of the one before; the first makes it out of nothing. Never change one that was released. */
const migrations: readonly (readonly Step[])[] = [schema1, schema2];

/** Any number, the same for everyone who migrates. */
const lock = `/*pg:SELECT pg_advisory_xact_lock(728305114)*/`;

async function versionOf(sql: Sql): Promise<number> {
  await sql.all('CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)');
  const [row] = await sql.all<{ version: number }>('SELECT version FROM schema_version');
  if (!row) await sql.all('INSERT INTO schema_version (version) VALUES (0)');
  return row?.version ?? 0;
}

/**
 * Brings the schema up to what this program knows; whole, or not at all, and however long that takes in a database that
 * is large. Refuses a newer one.
 */
export const migrate = (engine: Engine, known = migrations): Promise<void> =>
  engine.transaction(async (sql) => {
    await sql.all(lock);
    const version = await versionOf(sql);
    if (version > known.length)
      throw new StoreStartFault(
        `the database was last used by a newer Device Desk (its schema has version ${version}, this one knows ${known.length}). Start that newer one, or give this one a database of its own.`,
      );
    for (const step of known.slice(version).flat()) await (typeof step === 'string' ? sql.all(step) : step(sql));
    if (version < known.length) await sql.all('UPDATE schema_version SET version = $1', [known.length]);
  }, 'unhurried');
