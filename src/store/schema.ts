/*
 * Ids are TEXT, times BIGINT (milliseconds since the epoch), everything else that nobody searches is JSON in `data`. No
 * column is numbered by the database, so that rows can be carried from one engine to the other as they are. On PostgreSQL
 * ids sort by their bytes, as they do in SQLite, so that everybody locks rows in the same order.
 */

/** Waiting for a click, sent or under way: the states in which an operation can stand in another's way. */
export const openStates = `state IN ('proposed', 'claimed', 'running')`;

const id = 'TEXT /*pg:COLLATE "C"*/';

/**
 * `look_at` and `chore_at` are when it is due, or until when it is leased; `owner` and `chore_owner` hold the leases. `offer`
 * is the hash of an open offer. Each claim leaves a dead entry at the very end of the index where the next one begins: on
 * PostgreSQL they are swept by their own number, not by that of all operations that ever were.
 */
const operation = [
  `CREATE TABLE operation (
    id ${id} PRIMARY KEY, version BIGINT NOT NULL, tenant_id TEXT NOT NULL, device_id TEXT NOT NULL,
    asker_id TEXT NOT NULL, state TEXT NOT NULL, asked_at BIGINT NOT NULL, look_at BIGINT, chore_at BIGINT, owner TEXT,
    chore_owner TEXT, offer TEXT UNIQUE, data TEXT NOT NULL)`,
  'CREATE INDEX operation_look ON operation (look_at, id) WHERE look_at IS NOT NULL',
  'CREATE INDEX operation_chore ON operation (chore_at, id) WHERE chore_at IS NOT NULL',
  `CREATE INDEX operation_open ON operation (device_id, id) WHERE ${openStates}`,
  'CREATE INDEX operation_of_device ON operation (device_id, asked_at)',
  'CREATE INDEX operation_of_asker ON operation (asker_id, asked_at)',
  `/*pg:ALTER TABLE operation SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,
    vacuum_index_cleanup = on)*/`,
];

const people = [
  `CREATE TABLE heard (origin ${id} PRIMARY KEY, at BIGINT NOT NULL)`,
  'CREATE INDEX heard_at ON heard (at)',
  `CREATE TABLE question (id ${id} PRIMARY KEY, expires_at BIGINT NOT NULL, data TEXT NOT NULL)`,
  'CREATE INDEX question_expires ON question (expires_at)',
  `CREATE TABLE place (person_id ${id} PRIMARY KEY, data TEXT NOT NULL)`,
];

/**
 * `due_at` is when the lane is due, or until when `owner` has leased it; NULL when nothing is to be done there. `calls`
 * counts what was ever told there, `seen` is what it was when the lane was leased last.
 */
const outbox = [
  `CREATE TABLE lane (
    id ${id} PRIMARY KEY, base ${id} NOT NULL, due_at BIGINT, owner TEXT, dead_at BIGINT, last_number BIGINT NOT NULL,
    calls BIGINT NOT NULL, seen BIGINT NOT NULL, used_at BIGINT NOT NULL, pace TEXT NOT NULL)`,
  'CREATE INDEX lane_due ON lane (due_at, id) WHERE due_at IS NOT NULL',
  'CREATE INDEX lane_dead ON lane (base) WHERE dead_at IS NOT NULL',
  'CREATE INDEX lane_idle ON lane (used_at) WHERE due_at IS NULL AND dead_at IS NULL',
  `CREATE TABLE telling (
    lane ${id} NOT NULL, number BIGINT NOT NULL, subject TEXT UNIQUE, wish BIGINT NOT NULL, tries BIGINT NOT NULL,
    since BIGINT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (lane, number))`,
  'CREATE INDEX telling_since ON telling (since)',
  `CREATE TABLE budget (
    name ${id} PRIMARY KEY, window_start BIGINT NOT NULL, used BIGINT NOT NULL, not_before BIGINT NOT NULL)`,
];

/** Processes that work with this database, by the name under which they hold leases. */
const workers = [`CREATE TABLE worker (owner ${id} PRIMARY KEY, seen_at BIGINT NOT NULL)`];

/** `chain` holds the newest number and hash per tenant. */
const journal = [
  `CREATE TABLE journal (
    tenant_id ${id} NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, operation_id TEXT, device_id TEXT,
    person_id TEXT NOT NULL, event TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, number))`,
  'CREATE INDEX journal_at ON journal (tenant_id, at)',
  'CREATE INDEX journal_operation ON journal (operation_id, number) WHERE operation_id IS NOT NULL',
  'CREATE INDEX journal_device ON journal (device_id, at) WHERE device_id IS NOT NULL',
  `CREATE TABLE chain (tenant_id ${id} PRIMARY KEY, number BIGINT NOT NULL, hash TEXT NOT NULL)`,
];

const refusal = 'the journal is only ever added to';

const addedToOnly = [
  `/*sqlite:CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, '${refusal}'); END*/`,
  `/*sqlite:CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, '${refusal}'); END*/`,
  `/*pg:CREATE FUNCTION journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS
    $body$ BEGIN RAISE EXCEPTION '${refusal}'; END $body$*/`,
  `/*pg:CREATE TRIGGER journal_kept BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION journal_is_kept()*/`,
  `/*pg:CREATE TRIGGER journal_not_emptied BEFORE TRUNCATE ON journal EXECUTE FUNCTION journal_is_kept()*/`,
];

export const schema1: readonly string[] = [...operation, ...people, ...outbox, ...workers, ...journal, ...addedToOnly];
