import type { Value } from '../store/engine.ts';

/*
 * A store as a file, one JSON value per line:
 *
 *   {"file":"Device Desk store","schema":2}
 *   {"table":"heard","columns":["origin","at"]}        and so on, all of that schema in the order of `tables`
 *   ["a:personal-alex/9",1767268800000]                a row of the table named last
 *   {"end":true,"counts":{"heard":1},"sha256":"…"}     over all lines before it, their ends included
 *
 * Nothing in it depends on the engine or the hour, so the same store always makes the same file.
 */

export const kind = 'Device Desk store';

export interface Header {
  readonly file: typeof kind;
  /** Version of the schema. */
  readonly schema: number;
}

export interface TableLine {
  readonly table: string;
  readonly columns: readonly string[];
}

export type Row = readonly Value[];

/** Rows per table. */
export type Counts = Readonly<Record<string, number>>;

export interface Footer {
  readonly end: true;
  readonly counts: Counts;
  readonly sha256: string;
}

/** For people: `2 operation, 5 journal`. */
export const countsText = (counts: Counts): string =>
  Object.entries(counts)
    .map(([table, count]) => `${count} ${table}`)
    .join(', ');
