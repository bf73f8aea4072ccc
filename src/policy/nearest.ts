import { distance } from 'fastest-levenshtein';

const squeezed = (word: string): string => word.replace(/[^a-z\d]/giu, '').toLowerCase();

const isBeginning = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= 3 && (one.startsWith(other) || other.startsWith(one));

/** The known word that a slip of the finger may have meant, or that was written longer: `platfroms`, `monday`, `mac`. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [short, ...others] = known.filter((candidate) => isBeginning(squeezed(word), squeezed(candidate)));
  if (short !== undefined && others.length === 0) return short;
  const slips = known
    .map((candidate) => ({ candidate, off: distance(squeezed(word), squeezed(candidate)) }))
    .filter(({ candidate, off }) => off <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((one, other) => one.off - other.off);
  return slips[0]?.candidate;
}

/** ` Did you mean remoteLock?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
}
