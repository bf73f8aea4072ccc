import { linkOf } from '../store/chain.ts';
import { plainOf } from '../store/engine.ts';
import type { JournalEntry } from '../model/journalEntry.ts';
import type { JournalRow } from './entries.ts';

/** An entry's place in the chain of its tenant. */
export interface Link {
  readonly number: number;
  readonly hash: string;
}

/** The entry that the row holds; undefined when it holds none. */
export function entryOf({ data }: Pick<JournalRow, 'data'>): JournalEntry | undefined {
  try {
    const entry = JSON.parse(data) as JournalEntry | null;
    return typeof entry === 'object' && entry !== null && Number.isFinite(entry.at) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Columns are what is searched; whoever changes one alone hides the entry. */
const columnsOf = (entry: JournalEntry) => ({
  tenant_id: plainOf(entry.tenantId),
  at: plainOf(entry.at),
  operation_id: plainOf(entry.operationId),
  device_id: plainOf(entry.deviceId),
  person_id: plainOf(entry.personId),
  event: plainOf(entry.event),
});

/** What is wrong with the entry that should follow `last`, in words for people; undefined when it fits. */
export function flawIn(row: JournalRow, last: Link): string | undefined {
  const number = last.number + 1;
  if (row.number !== number)
    return row.number > number
      ? `entry ${number} is missing: ${last.number === 0 ? 'the first one is' : `after ${last.number} comes`} ${row.number}`
      : `an entry has the number ${row.number}, where ${number} was to come`;
  const entry = entryOf(row);
  if (!entry) return `entry ${number} holds nothing that can be read`;
  if (linkOf(last.hash, number, entry) !== row.hash)
    return `the hash of entry ${number} does not fit: the entry was changed, or something before it was`;
  const differs = Object.entries(columnsOf(entry)).find(([name, value]) => row[name as keyof JournalRow] !== value);
  return differs && `the column ${differs[0]} of entry ${number} does not say what the entry says`;
}
