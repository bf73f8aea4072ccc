import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { StoreFault } from '../storePort.ts';
import { StoreStartFault } from './startFault.ts';

/** PostgreSQL's SQLSTATE, or the system's code for a connection that failed. */
export const codeOf = (fault: unknown): string =>
  isNativeError(fault) && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; classes 08 (connection) and 53 (resources) beside. */
const passing = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '57P05', // idle_session_timeout
  '25P03', // idle_in_transaction_session_timeout
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // the socket in the file system, while the server is away
]);

/** What `pg` says without a code. */
const lost = /Connection terminated|connection error and is not queryable|trying to connect|read timeout/iu;

/** Two offers became the same at the same time; the second try sees the first one. */
const isOfferTaken = (fault: unknown): boolean =>
  codeOf(fault) === '23505' && (fault as { constraint?: unknown }).constraint === 'operation_offer_key';

/** It lost against another transaction, and the server is well. */
export const isConflict = (fault: unknown): boolean => /^(?:40|23)/u.test(codeOf(fault));

/** The connection is gone, or the transaction lost against another: the same may work a moment later. */
export const passes = (fault: unknown): boolean =>
  passing.has(codeOf(fault)) ||
  codeOf(fault).startsWith('08') ||
  isOfferTaken(fault) ||
  (isNativeError(fault) && codeOf(fault) === '' && lost.test(fault.message));

/** It took too long, waited too long for a lock, or lets us in no more. */
const busy = new Set(['57014', '55P03', '28P01', '28000', '3D000']);

function reasonOf(fault: Error): StoreFault['reason'] {
  const code = codeOf(fault);
  if (code === '53100') return 'full';
  if (code === '25006') return 'readOnly';
  const isAway = passes(fault) || busy.has(code) || code.startsWith('53') || fault.message.includes('calling end');
  return isAway ? 'unreachable' : 'unexpected';
}

const isTheirs = (fault: Error): boolean =>
  fault instanceof pg.DatabaseError || passes(fault) || fault.message.includes('calling end');

/** A fault of the database's as one of the store; a fault of ours as it came. */
export const postgresFault = (fault: unknown): unknown =>
  isNativeError(fault) && isTheirs(fault)
    ? Object.assign(new StoreFault(reasonOf(fault), `PostgreSQL: ${codeOf(fault)} ${fault.message}`), { cause: fault })
    : fault;

/** Where the database is, without a password. */
export interface Target {
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly database: string | undefined;
}

const wrongAddress = (server: string) =>
  `PostgreSQL at ${server} does not answer. Check DATABASE_URL, and whether the server runs and may be reached from here.`;

/** Why the database cannot be worked with, for people. */
export function postgresStartFault(fault: unknown, { user, host, port, database }: Target): unknown {
  if (!(fault instanceof StoreFault)) return fault;
  const code = codeOf(fault.cause);
  const server = `${host}:${port}`;
  const tell = (message: string) => new StoreStartFault(message, fault.cause);
  if (code === '28P01')
    return tell(`PostgreSQL at ${server} refuses the password of ${user}. Correct it in DATABASE_URL.`);
  if (code === '28000')
    return tell(
      `PostgreSQL at ${server} does not let ${user} in from here. Check the user in DATABASE_URL, whether the server asks for TLS (add ?sslmode=verify-full), and its pg_hba.conf.`,
    );
  if (code === '3D000')
    return tell(`PostgreSQL at ${server} has no database ${database}. Create it, or correct its name in DATABASE_URL.`);
  if (code === '42501')
    return tell(
      `${user} may not create tables in the database ${database} at ${server}. Make ${user} its owner, or grant CREATE on its schema.`,
    );
  if (fault.reason === 'readOnly')
    return tell(`the database ${database} at ${server} is read-only. Point DATABASE_URL to the primary server.`);
  return fault.reason === 'unreachable' ? tell(wrongAddress(server)) : fault;
}
