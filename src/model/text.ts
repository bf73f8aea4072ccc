/** At most `most` characters, the last of them an ellipsis where something was left out; never half a surrogate pair. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

/** With its first letter in upper case: `upper('done')` is `Done`. */
export const upper = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], last = 'and'): string {
  const all = [...words];
  const end = all.pop() ?? '';
  return all.length ? `${all.join(', ')} ${last} ${end}` : end;
}

const minute = 60_000;
const units: readonly (readonly [number, string])[] = [
  [24 * 60 * minute, 'day'],
  [60 * minute, 'hour'],
  [minute, 'minute'],
];

/** A span in the largest whole unit: `3 hours`, `1 day`; below a minute `less than a minute`. */
export function span(milliseconds: number): string {
  const [size, name] = units.find(([unit]) => milliseconds >= unit) ?? [0, ''];
  if (!size) return 'less than a minute';
  const count = Math.floor(milliseconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** As Adaptive Cards' DATE and TIME functions want it: ISO 8601, UTC, no fraction. */
export const iso = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
