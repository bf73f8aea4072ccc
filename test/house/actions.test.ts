import { basename } from 'node:path';
import { loadCatalogue } from '../../src/catalogue.ts';
import type { Catalogue } from '../../src/catalogue.ts';
import type { Action } from '../../src/model/action.ts';
import { compile } from '../../src/model/phrase.ts';
import { files, textOf } from './files.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const namesIn = (folder: string, ending: string) =>
  files
    .filter((file) => file.startsWith(`${folder}/`) && file.endsWith(ending))
    .map((file) => basename(file, ending))
    .sort();

test('every action is in the file of its name, with a card and a specimen; no specimen is left over', () => {
  const names = catalogue.actions.map(({ name }) => name).sort();
  expect(names).toEqual(namesIn('src/actions', '.ts'));
  expect(namesIn('test/cards/specimens', '.json')).toEqual(names);
  expect(namesIn('cards', '.json')).toEqual(expect.arrayContaining(names));
});

test('every other card is asked for by the flow', () => {
  const flow = files.filter((file) => file.startsWith('src/flow/')).map(textOf);
  const names = new Set(catalogue.actions.map(({ name }) => name));
  const idle = namesIn('cards', '.json').filter(
    (card) => !names.has(card) && !flow.some((text) => text.includes(`fill('${card}'`)),
  );
  expect(idle).toEqual([]);
});

/** All that a phrase lets people say: each `(a|b)` as nothing, a or b; each slot filled. */
function sayings(say: string): string[] {
  const choices = say.split(/\s+/u).map((part) => {
    if (part.startsWith('(')) return ['', ...part.slice(1, -1).split('|')];
    return [part.replace('{device}', 'MBP-042').replace('{item}', '"Contoso VPN"')];
  });
  const all = choices.reduce<string[]>(
    (starts, words) => starts.flatMap((start) => words.map((word) => `${start} ${word}`)),
    [''],
  );
  return all.map((text) => text.replace(/\s+/gu, ' ').trim());
}

const withoutSlots = (text: string) => text.replace(/ ("Contoso VPN"|MBP-042).*$/u, '');

/** Words that two actions would take for theirs. Where one phrase has more words of its own, it wins, and rightly. */
function disputes(actions: readonly Action[]): string[] {
  const known = actions.flatMap((action) => action.phrases.map(({ say }) => ({ action, say, pattern: compile(say) })));
  return known.flatMap((mine) =>
    sayings(mine.say).flatMap((text) =>
      known
        .filter((other) => other.action !== mine.action)
        .filter(
          ({ pattern }) =>
            (pattern.match(text) && pattern.words.length >= mine.pattern.words.length) ||
            pattern.isBare(withoutSlots(text)),
        )
        .map((other) => `“${text}”: ${mine.action.name} and ${other.action.name}`),
    ),
  );
}

test('no two actions claim the same words', () => {
  expect(disputes(catalogue.actions)).toEqual([]);
});

test('two that would are found out', () => {
  const [action] = catalogue.actions;
  const lock = catalogue.action('remoteLock');
  const rival = { ...action!, name: 'rival', phrases: [{ say: 'lock (my) {device}', options: () => ({}) }] };
  expect(disputes([lock, rival])).toContain('“lock MBP-042”: remoteLock and rival');
  expect(sayings('(please) lock (a|b) {device}')).toHaveLength(6);
});
