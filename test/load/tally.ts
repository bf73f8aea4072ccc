import type { Posted } from './connector.ts';

/** What the messages of one conversation tell: how many actions in which end, and how often each one that is named alone. */
export interface Tally {
  readonly messages: number;
  readonly folded: number;
  readonly actions: number;
  readonly ends: Readonly<Record<string, number>>;
  /** Names that stand on more than one card of their own. */
  readonly twice: readonly string[];
}

const single = /^Lock (\S+): (.+)$/u;
const many = /^(\d+) actions on devices: (.+)$/u;

/** Reads cards as people do: by their line for notifications. Throws on one that says something else. */
export function tallyOf(posted: readonly Posted[]): Tally {
  const ends: Record<string, number> = {};
  const names: string[] = [];
  const add = (end: string, count: number) => void (ends[end] = (ends[end] ?? 0) + count);
  let folded = 0;
  for (const { content } of posted) {
    const line = 'summary' in content ? content.summary : content.text;
    const [, name, end] = single.exec(line) ?? [];
    const [, , counts] = many.exec(line) ?? [];
    if (name && end) {
      names.push(name);
      add(end, 1);
    } else if (counts) {
      folded += 1;
      for (const part of counts.split(', ')) add(part.replace(/^\d+ /u, ''), Number.parseInt(part, 10));
    } else throw new Error(`an unexpected line: ${line}`);
  }
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const actions = Object.values(ends).reduce((sum, count) => sum + count, 0);
  return { messages: posted.length, folded, actions, ends, twice };
}
