import type { Instant } from '../model/person.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Milliseconds by which the clocks there are ahead of UTC at that moment. */
function aheadOfUtc(timeZone: string, at: Instant): number {
  const shape = { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const parts = new Intl.DateTimeFormat('en', { ...shape, hour: 'numeric', minute: 'numeric', second: 'numeric' })
    .formatToParts(at)
    .map(({ type, value }) => [type, Number(value)] as const);
  const { year = 0, month = 1, day: date = 1, hour = 0, minute: minutes = 0, second = 0 } = Object.fromEntries(parts);
  return Date.UTC(year, month - 1, date, hour, minutes, second) - (at - (at % 1_000));
}

/** A zone that can be reckoned with; UTC for one that cannot. */
export function zoneOr(timeZone: string | undefined): string {
  try {
    if (timeZone) new Intl.DateTimeFormat('en', { timeZone });
    return timeZone || 'UTC';
  } catch {
    return 'UTC';
  }
}

/** When clocks there next show that time, after `after`; on a day that leaves it out, as much later as they jump. Pure. */
export function nextTimeOfDay(minutes: number, timeZone: string, after: Instant): Instant {
  const local = after + aheadOfUtc(timeZone, after);
  const midnight = local - (((local % day) + day) % day);
  for (let shown = midnight - day + minutes * minute; ; shown += day) {
    const at = whenShown(shown, timeZone);
    if (at > after) return at;
  }
}

/** Where clocks show it twice, the first time counts; where they leave it out, the moment by the clock before the jump. */
function whenShown(shown: number, timeZone: string): Instant {
  const before = shown - aheadOfUtc(timeZone, shown - day);
  if (before + aheadOfUtc(timeZone, before) === shown) return before;
  const after = shown - aheadOfUtc(timeZone, shown + day);
  return after + aheadOfUtc(timeZone, after) === shown ? after : before;
}
