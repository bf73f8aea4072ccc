import type { Slots } from './action.ts';

/** A way to say something, compiled. See `Phrase.say` for how it is written. */
export interface Pattern {
  readonly say: string;
  /** The words that must be there, in order. */
  readonly words: readonly string[];
  /** What was caught; undefined where the text does not say this. */
  match(text: string): Slots | undefined;
  /** What the last slot may mean as well: `lock Mac mini` may be about "mini" or about "Mac mini". */
  alsoMeant(text: string): readonly string[];
  /** Only the slots are missing: "lock" or "refresh policy on". */
  isBare(text: string): boolean;
}

const quoted = /^(["'])(.*)\1$/su;
/** A name in quotes is the name without them. */
export const unquote = (text: string): string => quoted.exec(text.trim())?.[2]?.trim() ?? text.trim();

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
const isSlot = (part: string) => part.startsWith('{');
const isOptional = (part: string) => part.startsWith('(');

/** Quotes win over greed, so that a quoted name may hold any word of the phrase. */
const slot = (part: string) => `(?<${part.slice(1, -1)}>"[^"]*"|.+)`;

function source(parts: readonly string[]): string {
  const pieces = parts.map((part) => {
    if (isSlot(part)) return slot(part);
    if (isOptional(part)) return `(?:${part.slice(1, -1).split('|').map(escape).join('|')})`;
    return escape(part);
  });
  return pieces
    .map((piece, index) => {
      const optional = isOptional(parts[index] ?? '');
      const last = index === pieces.length - 1;
      return last ? (optional ? `(?:${piece})?` : piece) : optional ? `(?:${piece}\\s+)?` : `${piece}\\s+`;
    })
    .join('');
}

/** Stands where a slot's text would, to ask whether only the slot is missing. */
const nothing = '\u0001';

const caught = (pattern: RegExp, text: string): Slots | undefined => {
  const groups = pattern.exec(text)?.groups;
  return groups && Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, unquote(value ?? '')]));
};

const wholeOf = (parts: readonly string[]) => new RegExp(`^${source(parts)}$`, 'isu');

export function compile(say: string): Pattern {
  const parts = say.split(/\s+/u);
  const whole = wholeOf(parts);
  const last = parts.findLastIndex(isSlot);
  const fuller = isOptional(parts[last - 1] ?? '') ? wholeOf(parts.toSpliced(last - 1, 1)) : undefined;
  const firstSlot = parts.findIndex(isSlot);
  const beforeSlot = new RegExp(`^${source([...parts.slice(0, firstSlot), nothing])}$`, 'isu');
  return {
    say,
    words: parts.filter((part) => !isSlot(part) && !isOptional(part)),
    match: (text) => caught(whole, text),
    alsoMeant: (text) => {
      const slots = fuller && caught(fuller, text);
      return slots ? [slots[(parts[last] ?? '').slice(1, -1)] ?? ''] : [];
    },
    isBare: (text) => beforeSlot.test(`${text} ${nothing}`),
  };
}
