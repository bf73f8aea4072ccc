import type { Operation } from '../model/operation.ts';
import type { Instant, Person } from '../model/person.ts';
import type { JournalEntry } from '../model/journalEntry.ts';

/** One journal line about an operation; `by` is left out where nobody's act is told. */
export const entryOf = (
  event: string,
  operation: Operation,
  at: Instant,
  by?: Person,
  note?: string,
): JournalEntry => ({
  at,
  event,
  tenantId: operation.asker.tenantId,
  personId: by?.id ?? '',
  operationId: operation.id,
  deviceId: operation.device.id,
  action: operation.action,
  ...(operation.ticket === undefined ? {} : { ticket: operation.ticket }),
  ...(note === undefined ? {} : { note }),
});
