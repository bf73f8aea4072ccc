import { isNativeError } from 'node:util/types';
import { StoreFault } from '../storePort.ts';
import { StoreStartFault } from './startFault.ts';

/** https://www.sqlite.org/rescode.html; Node gives the extended code, of which the last byte is the primary one. */
const busy = 5;
const readOnly = 8;
const full = 13;
const cannotOpen = 14;
const notADatabase = 26;

/** SQLite's primary result code, where the fault is SQLite's. */
const codeOf = (fault: unknown): number | undefined =>
  isNativeError(fault) && 'errcode' in fault && typeof fault.errcode === 'number' ? fault.errcode & 0xff : undefined;

const systemCodeOf = (fault: unknown): unknown => (isNativeError(fault) && 'code' in fault ? fault.code : undefined);

function reasonOf(code: number): StoreFault['reason'] {
  if (code === full) return 'full';
  if (code === readOnly) return 'readOnly';
  return code === busy || code === cannotOpen ? 'unreachable' : 'unexpected';
}

/** A fault of SQLite's as one of the store; whatever else it is, as it came. */
export function sqliteFault(fault: unknown): unknown {
  const code = codeOf(fault);
  if (code === undefined || !isNativeError(fault)) return fault;
  return Object.assign(new StoreFault(reasonOf(code), `SQLite: ${fault.message}`), { cause: fault });
}

const cannotWrite = (folder: string): string =>
  `cannot write to ${folder}. Let the user that runs Device Desk write there, or set DATA_DIR to another folder.`;

/** Why the folder cannot be worked with, for people. */
export function sqliteStartFault(fault: unknown, folder: string): unknown {
  const cause = fault instanceof StoreFault ? fault.cause : fault;
  const tell = (message: string) => new StoreStartFault(message, cause);
  switch (codeOf(cause)) {
    case busy:
      return tell(
        `another Device Desk already works with ${folder}. Stop that one, set DATA_DIR to another folder, or set DATABASE_URL to let several work together on PostgreSQL.`,
      );
    case notADatabase:
      return tell(
        `desk.db in ${folder} is not a database. Move that file away, or set DATA_DIR to the folder that you meant.`,
      );
    case readOnly:
    case cannotOpen:
      return tell(cannotWrite(folder));
    case full:
      return tell(`there is no room left on the disk of ${folder}. Make room, or set DATA_DIR to another folder.`);
    default:
  }
  switch (systemCodeOf(cause)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return tell(cannotWrite(folder));
    case 'ENOTDIR':
    case 'EEXIST':
      return tell(`${folder} cannot be a folder: a file is in its way. Set DATA_DIR to a folder.`);
    case 'ENOSPC':
      return tell(`there is no room left on the disk of ${folder}. Make room, or set DATA_DIR to another folder.`);
    default:
      return fault;
  }
}
