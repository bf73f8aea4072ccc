import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { nearMisses } from '../configNames.ts';
import { common } from '../configVariables.ts';
import type { Where } from '../store/open.ts';
import { notDone } from './fault.ts';

/** Of the configuration only this: a machine that keeps backups need not know the bot's secrets. */
const variables = z.object({ DATA_DIR: common.DATA_DIR, DATABASE_URL: common.DATABASE_URL });
const known = Object.keys(variables.shape);

/** Where the bot with this environment remembers. Throws `CommandFault` when it cannot be told. */
export function whereIs(environment: Readonly<Record<string, string | undefined>>): Where {
  const set = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const [miss] = nearMisses(Object.keys(set), known);
  if (miss) throw notDone(`${miss.name} is not known. Did you mean ${miss.meant}? Rename it, or unset it.`);
  const { data, error } = variables.safeParse(set);
  if (!data) throw notDone(error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'));
  const { DATABASE_URL: url, DATA_DIR: folder } = data;
  return url ? { is: 'postgres', url } : { is: 'sqlite', folder };
}

/** Whoever reads must not make an empty store in passing, and then call it whole. */
export function checkIsThere(where: Where): void {
  if (where.is === 'sqlite' && !existsSync(join(where.folder, 'desk.db')))
    throw notDone(
      `There is no store in ${where.folder}. Set DATA_DIR to the bot's folder, or DATABASE_URL to its PostgreSQL.`,
    );
}

/** For people; never with the password. */
export const nameOf = (where: Where): string =>
  where.is === 'sqlite' ? `the folder ${where.folder}` : where.is === 'postgres' ? 'PostgreSQL' : 'memory';
