/*
 * Readers for JSON that somebody else wrote: whatever stands there, they answer the type they promise.
 */

export type Foreign = Readonly<Record<string, unknown>>;

/** The object, or undefined for anything that is none (arrays included). */
export function objectIn(value: unknown): Foreign | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Foreign) : undefined;
}

/** The text, or the empty text for anything that is none. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The objects of a list; anything else in it, or instead of it, is left out. */
export function objectsIn(value: unknown): readonly Foreign[] {
  if (!Array.isArray(value)) return [];
  return value.map(objectIn).filter((entry) => entry !== undefined);
}
