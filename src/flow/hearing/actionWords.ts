import type { Catalogue } from '../../catalogue.ts';
import { auditNamesOf } from '../../model/action.ts';
import type { Action } from '../../model/action.ts';
import { knownElsewhere } from './elsewhereWords.ts';

/** Enough to know "removals" for "remove" and "policies" for "policy"; both sides go through it. */
const stem = (word: string): string => {
  const plain = word.toLowerCase();
  const short = plain.replace(/(?:ations?|ions?|als?|ings?|ies|es|s|e|y)$/u, '');
  return short.length < 3 ? plain : short;
};

const stemsIn = (text: string): string[] => (text.match(/\p{L}+/gu) ?? []).map(stem);

/** Words that say nothing of what is done. */
const noise = new Set(
  stemsIn('please a an the on of for from to up ups run device devices pc computer app item keeping'),
);

/** `remoteLock` as words. */
const spaced = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/gu, ' ');

const wordsOf = ({ name, phrases }: Action): string =>
  [spaced(name), ...phrases.map(({ say }) => say.replace(/\{\w+\}/gu, ' '))].join(' ');

/** Names of actions for which all these words are used: ours, and Intune's own for what is done elsewhere. Pure. */
export function actionsCalled(words: readonly string[], { actions }: Catalogue): readonly string[] {
  const wanted = words.flatMap(stemsIn).filter((word) => !noise.has(word));
  // What has no letters is no word that we know.
  if (wanted.length === 0 || words.some((word) => stemsIn(word).length === 0)) return [];
  const named = (text: string) => {
    const known = new Set(stemsIn(text).filter((word) => !noise.has(word)));
    return wanted.every((word) => known.has(word));
  };
  return [
    ...actions.filter((action) => named(wordsOf(action))).flatMap((action) => [action.name, ...auditNamesOf(action)]),
    ...knownElsewhere.filter(([, label]) => named(label)).map(([name]) => name),
  ].filter((name, index, all) => all.indexOf(name) === index);
}
