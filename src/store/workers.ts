import type { Instant } from '../model/person.ts';
import type { Backing } from './backing.ts';
import type { Sql } from './engine.ts';

/** Milliseconds between two signs of life, and without one, after which a process is taken for dead. */
const beatEvery = 3_000;
const longestSilence = 15_000;
/** Further ahead no lease reaches, so that not all operations need be looked through. */
const farthest = 10 * 60_000;

/** Leases of those who are not among the living: what they held is due now. */
const releases = [
  `UPDATE operation SET look_at = $1, owner = NULL WHERE look_at > $1 AND look_at <= $2 AND owner IS NOT NULL
     AND owner NOT IN (SELECT owner FROM worker)`,
  `UPDATE operation SET chore_at = $1, chore_owner = NULL WHERE chore_at > $1 AND chore_at <= $2
     AND chore_owner IS NOT NULL AND chore_owner NOT IN (SELECT owner FROM worker)`,
  `UPDATE subscription SET due_at = $1, owner = NULL WHERE due_at > $1 AND due_at <= $2 AND owner IS NOT NULL
     AND owner NOT IN (SELECT owner FROM worker)`,
  `UPDATE lane SET due_at = $1, owner = NULL WHERE due_at > $1 AND due_at <= $2 AND owner IS NOT NULL
     AND owner NOT IN (SELECT owner FROM worker)`,
];

const live = `INSERT INTO worker (owner, seen_at) VALUES ($1, $2)
  ON CONFLICT (owner) DO UPDATE SET seen_at = excluded.seen_at`;

/**
 * Who works with this store. A process that dies gives nothing back: the others notice its silence, and need not wait
 * until its leases run out. Where only one process can be, whoever was before is dead.
 */
export class Workers {
  readonly #backing: Backing;
  #seenAt: Instant = -Infinity;

  constructor(backing: Backing) {
    this.#backing = backing;
  }

  /** To be called before anything is claimed. */
  async beat(now: Instant): Promise<void> {
    const { engine, owner } = this.#backing;
    const isFirst = this.#seenAt === -Infinity;
    if (!isFirst && (!engine.shared || now - this.#seenAt < beatEvery)) return;
    const before = this.#seenAt;
    this.#seenAt = now;
    // Who was silent itself, for the database was away, must not take the others' silence for death.
    const mayJudge = !engine.shared || (!isFirst && now - before < longestSilence / 2);
    await engine.transaction(async (sql) => {
      await sql.all(live, [owner, now]);
      if (mayJudge) await this.#bury(sql, now);
    });
  }

  async #bury(sql: Sql, now: Instant): Promise<void> {
    const { engine, owner } = this.#backing;
    const dead = await sql.all('DELETE FROM worker WHERE owner <> $1 AND seen_at < $2 RETURNING owner', [
      owner,
      engine.shared ? now - longestSilence : now + farthest,
    ]);
    if (dead.length === 0) return;
    for (const release of releases) await sql.all(release, [now, now + farthest]);
    this.#backing.log.warn({ processes: dead.length }, 'took over from a process that is gone');
  }
}
