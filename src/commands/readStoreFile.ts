import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { notDone, notWhole, systemCodeOf } from './fault.ts';
import { kind } from './storeFile.ts';
import type { Footer, Row, TableLine } from './storeFile.ts';
import { columnNames, tablesIn } from './tables.ts';
import type { Column, Table } from './tables.ts';

export interface FileRow {
  readonly table: Table;
  readonly row: Row;
}

const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const fits = ({ type }: Column, value: unknown): boolean =>
  value === null || (type === 'TEXT' ? typeof value === 'string' : Number.isSafeInteger(value));

const isRowOf = ({ columns }: Table, value: unknown): value is Row =>
  Array.isArray(value) && value.length === columns.length && columns.every((column, at) => fits(column, value[at]));

/** Reads a store's file line by line, and knows at its end whether it is whole. */
export class StoreFileReader {
  readonly #path: string;
  readonly #known: number;
  readonly #hash = createHash('sha256');
  readonly #counts: Record<string, number> = {};
  #line = 0;
  /** Those of the version that the file was written with. */
  #tables: readonly Table[] = [];
  #table: Table | undefined;
  #isOver = false;

  constructor(path: string, known: number) {
    this.#path = path;
    this.#known = known;
  }

  /** The row on this line, where it is one. Throws `CommandFault` for what does not belong there. */
  take(line: string): FileRow | undefined {
    this.#line += 1;
    if (this.#isOver) throw this.#torn('goes on after its end');
    const value = this.#parsed(line);
    if ('end' in object(value)) this.#finish(object(value) as unknown as Footer);
    else this.#hash.update(`${line}\n`);
    if (this.#line === 1) this.#checkHeader(object(value));
    else if (Array.isArray(value)) return this.#rowOf(value);
    else if ('table' in object(value)) this.#begin(object(value) as unknown as TableLine);
    else if (!this.#isOver) throw this.#torn(`has something else than a row on line ${this.#line}`);
    return undefined;
  }

  /** To be called after the last line. */
  end(): void {
    if (!this.#isOver) throw this.#torn('has no end: it was cut off');
  }

  #torn = (why: string) =>
    notWhole(`${this.#path} ${why}. Nothing was imported. Take a whole copy of the file, or export anew.`);

  #parsed(line: string): unknown {
    try {
      return JSON.parse(line);
    } catch {
      if (this.#line === 1) throw this.#foreign();
      throw this.#torn(`is cut off or damaged at line ${this.#line}`);
    }
  }

  #foreign = () => notDone(`${this.#path} is not a store’s file. Give the one that npm run store -- export wrote.`);

  #checkHeader({ file, schema }: Readonly<Record<string, unknown>>): void {
    if (file !== kind || typeof schema !== 'number') throw this.#foreign();
    if (schema < 1 || schema > this.#known)
      throw notDone(
        `${this.#path} was written by a newer Device Desk (its schema has version ${schema}, this one knows ${this.#known}). Import it with that newer one.`,
      );
    this.#tables = tablesIn(schema);
  }

  /** All tables are there, each once, in order. */
  #begin({ table: name, columns }: TableLine): void {
    const table = this.#tables[Object.keys(this.#counts).length];
    if (!table || table.name !== name || String(columns) !== String(columnNames(table)))
      throw this.#torn(`has another table on line ${this.#line} than expected`);
    this.#counts[table.name] = 0;
    this.#table = table;
  }

  #rowOf(row: unknown): FileRow {
    const table = this.#table;
    if (!table || !isRowOf(table, row)) throw this.#torn(`has on line ${this.#line} what is not a row of its table`);
    this.#counts[table.name] = (this.#counts[table.name] ?? 0) + 1;
    return { table, row };
  }

  #finish({ counts, sha256 }: Footer): void {
    const short = this.#tables.find(({ name }) => object(counts)[name] !== this.#counts[name]);
    if (short) throw this.#torn(`has not as many rows of ${short.name} as its end says`);
    if (this.#hash.digest('hex') !== sha256) throw this.#torn('was changed, or damaged on its way');
    this.#isOver = true;
  }
}

async function opened(path: string) {
  try {
    return await open(path);
  } catch (fault) {
    const why = systemCodeOf(fault) === 'ENOENT' ? 'is not there' : 'cannot be read';
    throw notDone(`${path} ${why}. Name the file that npm run store -- export wrote.`);
  }
}

/** Before a store is made for what cannot be read. Throws `CommandFault`. */
export const checkCanRead = async (path: string): Promise<void> => (await opened(path)).close();

/**
 * The rows of a store's file that was written with this version of the schema or an older one, table by table; those of an
 * older one have the columns of that time. Throws `CommandFault`.
 */
export async function* readStoreFile(path: string, known: number): AsyncGenerator<FileRow> {
  const file = await opened(path);
  try {
    const reader = new StoreFileReader(path, known);
    for await (const line of file.readLines()) {
      const found = reader.take(line);
      if (found) yield found;
    }
    reader.end();
  } finally {
    await file.close();
  }
}

/** Reads the file to its end. Throws `CommandFault` when it is not whole. */
export async function checkStoreFile(path: string, known: number): Promise<void> {
  const rows = readStoreFile(path, known);
  while (!(await rows.next()).done);
}
