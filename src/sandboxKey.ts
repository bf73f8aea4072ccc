import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyBytes } from './vault.ts';

const isTaken = (fault: unknown): boolean =>
  typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === 'EEXIST';

/** Whole or not at all, and for its owner's eyes only; whoever was first wins. */
function make(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(keyBytes).toString('base64')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  } finally {
    rmSync(draft);
  }
}

/**
 * The key with which the sandbox seals: made once, kept in this folder, so that it outlives the process. Throws where it
 * cannot be written or read.
 */
export function sandboxKey(folder: string): Buffer {
  const file = join(folder, 'secret.key');
  if (!existsSync(file)) make(folder, file);
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  if (key.length !== keyBytes) throw new Error(`${file} holds no key. Delete it, and a new one is made.`);
  return key;
}
