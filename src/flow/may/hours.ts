import type { Instant } from '../../model/person.ts';
import type { Hours } from '../../model/policy.ts';

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Weekday (0 is Sunday) and minutes after midnight, as the clocks of `timeZone` show them. */
function localTime(timeZone: string, now: Instant): { day: number; minutes: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return {
    day: dayNames.indexOf(parts['weekday'] ?? ''),
    minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}

/** Pure. */
export function isWithin({ from, to, days, timeZone }: Hours, now: Instant): boolean {
  const { day, minutes } = localTime(timeZone, now);
  if (from < to) return days.includes(day) && minutes >= from && minutes < to;
  return (days.includes(day) && minutes >= from) || (days.includes((day + 6) % 7) && minutes < to);
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Monday first, as weeks go in most places; days that follow one another as a span. */
function daysIn(days: readonly number[]): string {
  const week = [1, 2, 3, 4, 5, 6, 0].filter((day) => days.includes(day));
  if (week.length === 7) return 'every day';
  const at = (day: number) => (day + 6) % 7;
  const [first = 0, last = 0] = [week[0], week.at(-1)];
  const isSpan = week.length > 2 && at(last) - at(first) === week.length - 1;
  const names = week.map((day) => dayNames[day] ?? '');
  return isSpan ? `${dayNames[first]} to ${dayNames[last]}` : names.join(', ');
}

/** `from 08:00 to 18:00, Mon to Fri, by the clocks of Europe/Berlin`. */
export function hoursIn({ from, to, days, timeZone }: Hours): string {
  const end = to <= from && to > 0 ? `${clock(to)} on the next day` : clock(to === 0 ? 24 * 60 : to);
  return `from ${clock(from)} to ${end}, ${daysIn(days)}, by the clocks of ${timeZone}`;
}
