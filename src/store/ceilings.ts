import type { Operation } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import { covers } from '../model/policy.ts';
import type { Ceiling, Confirmed } from '../storePort.ts';
import type { Engine, Sql } from './engine.ts';

/**
 * From here on nobody else confirms anything for this person under a ceiling; to be taken before any other lock. The first
 * number is ours alone, away from those of the migrations.
 */
export const lockAsker = (sql: Sql, personId: string) =>
  sql.all(`/*pg:SELECT pg_advisory_xact_lock(728305116, hashtext($1))*/`, [personId]);

/** What this person asked for and confirmed since then, newest first. */
export const confirmedSince = (
  engine: Pick<Engine, 'read'>,
  personId: string,
  since: Instant,
): Promise<readonly Confirmed[]> =>
  engine.read<Confirmed>(
    `SELECT action, confirmed_at AS at FROM operation WHERE asker_id = $1 AND confirmed_at >= $2
     ORDER BY confirmed_at DESC, id DESC`,
    [personId, since],
  );

/** The first of these ceilings that confirming this operation, too, would go beyond. */
export async function ceilingHit(
  sql: Sql,
  { id, asker, action }: Operation,
  ceilings: readonly Ceiling[],
): Promise<Ceiling | undefined> {
  if (ceilings.length === 0) return undefined;
  const others = await sql.all<Confirmed>(
    `SELECT action, confirmed_at AS at FROM operation WHERE asker_id = $1 AND confirmed_at >= $2 AND id <> $3`,
    [asker.id, Math.min(...ceilings.map(({ since }) => since)), id],
  );
  return ceilings.find(({ actions, since, most }) => {
    const before = others.filter((other) => other.at >= since && covers(actions, other.action)).length;
    return before + Number(covers(actions, action)) > most;
  });
}
