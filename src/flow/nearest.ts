import { distance } from 'fastest-levenshtein';
import type { Catalogue } from '../catalogue.ts';
import { cut } from '../model/text.ts';

interface Suggestion {
  readonly text: string;
  readonly off: number;
}

/** Of the letters, how many may be wrong for it still to be a slip of the same words. */
const tolerance = 0.45;

/** Replaces the words that look like a known command's by that command's, and keeps what follows as its device. */
function corrected(said: readonly string[], example: string): Suggestion {
  const known = example.split(' ');
  const words = known.slice(0, -1);
  const head = said.slice(0, words.length).join(' ').toLowerCase();
  const off = distance(head, words.join(' ').toLowerCase()) / Math.max(words.join(' ').length, 1);
  const rest = said.slice(words.length).join(' ');
  return { text: rest ? `${words.join(' ')} ${cut(rest, 80)}` : example, off };
}

/**
 * Up to three commands near to what was said, for a person to type again; where nothing is near, an example of each
 * action that can be undone. A suggestion is only ever shown, never carried out.
 */
export function nearestCommands(said: string, catalogue: Catalogue): { near: boolean; commands: readonly string[] } {
  const words = cut(said, 200).split(/\s+/u);
  const examples = [
    ...catalogue.actions.flatMap(({ examples }) => examples),
    'lock MBP-042',
    'status MBP-042',
    'history MBP-042',
  ];
  const near = examples
    .map((example) => corrected(words, example))
    .filter(({ off }) => off <= tolerance)
    .sort((one, other) => one.off - other.off)
    .map(({ text }) => text);
  const shown = [...new Set(near)].slice(0, 3);
  if (shown.length) return { near: true, commands: shown };
  const harmless = catalogue.actions.filter(({ risk }) => risk !== 'irreversible');
  return { near: false, commands: [...harmless.flatMap(({ examples }) => examples.slice(0, 1)), 'status MBP-042'] };
}
