import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Everything that is or could be committed, by its path from the root. */
export const files: readonly string[] = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && !file.endsWith('.png'));

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Of TypeScript, all that is ours. */
export const sources = files.filter((file) => /^(src|tools|test|bench)\/.*(?<!\.d)\.ts$/u.test(file));
