import { badRequest } from './graph-error.ts';
import { tokenise } from './odata-tokens.ts';
import type { Token } from './odata-tokens.ts';

const infix = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
const functions = ['contains', 'startswith', 'endswith'] as const;
export type Operator = (typeof infix)[number] | (typeof functions)[number];

export interface Comparison {
  readonly is: 'comparison';
  readonly property: string;
  readonly operator: Operator;
  /** `word` stands for true, false and null. */
  readonly literal: { readonly is: Token['is']; readonly text: string };
}

/** A $filter as OData's grammar reads it; what a service makes of it is another matter. */
export type Filter =
  | Comparison
  | { readonly is: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly is: 'not'; readonly part: Filter };

/** Throws Graph's 400 on a syntax error. */
export function parseFilter(text: string): Filter {
  const reader = new Reader(text);
  const filter = reader.chain('or');
  reader.expectEnd();
  return filter;
}

class Reader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenise(text);
  }

  /** `or` binds weaker than `and`. */
  chain(word: 'or' | 'and'): Filter {
    const parts = [this.#operand(word)];
    while (this.#take('word', word)) parts.push(this.#operand(word));
    const [only] = parts;
    return parts.length === 1 && only ? only : { is: word, parts };
  }

  expectEnd(): void {
    if (this.#next < this.#tokens.length) throw this.#syntaxError();
  }

  #operand(word: 'or' | 'and'): Filter {
    return word === 'or' ? this.chain('and') : this.#single();
  }

  #single(): Filter {
    if (this.#take('word', 'not')) return { is: 'not', part: this.#single() };
    if (!this.#take('sign', '(')) return this.#comparison();
    const inner = this.chain('or');
    this.#expect('sign', ')');
    return inner;
  }

  #comparison(): Comparison {
    const name = this.#expect('word').text;
    if (this.#take('sign', '(')) return this.#functionCall(name);
    const operator = infix.find((candidate) => this.#take('word', candidate));
    if (!operator) throw this.#syntaxError();
    return { is: 'comparison', property: name, operator, literal: this.#literal() };
  }

  #functionCall(name: string): Comparison {
    const operator = functions.find((candidate) => candidate === name);
    if (!operator) throw badRequest(`Invalid filter clause: An unknown function with name '${name}' was found.`);
    const property = this.#expect('word').text;
    this.#expect('sign', ',');
    const literal = this.#literal();
    this.#expect('sign', ')');
    return { is: 'comparison', property, operator, literal };
  }

  #literal(): Comparison['literal'] {
    const token = this.#tokens[this.#next];
    const stands = token && (token.is !== 'word' || ['true', 'false', 'null'].includes(token.text));
    if (!stands || token.is === 'sign') throw this.#syntaxError();
    this.#next += 1;
    return { is: token.is, text: token.text };
  }

  #take(is: Token['is'], text?: string): Token | undefined {
    const token = this.#tokens[this.#next];
    if (token?.is !== is || (text !== undefined && token.text !== text)) return undefined;
    this.#next += 1;
    return token;
  }

  #expect(is: Token['is'], text?: string): Token {
    const token = this.#take(is, text);
    if (!token) throw this.#syntaxError();
    return token;
  }

  #syntaxError(): Error {
    const at = this.#tokens[this.#next]?.at ?? this.#text.length;
    return badRequest(`Invalid filter clause: Syntax error at position ${at} in '${this.#text}'.`);
  }
}
