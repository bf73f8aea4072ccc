import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of our commands to its end, as npm runs it, in this folder, with this environment and nothing else in it. */
export const command = (
  name: 'journal' | 'store' | 'policy',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  // Not where somebody's .env may name their database.
  cwd = import.meta.dirname,
): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, `src/commands/${name}.ts`), ...args],
      { cwd, env: { PATH: process.env['PATH'], ...environment }, maxBuffer: 100_000_000 },
      (fault, stdout, stderr) => resolve({ code: fault ? Number(fault.code) : 0, stdout, stderr }),
    );
  });
