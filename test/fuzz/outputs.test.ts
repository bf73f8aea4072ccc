import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { csvLine } from '../../src/commands/csv.ts';
import { jsonLine } from '../../src/commands/jsonLine.ts';
import { examples, holds } from './check.ts';
import { foreign } from './foreign.ts';

/** RFC 4180, as a spreadsheet reads it. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  for (const [, quoted, bare, end] of text.matchAll(pattern)) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

test('a line of CSV is one row of the same cells, and none of them is a formula', async () => {
  await holds(
    fc.property(fc.array(fc.oneof(foreign(80), fc.integer()), { minLength: 1, maxLength: 6 }), (cells) => {
      const rows = cellsOf(csvLine(cells));
      expect(rows).toHaveLength(1);
      const [row = []] = rows;
      expect(row).toHaveLength(cells.length);
      for (const [index, cell] of row.entries()) expect([String(cells[index]), `'${cells[index]}`]).toContain(cell);
      for (const cell of row) expect(cell).not.toMatch(/^(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/u);
    }),
  );
});

test('a line of JSON is one line for every reader, and says what it was given', async () => {
  await holds(
    fc.property(fc.dictionary(foreign(12), foreign(80)), (entry) => {
      const line = jsonLine(entry);
      expect(line.slice(0, -1)).not.toMatch(/[\n\r\u2028\u2029]/u);
      expect(line.endsWith('\n')).toBe(true);
      expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(entry)));
    }),
  );
});

/** A process of its own, because the log goes to stdout; it logs all that it is given, and nothing else. */
const logging = `
  import { createLog } from './src/log.ts';
  const log = createLog('info');
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text += chunk;
  for (const [facts, message] of JSON.parse(text)) log.warn(facts, message);
`;

/** Half of a surrogate pair does not survive a pipe. */
const whole = (longest: number) => foreign(longest).map((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));

const entry = fc.tuple(
  fc.record({
    code: whole(60),
    error: whole(60),
    deep: fc.record({ name: whole(30), token: fc.constant('sesame') }),
    unlockPin: fc.constant('sesame'),
  }),
  whole(60),
);

test('whatever is logged is one line each, and no secret stands in it', () => {
  const entries = examples(entry);
  const input = JSON.stringify(entries);
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', logging], {
    input,
    encoding: 'utf8',
    maxBuffer: 10 * input.length + 1_000_000,
  });
  const lines = child.stdout.split(/[\n\r]/u).slice(0, -1);
  expect({ lines: lines.length, stderr: child.stderr }).toMatchObject({ lines: entries.length });
  for (const [index, line] of lines.entries()) {
    const [{ code, error }, msg] = entries[index]!;
    expect(JSON.parse(line)).toMatchObject({ level: 'warn', code, error, msg });
    expect(line).not.toContain('sesame');
  }
});
