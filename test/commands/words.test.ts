import { readWords, single } from '../../src/commands/words.ts';
import type { Command } from '../../src/commands/words.ts';

const command = (help: string, options: readonly string[]): Command => ({ help, options, run: async () => undefined });
const commands = { verify: command('verify helps', ['head']), export: command('export helps', ['from', 'out']) };
const read = (line: string) => readWords(commands, line.split(' ').filter(Boolean));

test('a word with its options', () => {
  const words = read('export --from now --out=x');
  expect(words).toEqual({ is: 'command', command: commands.export, values: { from: ['now'], out: ['x'] } });
  expect(read('verify')).toEqual({ is: 'command', command: commands.verify, values: {} });
});

test.each([
  ['--help', /verify helps\n\nexport helps/u],
  ['-h', /verify helps/u],
  ['help', /verify helps/u],
  ['verify --help', /^verify helps$/u],
  ['export --from now -h', /^export helps$/u],
])('%s helps', (line, text) => {
  expect(read(line)).toEqual({ is: 'help', text: expect.stringMatching(text) });
});

test.each([
  ['', /^Say what to do: verify or export/u],
  ['verfy', /^“verfy” is not known\. Say verify or export\.$/u],
  ['toString', /^“toString” is not known/u],
  ['verify --form x', /'--form'.*What verify knows: --head, --help\.$/u],
  ['export --head x', /'--head'.*What export knows: --from, --out, --help\.$/u],
  ['export --out', /--out.*What export knows: --from, --out, --help\.$/u],
  ['export --out --from', /--out.*What export knows/u],
  ['export here', /here.*What export knows/u],
])('“%s” is answered with what is known', (line, why) => {
  expect(() => read(line)).toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringMatching(why) }));
});

test('what can be given once is refused twice', () => {
  expect(single({ out: ['a'] }, 'out')).toBe('a');
  expect(single({}, 'out')).toBeUndefined();
  expect(() => single({ out: ['a', 'b'] }, 'out')).toThrow('--out is given 2 times. Give it once.');
  expect(() => single({ out: [''] }, 'out')).toThrow('--out is empty.');
});
