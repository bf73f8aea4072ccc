import { basename } from 'node:path';
import { files, sources, textOf } from './files.ts';

const lines = (file: string) => textOf(file).split('\n').length - 1;

test('files are short: half of them near fifty lines, nine of ten below 130', () => {
  const sizes = sources
    .filter((file) => file.startsWith('src/'))
    .map(lines)
    .sort((one, other) => one - other);
  const at = (part: number) => sizes[Math.floor(sizes.length * part)];
  expect({ half: at(0.5)! <= 60, most: at(0.9)! <= 130, of: sizes.length > 100 }).toEqual({
    half: true,
    most: true,
    of: true,
  });
});

test('no file is a drawer for odds and ends', () => {
  const drawer = /^(utils?|helpers?|common|misc|shared|lib|stuff)$/iu;
  expect(files.filter((file) => file.split(/[/.]/u).some((part) => drawer.test(part)))).toEqual([]);
});

test('no file only hands on what others export', () => {
  const handsOn = /^export (?:type )?(?:\*|\{[^}]*\})(?: as \w+)? from .*$/gmu;
  expect(sources.filter((file) => handsOn.test(textOf(file)) || basename(file) === 'index.ts')).toEqual([]);
});

test('only an action is a default: everything else has one name everywhere', () => {
  const defaults = sources.filter((file) => /^export default /mu.test(textOf(file)));
  expect(defaults).toEqual(sources.filter((file) => file.startsWith('src/actions/')));
});

test('nothing here knows the machine on which it was written', () => {
  const machine = /(?<![\w.}*])(?:\/(?:home|Users|root|work)\/\w|[A-Z]:\\(?:Users|work)\\)/u;
  expect(files.filter((file) => machine.test(textOf(file)))).toEqual([]);
});

test('the lock file knows no registry, so that everyone may use their own', () => {
  expect(textOf('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/u);
  expect(textOf('.npmrc')).not.toMatch(/registry\s*=|_auth/u);
});
