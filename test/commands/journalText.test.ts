import { journalText } from '../../src/commands/exportJournal.ts';
import { entry } from '../store/fixtures.ts';
import { noon } from '../world.ts';
import { emptyEngine, minute, storeOf } from './stores.ts';

const plain = {
  beginning: '',
  line: ({ time }: Readonly<Record<string, unknown>>) => `${String(time).slice(11, 16)} `,
};

async function written(times: readonly number[], span: { from?: number; to?: number }): Promise<string> {
  const engine = await emptyEngine();
  for (const at of times) await storeOf(engine).journal({ ...entry, at });
  let text = '';
  for await (const part of journalText((sql, values) => engine.read(sql, values), span, plain)) text += part;
  await engine.close();
  return text;
}

const at = (minutes: number) => noon + minutes * minute;

test.each<[{ from?: number; to?: number }, string]>([
  [{}, '10:00 10:05 10:02 10:09 10:04 '],
  [{ from: at(2), to: at(5) }, '10:02 10:04 '],
  [{ from: at(5) }, '10:05 10:09 '],
  [{ to: at(4) }, '10:00 10:02 '],
  [{ from: at(6), to: at(9) }, ''],
])('where clocks differed, entries keep their order, and %j holds those of that time', async (span, text) => {
  expect(await written([0, 5, 2, 9, 4].map(at), span)).toBe(text);
});

test('more than a page', async () => {
  const times = Array.from({ length: 2_100 }, (_, index) => at(0) + index);
  expect((await written(times, { from: at(0) + 50 })).split(' ')).toHaveLength(2_051);
});

test('an entry that cannot be read is told, not left out', async () => {
  const engine = await emptyEngine();
  await storeOf(engine).journal(entry);
  await engine.transaction(async (sql) => {
    await sql.all('DROP TRIGGER journal_no_update');
    await sql.all(`UPDATE journal SET data = '{'`);
  });
  const parts = journalText((sql, values) => engine.read(sql, values), {}, plain);
  await expect(parts.next()).rejects.toThrow('Entry 1 of tenant tenant-id cannot be read.');
  await engine.close();
});
