import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isObject } from './body.ts';
import type { Moment, Morning } from './moment.ts';
import { day } from './scripts.ts';

/** What outlives the tenant's process, in a file: how its world began, and every request that changed it since. */
export interface Memory {
  readonly morning: Morning;
  /** Oldest first. */
  readonly moments: readonly Moment[];
  /** Returns when the moment is on the disk. */
  keep(moment: Moment): void;
  /** Forgets everything and begins with this morning. */
  beginAgain(morning: Morning): void;
}

/** Goes up whenever an old file would be misread. */
const version = 1;
/** A day longer than the bot follows anything by default. */
const keptForMs = 8 * day;
const mostMoments = 5_000;

interface Remembered {
  readonly morning: Morning;
  readonly moments: readonly Moment[];
}

/**
 * Opens the memory in this folder, which is made if need be. Moments older than 8 days, and all but the newest 5,000,
 * are forgotten here; a file that cannot be read is, too, and stderr hears of it. Without a moment left to remember
 * the world begins with `today`. Throws where nothing can be written.
 */
export function openMemory(folder: string, today: Morning): Memory {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'tenant.jsonl');
  const found = read(file);
  const moments = (found?.moments ?? []).filter(({ at }) => today.startedAt - at < keptForMs).slice(-mostMoments);
  const morning = found && moments.length > 0 ? found.morning : today;
  // Also so that the next line does not continue a torn one.
  replace(file, morning, moments);
  return {
    morning,
    moments,
    keep: (moment) => appendFileSync(file, line(moment), { flush: true }),
    beginAgain: (next) => replace(file, next, []),
  };
}

const line = (value: object): string => `${JSON.stringify(value)}\n`;

/** The whole file, in one step: whoever is killed meanwhile finds the old one or the new one. */
function replace(file: string, morning: Morning, moments: readonly Moment[]): void {
  const draft = openSync(`${file}.new`, 'w', 0o600);
  writeSync(draft, [{ version, ...morning }, ...moments].map(line).join(''));
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${file}.new`, file);
}

/** Undefined where there is nothing, or nothing that can be understood. */
function read(file: string): Remembered | undefined {
  try {
    return understood(readFileSync(file, 'utf8'));
  } catch (error) {
    if (isObject(error) && error['code'] === 'ENOENT') return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`The sandbox begins afresh: what it remembered in ${file} cannot be used (${reason}).`);
    return undefined;
  }
}

function understood(text: string): Remembered {
  // What stands behind the last line's end was never finished, so nobody was told of it.
  const [first, ...moments] = text
    .split('\n')
    .slice(0, -1)
    .map((one): unknown => JSON.parse(one));
  if (!isObject(first) || first['version'] !== version) throw new Error('it is of another version');
  const { startedAt, seed } = first;
  if (typeof startedAt !== 'number' || typeof seed !== 'string') throw new Error('its first line is incomplete');
  return { morning: { startedAt, seed }, moments: moments.map(momentFrom) };
}

function momentFrom(value: unknown, index: number): Moment {
  const known = isObject(value) && typeof value['at'] === 'number' && typeof value['seed'] === 'string';
  if (!known || !isObject(value['params']) || !isObject(value['query'])) {
    throw new Error(`line ${index + 2} is no request`);
  }
  return value as unknown as Moment;
}
