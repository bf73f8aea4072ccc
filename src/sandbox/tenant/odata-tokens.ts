import { badRequest } from './graph-error.ts';

/** A word of a $filter. `text` of a string is unescaped (`''` is one quote). */
export interface Token {
  readonly is: 'string' | 'word' | 'number' | 'moment' | 'sign';
  readonly text: string;
  readonly at: number;
}

const pattern =
  /\s*(?:'((?:[^']|'')*)'|(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?)|(-?\d+(?:\.\d+)?)|([A-Za-z_@][\w/.]*)|([(),]))/y;
const kinds = ['string', 'moment', 'number', 'word', 'sign'] as const;

/** Throws Graph's 400 at the first character that belongs to no token. */
export function tokenise(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (filter.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex;
    const match = pattern.exec(filter);
    const found = kinds.findIndex((_, index) => match?.[index + 1] !== undefined);
    const is = kinds[found];
    if (!match || !is) throw badRequest(`Invalid filter clause: Syntax error at position ${at} in '${filter}'.`);
    const text = match[found + 1] ?? '';
    tokens.push({ is, text: is === 'string' ? text.replaceAll("''", "'") : text, at });
  }
  return tokens;
}
