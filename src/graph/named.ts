import type { Device } from '../model/device.ts';
import { isOk } from './answer.ts';
import { record, text } from './json.ts';
import type { Ask } from './line.ts';
import { deviceFrom, devicePath } from './managed-device.ts';
import { segment } from './odata.ts';
import type { Reads } from './reads.ts';

/** Asked for at the same time: five `$batch`. */
const atOnce = 100;

/** What each name is answered with, where it is; `asking` throws for a name that cannot be asked for. */
async function answered(
  reads: Reads,
  names: readonly string[],
  asking: (name: string) => Ask,
): Promise<readonly (readonly [name: string, body: unknown])[]> {
  const asks = [...new Set(names)].flatMap((name) => {
    try {
      return [{ name, ask: asking(name) }];
    } catch {
      return [];
    }
  });
  const found: (readonly [string, unknown])[] = [];
  for (let from = 0; from < asks.length; from += atOnce) {
    const part = asks.slice(from, from + atOnce);
    const answers = await reads.many(part.map(({ ask }) => ask));
    part.forEach(({ name }, index) => {
      const answer = answers[index];
      if (answer && answer.whole && isOk(answer)) found.push([name, answer.body]);
    });
  }
  return found;
}

/** The devices with these ids; those of which Intune does not tell are left out. Throws `GraphFault`. */
export async function devicesWith(reads: Reads, ids: readonly string[]): Promise<readonly Device[]> {
  const found = await answered(reads, ids, (id) => ({ method: 'GET', version: 'beta', path: devicePath(id) }));
  return found.map(([, body]) => deviceFrom(body)).filter((device) => device !== undefined);
}

/**
 * Entra object ids, in lower case, by user principal name as it was given; whom Graph does not know is left out, and what
 * is no such name is not asked for. Throws `GraphFault`.
 */
export async function idsOf(reads: Reads, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = names.filter((name) => name.includes('@'));
  const found = await answered(reads, people, (name) => ({
    method: 'GET',
    version: 'v1.0',
    path: `/users/${segment(name)}?$select=id`,
  }));
  const ids = found.map(([name, body]) => [name, text(record(body).id).toLowerCase()] as const);
  return new Map(ids.filter(([, id]) => id !== ''));
}
