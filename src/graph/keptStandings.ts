import type { Instant, Person } from '../model/person.ts';
import type { Clock, Standing } from '../ports.ts';

type Ask = (person: Person, groupIds: readonly string[]) => Promise<Standing>;

/** Milliseconds. Whoever leaves a group can act for so long; who has just come into one waits for seconds only. */
const keptFor = { member: 2 * 60_000, others: 10_000 };
const most = 2_000;

interface Kept {
  readonly standing: Promise<Standing>;
  until: Instant;
}

/**
 * Asks once per person and set of groups in two minutes; those who ask meanwhile share the answer. Who is in none of the
 * groups, a guest or unknown is asked about again after 10 seconds, and a failure is not kept at all.
 */
export function keepStandings(ask: Ask, clock: Clock): Ask {
  const kept = new Map<string, Kept>();
  return (person, groupIds) => {
    const key = JSON.stringify([person.tenantId, person.id, [...groupIds].sort()]);
    const now = clock.now();
    const known = kept.get(key);
    // A clock that was set back must not make an answer last longer.
    if (known && now < known.until && known.until - now <= keptFor.member) return known.standing;
    const asked: Kept = { standing: ask(person, groupIds), until: now + keptFor.others };
    kept.delete(key);
    kept.set(key, asked);
    if (kept.size > most) kept.delete(kept.keys().next().value ?? key);
    asked.standing.then(
      (standing) => {
        if (standing.is === 'member' && standing.groups.length > 0) asked.until = now + keptFor.member;
      },
      () => {
        if (kept.get(key) === asked) kept.delete(key);
      },
    );
    return asked.standing;
  };
}
