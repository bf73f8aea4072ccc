import { chmod, mkdir, open, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../ports.ts';
import { StoreStartFault } from './startFault.ts';

/** Linux: man 2 statfs and include/uapi/linux/magic.h. On a network, SQLite's locks and write-ahead log are not safe. */
const network: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xfe534d42: 'SMB',
  0xff534d42: 'SMB',
  0x5346414f: 'AFS',
  0x6b414653: 'AFS',
  0x73757245: 'Coda',
  0x564c: 'NCP',
  0xc36400: 'Ceph',
  0x0bd00bd0: 'Lustre',
  0x47504653: 'GPFS',
  0x1161970: 'GFS2',
  0x7461636f: 'OCFS2',
};

/** What lies behind these cannot be told. */
const opaque: Readonly<Record<number, string>> = {
  0x65735546: 'FUSE or virtiofs',
  0x01021997: '9p',
  0x786f4256: 'VirtualBox shared folder',
};

/** The kind of file system that a folder lies on: Linux' `f_type`. */
export type FileSystemOf = (folder: string) => Promise<number>;

/** Elsewhere the number means something else. */
const fileSystemOf: FileSystemOf = async (folder) => (process.platform === 'linux' ? (await statfs(folder)).type : 0);

/**
 * Makes the folder, for its owner's eyes only, and the file in it; answers the file's path. Throws `StoreStartFault` on a
 * network file system, and what Node throws where it cannot write.
 */
export async function prepareFolder(folder: string, log: Log, kindOf: FileSystemOf = fileSystemOf): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kind = (await kindOf(folder)) >>> 0;
  if (network[kind])
    throw new StoreStartFault(
      `${folder} lies on a network file system (${network[kind]}), where the embedded database is not safe. Set DATA_DIR to a folder on a local disk, or DATABASE_URL to a PostgreSQL database.`,
    );
  if (opaque[kind])
    log.warn({ folder, fileSystem: opaque[kind] }, 'use this folder only if a local disk lies behind it');
  const path = join(folder, 'desk.db');
  await (await open(path, 'a', 0o600)).close();
  // The logs beside it take over what the file allows.
  await chmod(path, 0o600);
  return path;
}
