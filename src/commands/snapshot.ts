import type { Engine, Sql } from '../store/engine.ts';
import { notDone } from './fault.ts';

/**
 * Reads the store as it is at one moment, whatever others write meanwhile. A transaction of the engine's has asked
 * something by the time we get it, and its isolation can only be set before: so that one is ended, and another begun in
 * its place, which the engine then ends. SQLite lets nobody else write anyway.
 */
export function snapshot<T>(engine: Engine, work: (sql: Sql) => Promise<T>): Promise<T> {
  let begun = false;
  return engine.transaction(async (sql) => {
    // What was read is written down already, and cannot be read a second time.
    if (begun) throw notDone('The connection to the database broke. Nothing was written; try again.');
    begun = true;
    await sql.all('/*pg:COMMIT*/');
    await sql.all('/*pg:BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY*/');
    return work(sql);
  });
}
