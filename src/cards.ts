import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Template } from 'adaptivecards-templating';
import type { View } from './model/action.ts';
import { largestCard } from './model/limits.ts';
import { cut } from './model/text.ts';

/** The templates of `cards/`, ready to be filled. */
export interface Cards {
  readonly names: readonly string[];
  /**
   * An Adaptive Card. Every string of the view is foreign text and is escaped, but for those under a key `plain`,
   * which are for places without markdown (button titles, values). `detail` names the template that fills the
   * container with the id `detail`. Throws on an unknown name: views and templates are ours.
   */
  fill(name: string, view: View, detail?: { readonly name: string; readonly view: View }): object;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export async function loadCards(folder = join(import.meta.dirname, '../cards')): Promise<Cards> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const templates = new Map<string, Template>();
  for (const file of files)
    templates.set(basename(file, '.json'), new Template(JSON.parse(await readFile(join(folder, file), 'utf8'))));
  return { names: [...templates.keys()], fill: (name, view, detail) => fill(templates, name, view, detail) };
}

interface Filling {
  readonly name: string;
  readonly view: View;
}

/** The longest that a text may be, tried in turn until the card fits. */
const lengths = [2_000, 300, 120, 50, 24];

function fill(templates: ReadonlyMap<string, Template>, name: string, view: View, detail?: Filling): object {
  const fitting = lengths.map((most) => () => fillCut(templates, { name, view }, detail, most));
  return firstThat(fitting, (card) => Buffer.byteLength(JSON.stringify(card)) <= largestCard);
}

/** The first that does, or else the last. */
function firstThat<T>(makers: readonly (() => T)[], does: (made: T) => boolean): T {
  const [make, ...others] = makers;
  if (!make) throw new Error('nothing to choose from');
  const made = make();
  return does(made) || others.length === 0 ? made : firstThat(others, does);
}

function fillCut(
  templates: ReadonlyMap<string, Template>,
  outer: Filling,
  detail: Filling | undefined,
  most: number,
): object {
  const expand = ({ name, view }: Filling): Json => {
    const template = templates.get(name);
    if (!template) throw new Error(`no card is called ${name}`);
    return template.expand({ $root: escapeView(view, most) }) as Json;
  };
  return finish(expand(outer), detail && expand(detail)) as object;
}

/** Puts the detail in its place, and gives every Action.Execute its Action.Submit for clients that cannot execute. */
function finish(json: Json, detail: Json | undefined): Json {
  if (Array.isArray(json)) return json.map((item: Json) => finish(item, detail));
  if (json === null || typeof json !== 'object') return json;
  const entries = Object.entries(json).map(([key, value]) => [key, finish(value, detail)] as const);
  const done = Object.fromEntries(entries) as Record<string, Json>;
  if (done['id'] === 'detail' && detail !== undefined) return withDetail(done, finish(detail, undefined));
  return done['type'] === 'Action.Execute' ? executable(done) : done;
}

/** An empty container would still take its gap. */
function withDetail(place: Record<string, Json>, detail: Json): Json {
  const { items } = detail as { items?: readonly Json[] };
  return items?.length ? { ...place, items: [detail] } : { ...place, isVisible: false };
}

function executable(action: Record<string, Json>): Json {
  const data = { ...(action['data'] as Record<string, Json>), verb: action['verb'] ?? '' };
  const submit = Object.fromEntries(Object.entries(action).filter(([key]) => key !== 'verb'));
  return { ...action, data, fallback: { ...submit, type: 'Action.Submit', data } };
}

function escapeView(view: View, most: number): View {
  const entries = Object.entries(view).map(([key, value]) => [
    key,
    key === 'plain' ? cleanView(value as View) : escapeValue(value, most),
  ]);
  return Object.fromEntries(entries) as View;
}

function escapeValue(value: View[string], most: number): View[string] {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return escapeMarkdown(cut(value, most));
  return Array.isArray(value) ? value.map((item: View) => escapeView(item, most)) : escapeView(value as View, most);
}

/** Plain places know no markup, but line breaks and turned-round letters mislead there as well. */
const cleanView = (view: View): View =>
  Object.fromEntries(
    Object.entries(view).map(([key, value]) => [key, typeof value === 'string' ? cleanText(value) : value]),
  ) as View;

/** Characters that change the order in which text is read could make one name look like another. */
const misleading = /[\u202a-\u202e\u2066-\u2069]/gu;
/** Foreign text on one line, in the order in which it is written. */
export const cleanText = (text: string): string => text.replace(/\s+/gu, ' ').replace(misleading, '\ufffd');

const inline = /[\\`*~[\]<]|&(?=#?\w+;)|\{(?=\{)|(?<=\{)\{|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** List, heading, quotation, rule: markup only where the line begins with it. */
const atLineStart = /^(\s*)(\d*)(>|[#+-](?=\s|$)|#{2,}|-{2,}|={2,}|[.)](?=\s|$))/u;

/**
 * Foreign text as it is, whatever markdown, mentions or date functions it holds. Only what would be read as markup is
 * escaped, so that common names show no backslash in a client that knows fewer escapes.
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text).replace(inline, '\\$&').replace(atLineStart, '$1$2\\$3');
}
