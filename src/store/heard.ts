import type { Instant } from '../model/person.ts';
import type { Sql } from './engine.ts';

const day = 86_400_000;

/** Teams repeats a delivery within minutes; after this long nobody asks any more. */
const remembered = 2 * day;

/** True for the first who names this origin. Where two do so at once, the second waits until the first is written. */
export async function hear(sql: Sql, origin: string, at: Instant): Promise<boolean> {
  const rows = await sql.all('INSERT INTO heard (origin, at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING origin', [
    origin,
    at,
  ]);
  return rows.length > 0;
}

export const forgetHeard = (sql: Sql, now: Instant) =>
  sql.all(`DELETE FROM heard WHERE origin IN (SELECT origin FROM heard WHERE at < $1 /*pg:FOR UPDATE SKIP LOCKED*/)`, [
    now - remembered,
  ]);
