import { distance } from 'fastest-levenshtein';
import type { Catalogue } from '../catalogue.ts';
import { cut } from '../model/text.ts';
import type { Talk } from './talk.ts';

/** A command as it is taught: its own words, and the device that stands behind them where it takes one. */
interface Example {
  readonly words: readonly string[];
  readonly device: string;
  /** What people say for it, where that is not its own words. */
  readonly called?: readonly string[];
}

interface Suggestion {
  readonly text: string;
  readonly off: number;
}

/** Of the letters, how many may be wrong for it still to be a slip of the same words. */
const tolerance = 0.45;
const mostShown = 3;
const mostWords = 12;

/** Words before a command that say nothing of it. */
const fillers = new Set(['please', 'can', 'could', 'you', 'show', 'get', 'give', 'me', 'the', 'run', 'do', 'a']);
/** Words in a command that say nothing of it alone. */
const joints = new Set(['on', 'of', 'for', 'to', 'at', 'up', 'from', 'here', 'about', 'i', 'app', 'device']);

const withDevice = (example: string): Example => {
  const words = example.split(' ');
  return { words: words.slice(0, -1), device: words.at(-1) ?? '' };
};

/** Every command. What a secret is called stands for the status that shows it: `unlock MBP-042`, `pin MBP-042`. */
function examplesIn({ actions }: Catalogue, talks: readonly Talk[]): readonly Example[] {
  const acting = actions.flatMap(({ examples }) => examples).map(withDevice);
  const status = withDevice('status MBP-042');
  const own = [withDevice('lock MBP-042'), status, withDevice('history MBP-042'), withDevice('who locked MBP-042')];
  const devices = new Set([...acting, ...own].map(({ device }) => device));
  const said = talks
    .flatMap(({ examples }) => examples)
    .filter((example) => !example.includes('#') && !devices.has(example.replace(/\?$/u, '').split(' ').at(-1) ?? ''))
    .map((example) => ({ words: example.split(' '), device: '' }));
  const secrets = actions.flatMap(({ secret }) => (secret ? [secret.label.toLowerCase().split(' ')] : []));
  return [
    ...said,
    { words: ['status'], device: '' },
    ...acting,
    ...own,
    ...secrets.map((called) => ({ ...status, called })),
  ];
}

const squeezed = (words: readonly string[]): string => words.join('').toLowerCase();

/** How far these words are from those of the example, as a share of its letters: `wakeup` is `wake up`. */
function misspelt(head: readonly string[], { words, called = words }: Example): number {
  const known = squeezed(called);
  return distance(squeezed(head), known) / Math.max(known.length, 1);
}

/** Some words of the example and no others: `scan`, `refresh`. The more are missing, the further off. */
function incomplete(head: readonly string[], { words, called = words }: Example): number {
  const known = called.map((word) => word.toLowerCase());
  const isThere = (word: string) => known.some((one) => distance(word, one) <= Math.floor(one.length / 5));
  const said = head.map((word) => word.toLowerCase());
  if (!said.every(isThere) || said.every((word) => joints.has(word))) return 1;
  return (tolerance * (known.length - said.length)) / Math.max(known.length, 1);
}

/** How far off it is, and how much further where no device is left: what looks misspelt may be the device itself. */
interface Measure {
  readonly of: typeof misspelt;
  readonly alone: number;
}

/** The words that look like the example's give way to these, and what follows stays as its device. */
function corrected(said: readonly string[], example: Example, measure: Measure): Suggestion {
  const { words, device } = example;
  const most = device === '' ? said.length : Math.min(words.length, said.length);
  const least = device === '' ? said.length : 1;
  const tries = Array.from({ length: most - least + 1 }, (_, more) => {
    const rest = said.slice(least + more).join(' ');
    const isShort = device !== '' && rest === '';
    const off = measure.of(said.slice(0, least + more), example) + (isShort ? measure.alone : 0);
    return { text: [...words, ...(device === '' ? [] : [rest ? cut(rest, 80) : device])].join(' '), off };
  });
  return tries.reduce((best, one) => (one.off < best.off ? one : best), { text: '', off: 1 });
}

const nearBy = (said: readonly string[], examples: readonly Example[], measure: Measure): readonly string[] => {
  const near = examples
    .map((example) => corrected(said, example, measure))
    .filter(({ off }) => off <= tolerance)
    .toSorted((one, other) => one.off - other.off);
  return [...new Set(near.map(({ text }) => text))].slice(0, mostShown);
};

/**
 * Up to three commands near to what was said, for a person to type again: misspelt, or else with words left out. Where
 * nothing is near, an example of each action that can be undone. A suggestion is only ever shown, never carried out.
 */
export function nearestCommands(
  said: string,
  catalogue: Catalogue,
  talks: readonly Talk[] = [],
): { near: boolean; commands: readonly string[] } {
  const all = cut(said, 200).split(/\s+/u).filter(Boolean);
  const first = all.findIndex((word) => !fillers.has(word.toLowerCase()));
  const words = all.slice(Math.max(first, 0)).slice(0, mostWords);
  const examples = examplesIn(catalogue, talks);
  const spelt = nearBy(words, examples, { of: misspelt, alone: 0.25 });
  const commands = spelt.length > 0 ? spelt : nearBy(words, examples, { of: incomplete, alone: 0.05 });
  if (commands.length > 0) return { near: true, commands };
  const harmless = catalogue.actions.filter(({ risk }) => risk !== 'irreversible');
  return { near: false, commands: [...harmless.flatMap((action) => action.examples.slice(0, 1)), 'status MBP-042'] };
}
