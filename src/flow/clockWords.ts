const minute = 60_000;
const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|min|mins|minutes?)$/u, minute],
  [/^(?:h|hrs?|hours?)$/u, 60 * minute],
  [/^(?:d|days?)$/u, 24 * 60 * minute],
];

/** "2 hours", "30 min", "an hour": in milliseconds, at least a minute. Undefined: none of these. Pure. */
export function spanIn(text: string): number | undefined {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^half an hour$/u, '30 min')
    .replace(/^an? /u, '1 ');
  const [, count, unit = ''] = /^(\d{1,4})\s*([a-z]+)$/u.exec(said) ?? [];
  const size = units.find(([known]) => known.test(unit))?.[1];
  return size === undefined || Number(count) === 0 ? undefined : Number(count) * size;
}

/** "17:00", "8.30", "5 pm", "5:30pm", "noon": in minutes after midnight. Undefined: none of these. Pure. */
export function timeOfDayIn(text: string): number | undefined {
  const said = text.trim().toLowerCase();
  if (said === 'noon') return 12 * 60;
  if (said === 'midnight') return 0;
  const [, hour, minutes = '00', half] =
    /^(\d{1,2})(?:[:.](\d\d))?(?:\s*([ap])\.?m\.?| o['’]clock)?$/u.exec(said) ?? [];
  if (hour === undefined || Number(minutes) > 59) return undefined;
  if (half === undefined) return Number(hour) > 23 ? undefined : Number(hour) * 60 + Number(minutes);
  if (Number(hour) < 1 || Number(hour) > 12) return undefined;
  return ((Number(hour) % 12) + (half === 'p' ? 12 : 0)) * 60 + Number(minutes);
}

/** Minutes after midnight as `17:00`. */
export const timeOfDay = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
