/** JSON from outside, before anybody has looked at it. */
export type Json = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one where it is null, a list or anything else. */
export const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** The value as a list; an empty one where it is none. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value as text; empty where it is none. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * An Int32 or Int64. Graph may send Int64 as a string (`IEEE754Compatible`); exact up to 2^53, and the codes seen in
 * the wild have 32 bits. Undefined where there is none.
 */
export function integer(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** Parses; undefined where it is no JSON. The parser's own message is dropped because it quotes what it read. */
export function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
