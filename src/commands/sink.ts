import { createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandFault, notDone, systemCodeOf } from './fault.ts';

const exists = (path: string) => notDone(`${path} exists already. Name a file that does not, or move that one away.`);

/** Before long work begins whose end would have no place. */
export function checkIsNew(path: string): void {
  if (existsSync(path)) throw exists(path);
}

const whys: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is not there',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'you may not write there',
  ENOSPC: 'the disk is full',
};

/** Writes a new file that only its owner can read; a part of it does not stay. Throws `CommandFault`. */
export async function writeFile(path: string, text: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  let isOurs = false;
  file.once('open', () => {
    isOurs = true;
  });
  try {
    await pipeline(Readable.from(text), file);
  } catch (fault) {
    if (isOurs) await rm(path, { force: true });
    const code = systemCodeOf(fault) ?? '';
    if (code === 'EEXIST') throw exists(path);
    if (!(fault instanceof CommandFault) && Object.hasOwn(whys, code))
      throw notDone(`${path} cannot be written: ${whys[code]}.`);
    throw fault;
  }
}

/** Writes to stdout as fast as it is read there. Whoever reads only the beginning has what they wanted. */
export async function writeOut(text: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false });
  } catch (fault) {
    if (systemCodeOf(fault) !== 'EPIPE') throw fault;
  }
}
