import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { silent } from '../world.ts';
import { temporaryFolders } from './folders.ts';
import { until } from './until.ts';

const folders = temporaryFolders();
const writer = join(__dirname, 'children', 'writer.ts');

/** A process that writes there, and the lines that it has said so far. */
function startWriter(folder: string, name: string) {
  const child = spawn(process.execPath, [writer, folder, name], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  return {
    // What stands behind the last line feed may have been cut.
    lines: () => text.split('\n').slice(0, -1),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

test('kill -9 while writing loses nothing that was answered, and leaves no lock', async () => {
  const folder = folders();
  const answered: string[] = [];
  for (const [round, most] of [40, 1, 120, 7, 75].entries()) {
    const child = startWriter(folder, `round-${round}`);
    await until(() => child.lines().length > most);
    if (round === 0)
      await expect(openStore({ is: 'sqlite', folder }, { now: Date.now }, silent)).rejects.toThrow(
        'another Device Desk already works with',
      );
    await child.kill();
    answered.push(...child.lines());
  }
  const store = await openStore({ is: 'sqlite', folder }, { now: Date.now }, silent);
  const made = answered.flatMap((line) => /^\+ (.*)$/u.exec(line)?.[1] ?? []);
  const moved = answered.flatMap((line) => /^> (.*) 1$/u.exec(line)?.[1] ?? []);
  expect(made.length).toBeGreaterThan(100);
  for (const id of made) expect(await store.operation(id)).toMatchObject({ id });
  for (const id of moved) expect(await store.operation(id)).toMatchObject({ version: 1, state: { is: 'running' } });

  // Entries and operations were written together, or not at all.
  const entries = await store.entries();
  const asked = entries.filter(({ event }) => event === 'asked').map(({ operationId }) => operationId ?? '');
  const all = await store.operationsOf({}, 100_000);
  expect(asked.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  const ran = entries.filter(({ event }) => event === 'running').map(({ operationId }) => operationId ?? '');
  expect(ran.toSorted()).toEqual(
    all
      .filter(({ version }) => version === 1)
      .map(({ id }) => id)
      .toSorted(),
  );
  await store.close();
  const engine = openSqlite(join(folder, 'desk.db'));
  expect(await engine.read('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  await engine.close();
}, 60_000);
