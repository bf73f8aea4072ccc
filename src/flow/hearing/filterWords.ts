import type { Catalogue } from '../../catalogue.ts';
import type { Mention } from '../../doors.ts';
import type { Filter } from '../../model/subscription.ts';
import { actionsCalled } from './actionWords.ts';

/** What somebody wants to hear about; `person`: done by whoever is mentioned, or by themselves. */
export interface Wanted {
  readonly filter: Filter;
  readonly person?: Mention | 'me' | undefined;
}

/** One word's or phrase's share in a filter; without any, it narrows nothing. */
type Part = Filter & { readonly person?: Mention | 'me'; readonly isJoint?: true };

const parts: readonly (readonly [words: string, part: Part])[] = [
  ['failed|failure|failures|failing', { outcomes: ['failed', 'notSupported'] }],
  ['unsuccessful|problems|trouble', { outcomes: ['failed', 'notSupported', 'canceled', 'refused', 'unproven'] }],
  ['unproven|unsure', { outcomes: ['unproven'] }],
  ['done|that are done|that were done|successful|succeeded|completed', { outcomes: ['done'] }],
  ['cancelled|canceled|cancellations', { outcomes: ['canceled'] }],
  ['refused|not done|rejected', { outcomes: ['refused'] }],
  ['not supported|unsupported', { outcomes: ['notSupported'] }],
  ['irreversible', { risks: ['irreversible'] }],
  ['disruptive', { risks: ['disruptive'] }],
  ['harmless', { risks: ['harmless'] }],
  ['mac|macs|macos|macbook|macbooks', { platforms: ['macOS'] }],
  ['windows|pc|pcs|windows pcs|laptops', { platforms: ['windows'] }],
  ['iphone|iphones|ipad|ipads|ios|ipados', { platforms: ['iOS'] }],
  ['android|androids', { platforms: ['android'] }],
  ['phones|tablets|mobiles|mobile devices', { platforms: ['iOS', 'android'] }],
  ['linux', { platforms: ['linux'] }],
  ['chromeos|chromebook|chromebooks', { platforms: ['chromeOS'] }],
  ['personal|private|byod', { ownership: ['personal'] }],
  ['company|corporate|company-owned', { ownership: ['company'] }],
  ['me|my|mine|i do|i did', { person: 'me' }],
  ['anything|everything|all actions|actions|action|operations|devices', {}],
  [
    'and|or|on|of|the|with|by|from|about|in|that|which|are|is|what|whatever|does|do|did|done on|done by|done to|done with|done in|all|any|every|to|for|device',
    { isJoint: true },
  ],
];

/** "What is done" asks for no outcome: it is another word for everything that happens. */
const happening =
  /\b(?:what(?:ever)?|anything|everything|all)(?: that)?(?: is| was| gets| has been)? done\b(?! actions)/gu;

/** Half of an action's name, which alone means something else. */
const halves: ReadonlySet<string> = new Set(['lost']);

const known: ReadonlyMap<string, Part> = new Map(
  parts.flatMap(([words, part]) => words.split('|').map((word) => [word, part] as const)),
);
/** Every word that narrows a filter or joins its parts, alone. */
export const knownWords: ReadonlySet<string> = new Set([...known.keys()].flatMap((words) => words.split(' ')));

const mostWords = 4;
/** Stands for the person who is mentioned. */
const mentioned = '\u0001';

/**
 * What "failed locks on Macs", "anything" or "what @Megan does" is about. Undefined: not understood, in whole or in part;
 * half understood would be told too much. Pure.
 */
export function filterIn(text: string, mentions: readonly Mention[], catalogue: Catalogue): Wanted | undefined {
  const named = mentions.filter((mention) => text.includes(mention.text));
  const [person] = named;
  if (named.length > 1) return undefined;
  const plain = person ? text.replace(person.text, ` ${mentioned} `) : text;
  const words = plain
    .toLowerCase()
    .replace(/[’']s\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(happening, 'anything')
    .split(/[\s,;/]+/u)
    .filter(Boolean);
  const found = partsIn(words, person, catalogue);
  return found?.some(({ isJoint }) => !isJoint) ? together(found) : undefined;
}

/** From the left, the longest that is known each time. */
function partsIn(words: readonly string[], person: Mention | undefined, catalogue: Catalogue): Part[] | undefined {
  const found: Part[] = [];
  for (let at = 0; at < words.length;) {
    const longest = Math.min(mostWords, words.length - at);
    const counts = Array.from({ length: longest }, (_, less) => longest - less);
    const count = counts.find((many) => partOf(words.slice(at, at + many), person, catalogue));
    const part = count && partOf(words.slice(at, at + count), person, catalogue);
    if (!part) return undefined;
    found.push(part);
    at += count;
  }
  return found;
}

function partOf(words: readonly string[], person: Mention | undefined, catalogue: Catalogue): Part | undefined {
  const phrase = words.join(' ');
  if (phrase === mentioned && person) return { person };
  const part = known.get(phrase);
  if (part) return part;
  if (halves.has(phrase)) return undefined;
  // A name may not reach over a word that narrows by itself: "locks on Macs" is no name of an action.
  if (words.length > 1 && words.some((word) => word !== 'actions' && known.has(word))) return undefined;
  const actions = actionsCalled(words, catalogue);
  return actions.length > 0 ? { actions } : undefined;
}

function together(found: readonly Part[]): Wanted {
  const all = <K extends 'actions' | 'risks' | 'outcomes' | 'platforms' | 'ownership'>(key: K) => {
    const values = new Set(found.flatMap((part) => part[key] ?? []));
    return values.size > 0 ? { [key]: [...values] } : {};
  };
  const filter = { ...all('actions'), ...all('risks'), ...all('outcomes'), ...all('platforms'), ...all('ownership') };
  const person = found.map((part) => part.person).find(Boolean);
  return person ? { filter, person } : { filter };
}
