import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { computeBlocks } from '../../tools/readme/blocks.ts';
import { fill } from '../../tools/readme/fill.ts';
import { pages } from '../../tools/readme/pages.ts';
import { code, table } from '../../tools/readme/table.ts';
import { files, textOf } from './files.ts';

const root = join(import.meta.dirname, '..', '..');
/** Stories are records of what cards said, and cards may say anything. */
const markdown = files.filter((file) => file.endsWith('.md') && !file.startsWith('test/'));

test.each(pages)('what %s has computed is true; if not: npm run readme', async (page) => {
  expect(textOf(page)).toBe(fill(textOf(page), await computeBlocks()));
});

test('no page has a block that nobody computes', () => {
  expect(markdown.filter((file) => /^<!-- computed:/mu.test(textOf(file))).sort()).toEqual([...pages].sort());
});

test.each(markdown)('every npm script that %s names exists', (file) => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = [...textOf(file).matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/gu)];
  expect(named.map(([, run, own]) => run ?? own ?? '').filter((name) => !(name in scripts))).toEqual([]);
});

/** Targets of links and pictures, as a Markdown reader sees them. */
function targets(text: string): string[] {
  const tokens = new MarkdownIt().parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return tokens
    .flatMap((token) => [token.attrGet('href'), token.attrGet('src')])
    .flatMap((target) => (target === null ? [] : [String(target)]));
}

/** GitHub's way to make an anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsIn = (text: string) => [...text.matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) => anchorOf(heading));

test.each(markdown)('every link of %s to a file or heading of ours leads somewhere', (file) => {
  const lost = targets(textOf(file))
    .filter((target) => !/^[a-z]+:/u.test(target))
    .filter((target) => {
      const [path = '', anchor] = decodeURIComponent(target).split('#');
      const to = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(root, to))) return true;
      return anchor !== undefined && !anchorsIn(textOf(to)).includes(anchor);
    });
  expect(lost).toEqual([]);
});

test('a block is filled, and all around it stays', () => {
  const page = '# A\n\n<!-- computed:one -->\nold\n<!-- /computed -->\n\nb\n';
  const filled = fill(page, { one: 'new $& $1' });
  expect(filled).toBe('# A\n\n<!-- computed:one -->\n\nnew $& $1\n\n<!-- /computed -->\n\nb\n');
  expect(fill(filled, { one: 'new $& $1' })).toBe(filled);
  expect(() => fill(page, { two: '' })).toThrow('nothing computes “one”; there are: two');
  expect(() => fill('<!-- computed:one -->\n', { one: '' })).toThrow('1 computed blocks are opened, and 0 are whole');
});

test('whatever a device is called, its table stays a table', () => {
  const names = ['a|b', '[x](http://evil.example)', '<b>', 'a `tick`', '``'];
  const html = new MarkdownIt().render(
    table(
      ['n'],
      names.map((name) => [code(name)]),
    ),
  );
  expect([...html.matchAll(/<td><code>(.*?)<\/code><\/td>/gu)].map(([, cell]) => cell)).toEqual([
    'a|b',
    '[x](http://evil.example)',
    '&lt;b&gt;',
    'a `tick`',
    '``',
  ]);
});
