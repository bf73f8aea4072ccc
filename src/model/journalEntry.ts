import type { Instant } from './person.ts';

/** One line of the journal: who did what, to which device, and what came of it. Never a secret. */
export interface JournalEntry {
  readonly at: Instant;
  readonly event: string;
  readonly tenantId: string;
  /** Entra object id of the person whose act it is; empty where it is nobody's. */
  readonly personId: string;
  readonly operationId?: string;
  readonly deviceId?: string;
  readonly action?: string;
  /** The ticket that it belongs to. Foreign text. */
  readonly ticket?: string;
  /** In whose name Graph was called. */
  readonly as?: 'app' | 'person';
  readonly note?: string;
}
