import { completeOperations, incomplete } from './completion.ts';
import type { Sql } from './engine.ts';
import { openStates } from './schema.ts';

const id = 'TEXT /*pg:COLLATE "C"*/';

/** May be NULL: a process that does not know them yet may still be at work. */
const columns = [
  'ALTER TABLE operation ADD COLUMN action TEXT',
  'ALTER TABLE operation ADD COLUMN confirmed_at BIGINT',
  'ALTER TABLE operation ADD COLUMN ended_at BIGINT',
  'ALTER TABLE operation ADD COLUMN ticket TEXT',
];

/** PostgreSQL puts two indexes together to find what a person has open; SQLite would go through all they ever asked for. */
const indexes = [
  `/*sqlite:CREATE INDEX operation_open_of_asker ON operation (asker_id, asked_at, id) WHERE ${openStates}*/`,
  'CREATE INDEX operation_confirmed ON operation (asker_id, confirmed_at, action) WHERE confirmed_at IS NOT NULL',
  'CREATE INDEX operation_ended ON operation (ended_at, asked_at, id) WHERE ended_at IS NOT NULL',
  `CREATE INDEX operation_incomplete ON operation (id) WHERE ${incomplete}`,
  'CREATE INDEX operation_newest ON operation (asked_at, id)',
  'CREATE INDEX operation_of_ticket ON operation (ticket, asked_at, id) WHERE ticket IS NOT NULL',
  `CREATE INDEX operation_open_newest ON operation (asked_at, id) WHERE ${openStates}`,
];

/** `next_at` is when a summary is to be told; `due_at` is the same, or until when `owner` has leased it. */
const subscriptions = [
  `CREATE TABLE subscription (
    id ${id} PRIMARY KEY, base ${id} NOT NULL, next_at BIGINT, due_at BIGINT, owner TEXT, at BIGINT NOT NULL,
    data TEXT NOT NULL)`,
  'CREATE INDEX subscription_of_base ON subscription (base, at, id)',
  'CREATE INDEX subscription_due ON subscription (due_at, id) WHERE due_at IS NOT NULL',
];

/** `at` is when it was first told of, `used_at` when it was changed last; `drawn` is a hash of what `card` shows. */
const notices = [
  `CREATE TABLE notice (
    base ${id} NOT NULL, about ${id} NOT NULL, wish BIGINT NOT NULL, due BIGINT NOT NULL, card TEXT, drawn TEXT,
    at BIGINT NOT NULL, used_at BIGINT NOT NULL, PRIMARY KEY (base, about))`,
  'CREATE INDEX notice_due ON notice (base, at, about) WHERE due = 1',
  'CREATE INDEX notice_on_card ON notice (base, card, at, about) WHERE card IS NOT NULL',
  'CREATE INDEX notice_clean ON notice (used_at) WHERE due = 0',
];

/** `at` is when we learnt of its state. */
const elsewhere = [
  `CREATE TABLE elsewhere (
    id ${id} PRIMARY KEY, device_id TEXT NOT NULL, at BIGINT NOT NULL, state TEXT NOT NULL, data TEXT NOT NULL)`,
  'CREATE INDEX elsewhere_at ON elsewhere (at)',
];

const secrets = [`CREATE TABLE secret (operation_id ${id} PRIMARY KEY, sealed TEXT NOT NULL, at BIGINT NOT NULL)`];

export const schema2: readonly (string | ((sql: Sql) => Promise<void>))[] = [
  ...columns,
  completeOperations,
  ...indexes,
  ...subscriptions,
  ...notices,
  ...elsewhere,
  ...secrets,
];
