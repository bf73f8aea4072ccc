import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepLedgers, leaksIn, linesIn, noteFiles, noteIssued, noteSaid } from './ledger.ts';

const root = join(import.meta.dirname, '../..');

describe('A ledger', () => {
  const ledgers = process.env['LEAKS_DIR'] ?? '';
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'device-desk-'));
    keepLedgers(join(folder, 'ledgers'));
  });
  afterEach(() => {
    keepLedgers(ledgers);
    rmSync(folder, { recursive: true });
  });
  const leaks = () => leaksIn(linesIn(join(folder, 'ledgers')));

  test.each([
    ['{"deviceActionResults":[{"unlockPin":"482913"}]}', ['482913']],
    ['{"responses":[{"body":{"unlockPin": "482913"}}]}', ['482913']],
    [String.raw`{"body":"{\"unlockPin\":\"482913\"}"}`, ['482913']],
    ['{"unlockPin":"482913"},{"unlockPin":"000001"}', ['482913', '000001']],
    ['{"unlockPin":null,"other":"482913"}', []],
  ])('knows what was issued by %s', (answer, pins) => {
    noteIssued(answer);
    noteSaid('a log line', '482913 and 000001');
    expect(leaks().map((leak) => /\d{6}/u.exec(leak)?.[0])).toEqual(pins);
  });

  test.each([
    ['{"note":"482913"}', 1],
    ['{"number":482913}', 1],
    ['PIN=482913.', 1],
    ['482913, and again 482913', 2],
    [JSON.stringify('The PIN:\n482913\tis it'), 1],
    [JSON.stringify(JSON.stringify('The PIN:\r\n482913')), 1],
    [JSON.stringify('\u0001482913'), 1],
    ['id 1482913', 0],
    ['hash a482913', 0],
    ['482914', 0],
    ['', 0],
  ])('finds %s', (text, count) => {
    noteIssued('"unlockPin":"482913"');
    noteSaid('a log line', text);
    expect(leaks()).toHaveLength(count);
  });

  test('finds it in files, though they are no text', () => {
    noteIssued('"unlockPin":"482913"');
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'desk.db-wal'), Buffer.concat([Buffer.from([0, 255]), Buffer.from('"482913"')]));
    noteFiles(join(folder, 'data'));
    expect(leaks()).toEqual([expect.stringContaining('the file desk.db-wal')]);
  });

  test('of a run in which nothing was noted is empty', () => {
    expect(leaks()).toEqual([]);
  });

  test('takes a number of another suite for chance', () => {
    const said = { is: 'said', where: 'a log line', number: '482913', words: '' } as const;
    const issued = { suite: 'one', is: 'issued', pin: '482913' } as const;
    expect(leaksIn([issued, { ...said, suite: 'other' }])).toEqual([]);
    expect(leaksIn([{ ...said, suite: 'one' }, issued])).toHaveLength(1);
  });
});

/** A test run of its own, which leaks in this way. */
function runThatLeaks(way: string): { status: number | null; told: string } {
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { status, stderr } = spawnSync(process.execPath, [jest, '--testMatch', '**/test/leaks/leaky.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], LEAK: way },
    encoding: 'utf8',
  });
  const ledgers = /see (\S+):/u.exec(stderr)?.[1];
  if (ledgers) rmSync(ledgers, { recursive: true });
  return { status, told: stderr };
}

test('a run in which no PIN leaks ends well', () => {
  expect(runThatLeaks('nowhere')).toMatchObject({ status: 0, told: expect.stringContaining('1 passed') });
}, 60_000);

test.each([
  ['log', 'a log line'],
  ['journal', 'what the store is told by journal'],
  ['channel', 'a group chat or channel'],
  ['process', 'what a process printed'],
])(
  'a run in which a PIN leaks fails, though all its tests pass: %s',
  (way, where) => {
    const { status, told } = runThatLeaks(way);
    expect(told).toContain('1 passed');
    expect(told).toMatch(new RegExp(`leaky\\.ts: \\d{6} in ${where}`, 'u'));
    expect(status).not.toBe(0);
  },
  60_000,
);
