import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

function listed(): string[] {
  const options = { cwd: root, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], options).split('\0');
}

/** For a copy without git: as good as it gets, without what .gitignore names. */
function walked(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !/^(?:node_modules|coverage|build|devTools|\.git|\.data|\.env.*|.*\.log)$/u.test(name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? walked(path) : [path];
    });
}

function all(): string[] {
  try {
    return listed();
  } catch {
    return walked();
  }
}

/** Everything that is or could be committed, by its path from the root; pictures aside. */
export const files: readonly string[] = all().filter((file) => file !== '' && !file.endsWith('.png'));

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Of TypeScript, all that is ours. */
export const sources = files.filter((file) => /^(src|tools|test|bench)\/.*(?<!\.d)\.ts$/u.test(file));
