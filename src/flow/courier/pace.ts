import type { Instant } from '../../model/person.ts';
import type { Pace } from '../../model/telling.ts';
import type { BudgetRule } from '../../storePort.ts';

/** Windows longer than this are kept as counts, which are rougher and always on the safe side. */
const longestExact = 60_000;
const countFor = 5 * 60_000;

/** When the next message may go out so that no rule is broken in any window of its length; `now` or later. Pure. */
export function nextFree(pace: Pace, rules: readonly BudgetRule[], now: Instant): Instant {
  return Math.max(
    now,
    ...rules.map((rule) => (rule.window > longestExact ? freeByCounts : freeByTimes)(pace, rule, now)),
  );
}

/** With one more message. Pure. */
export function withMessage({ recent, counts }: Pace, rules: readonly BudgetRule[], now: Instant): Pace {
  const exact = rules.filter(({ window }) => window <= longestExact).map(({ limit }) => limit);
  const longest = Math.max(...rules.map(({ window }) => window));
  const start = now - (now % countFor);
  const kept = counts.filter(([at]) => at > now - longest - countFor && at !== start);
  const sofar = counts.find(([at]) => at === start)?.[1] ?? 0;
  return { recent: [...recent, now].slice(-Math.max(...exact, 1)), counts: [...kept, [start, sofar + 1]] };
}

/** The message `limit` places back must have left the window. */
function freeByTimes({ recent }: Pace, { limit, window }: BudgetRule): Instant {
  const oldest = recent.at(-limit);
  return oldest === undefined ? 0 : oldest + window;
}

/** A part counts whole while any of it lies in the window. */
function freeByCounts({ counts }: Pace, { limit, window }: BudgetRule, now: Instant): Instant {
  const inside = counts.filter(([at]) => at + countFor > now - window);
  let left = inside.reduce((sum, [, count]) => sum + count, 0);
  for (const [at, count] of inside) {
    if (left < limit) return 0;
    left -= count;
    if (left < limit) return at + countFor + window;
  }
  return 0;
}
