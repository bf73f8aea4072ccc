import { distance } from 'fastest-levenshtein';
import type { Catalogue } from '../../catalogue.ts';
import type { Mention } from '../../doors.ts';
import { actionsCalled } from './actionWords.ts';
import { nounsOf } from './deedNouns.ts';
import { filterIn, knownWords } from './filterWords.ts';

const mostWords = 12;

/** Shorter words are too easily taken for others. */
const shortest = 4;

/** "loks on Macs" as "locks on Macs": each word that is not known as the nearest that is. Undefined: still not understood. Pure. */
export function nearestFilter(text: string, mentions: readonly Mention[], catalogue: Catalogue): string | undefined {
  const words = text.split(/\s+/u);
  if (words.length > mostWords) return undefined;
  const nouns = catalogue.actions.flatMap(nounsOf).flatMap((noun) => noun.split(' '));
  const known = [...new Set([...knownWords, ...nouns])].filter((word) => word.length >= shortest);
  const names = new Set(mentions.flatMap((mention) => mention.text.split(/\s+/u)));
  const isKnown = (word: string) =>
    names.has(word) || knownWords.has(word.toLowerCase()) || actionsCalled([word], catalogue).length > 0;
  const meant = words.map((word) => (isKnown(word) ? word : (nearestOf(word.toLowerCase(), known) ?? word))).join(' ');
  return meant !== text && filterIn(meant, mentions, catalogue) ? meant : undefined;
}

function nearestOf(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, off: distance(word, candidate.toLowerCase()) }))
    .filter(({ candidate, off }) => off <= Math.floor(candidate.length / 3))
    .toSorted((one, other) => one.off - other.off);
  return best?.candidate;
}
