import pg from 'pg';
import { passes, postgresFault, postgresStartFault } from '../../src/store/postgresFault.ts';
import { sqliteFault, sqliteStartFault } from '../../src/store/sqliteFault.ts';
import { StoreStartFault } from '../../src/store/startFault.ts';
import { StoreFault } from '../../src/storePort.ts';

const said = (code: string, more: object = {}) =>
  Object.assign(new pg.DatabaseError('it said so', 1, 'error'), { code, ...more });
const system = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

test.each<[string, Error, string, boolean]>([
  ['the server is shut down', said('57P01'), 'unreachable', true],
  ['the server crashes', said('57P02'), 'unreachable', true],
  ['the server is starting', said('57P03'), 'unreachable', true],
  ['the connection failed', said('08006'), 'unreachable', true],
  ['nobody listens', system('ECONNREFUSED'), 'unreachable', true],
  ['the connection broke', system('ECONNRESET'), 'unreachable', true],
  ['the name is not known yet', system('ENOTFOUND'), 'unreachable', true],
  ['the connection ended', new Error('Connection terminated unexpectedly'), 'unreachable', true],
  ['no connection in time', new Error('timeout exceeded when trying to connect'), 'unreachable', true],
  ['no answer in time', new Error('Query read timeout'), 'unreachable', true],
  ['a deadlock', said('40P01'), 'unreachable', true],
  ['a serialization failure', said('40001'), 'unreachable', true],
  ['too many connections', said('53300'), 'unreachable', true],
  ['an offer taken at the same time', said('23505', { constraint: 'operation_offer_key' }), 'unreachable', true],
  ['something else taken', said('23505', { constraint: 'lane_pkey' }), 'unexpected', false],
  ['a full disk', said('53100'), 'full', false],
  ['a read-only server', said('25006'), 'readOnly', false],
  ['a statement that takes too long', said('57014'), 'unreachable', false],
  ['a password that was changed', said('28P01'), 'unreachable', false],
  ['a mistake in a statement', said('42601'), 'unexpected', false],
])('PostgreSQL: %s', (_what, fault, reason, isPassing) => {
  expect(passes(fault)).toBe(isPassing);
  expect(postgresFault(fault)).toMatchObject({ name: 'StoreFault', reason, cause: fault });
});

test('a fault of ours stays what it is', () => {
  const ours = new TypeError('x is not a function');
  expect(postgresFault(ours)).toBe(ours);
  expect(sqliteFault(ours)).toBe(ours);
  expect(sqliteStartFault(ours, '/x')).toBe(ours);
  expect(postgresStartFault(ours, { user: 'u', host: 'h', port: 1, database: 'd' })).toBe(ours);
});

const sqlite = (errcode: number) => Object.assign(new Error('it said so'), { code: 'ERR_SQLITE_ERROR', errcode });

test.each<[string, number, StoreFault['reason']]>([
  ['full', 13, 'full'],
  ['read-only, because the folder is', 1544, 'readOnly'],
  ['cannot open', 14, 'unreachable'],
  ['damaged', 11, 'unexpected'],
  ['an error of the disk', 266, 'unexpected'],
])('SQLite: %s', (_what, code, reason) => {
  expect(sqliteFault(sqlite(code))).toMatchObject({ name: 'StoreFault', reason });
});

test.each<[string, Error, string]>([
  ['another process', sqlite(5), 'another Device Desk already works with data/desk.'],
  ['a folder that may not be written to', system('EACCES'), 'cannot write to data/desk.'],
  ['a file system that may not be written to', system('EROFS'), 'cannot write to data/desk.'],
  ['a file that may not be written to', sqlite(8), 'cannot write to data/desk.'],
  ['a full disk', system('ENOSPC'), 'there is no room left on the disk of data/desk.'],
  ['a full disk, seen later', new StoreFault('full', 'x'), 'x'],
])('SQLite cannot start: %s', (_what, fault, words) => {
  expect((sqliteStartFault(fault, 'data/desk') as Error).message).toContain(words);
});

test('what SQLite says while starting is told to people, too', () => {
  const fault = sqliteStartFault(sqliteFault(sqlite(13)), 'data/desk');
  expect(fault).toBeInstanceOf(StoreStartFault);
});
