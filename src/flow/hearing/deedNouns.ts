import type { Action } from '../../model/action.ts';

/** English nouns of verbs that do not just take an s: removals, restorations, retirements, refreshes. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/ove$/u, 'ovals'],
  [/ore$/u, 'orations'],
  [/ire$/u, 'irements'],
  [/(?<=[^aeiou])y$/u, 'ies'],
  [/(?<=ch|sh|s|x|z)$/u, 'es'],
  [/$/u, 's'],
];

/** `lock` as `locks`, `quick scan` as `quick scans`, `wake up` as `wake-ups`; what ends in a switch stays as it is. */
function pluralOf(words: string): string {
  if (/ (?:on|off)$/u.test(words)) return words;
  const [ending, plural] = endings.find(([known]) => known.test(words)) ?? [/$/u, 's'];
  return words.replace(ending, plural).replace(/ (?=(?:up|down|out)s$)/u, '-');
}

const singularOf = (word: string): string => word.replace(/(?<=[^s])s$/u, '');

const noise = new Set([
  'please',
  'run',
  'a',
  'an',
  'the',
  'device',
  'cloud',
  'pc',
  'app',
  'on',
  'of',
  'for',
  'from',
  'to',
]);

/** "refresh user policy on LT-117" as "user policy refreshes": verbs are known by how the page tells of the past. */
function nounOf(example: string, { past }: Action): string {
  const words = example
    .replace(/"[^"]*"/gu, '')
    .split(/\s+/u)
    .slice(0, -1)
    .filter((word) => word !== '' && !noise.has(word.toLowerCase()));
  const [verb = '', ...object] = words;
  const isVerb = past.some(({ say }) => say.startsWith(verb.replace(/e$/u, '')));
  return isVerb ? [...object.map(singularOf), pluralOf(verb)].join(' ') : pluralOf(words.join(' '));
}

/** What people call such actions: "locks"; of an action of several deeds all of them. Pure. */
export function nounsOf(action: Action): readonly string[] {
  const nouns = action.examples.map((example) => nounOf(example, action)).filter(Boolean);
  // "user policy refreshes" are "policy refreshes".
  const isNew = (noun: string) => !nouns.some((other) => other !== noun && noun.endsWith(` ${other}`));
  return [...new Set(nouns.filter(isNew))];
}

const isName = /^(?:\w+\p{Lu}|Autopilot|Intune)/u;

/** A label of what is done elsewhere in the same way: "Wipe, keeping the enrolment," as "wipes, keeping the enrolment". Pure. */
export function nounOfLabel(label: string): string {
  if (label.includes('“')) return label;
  const [words = '', ...more] = label.replace(/,$/u, '').split(',');
  const noun = pluralOf(isName.test(words) ? words : `${words.charAt(0).toLowerCase()}${words.slice(1)}`);
  return [noun, ...more].join(',');
}
