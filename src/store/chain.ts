import { createHash } from 'node:crypto';
import type { JournalEntry } from '../model/journalEntry.ts';

/** What stands before the first entry of a tenant. */
export const beginning = '';

const sorted = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** JSON in which the order of keys says nothing: the same value always makes the same text. */
export const canonical = (value: unknown): string => JSON.stringify(value, sorted);

/**
 * The hash (SHA-256, hex) of an entry: over the hash of the one before it in the same tenant, its own number, which counts
 * from 1, and its canonical JSON. Whoever changes, drops or inserts an entry breaks every link after it.
 */
export const linkOf = (previous: string, number: number, entry: JournalEntry): string =>
  createHash('sha256')
    .update(`${previous}\n${number}\n${canonical(entry)}`)
    .digest('hex');
