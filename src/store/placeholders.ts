type Type = 'TEXT' | 'BIGINT';

/** `$1, $2, $3` */
export const list = (count: number, first = 1): string =>
  Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ');

/**
 * `(CAST($1 AS TEXT), CAST($2 AS BIGINT)), (…)`: so many rows of these types. PostgreSQL takes a bare `$1` for text where
 * nothing around it says more.
 */
export const tuples = (rows: number, types: readonly Type[]): string =>
  Array.from({ length: rows }, (_, row) => {
    const values = types.map((type, column) => `CAST($${row * types.length + column + 1} AS ${type})`);
    return `(${values.join(', ')})`;
  }).join(', ');

/** In parts of at most this many: neither engine takes any number of values in one statement. */
export function partsOf<T>(items: readonly T[], most = 500): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, part) => items.slice(part * most, (part + 1) * most));
}
