import type { Content } from '../../src/ports.ts';

type Json = { readonly [key: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A card as lines of text, the way a person reads it from top to bottom; buttons in brackets. */
export function read(content: Content): string[] {
  if ('text' in content) return [content.text];
  return lines(content.card).filter(Boolean);
}

function lines(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(lines);
  if (!isObject(node) || node['isVisible'] === false) return [];
  switch (node['type']) {
    case 'TextBlock':
      return [String(node['text'])];
    case 'FactSet':
      return (node['facts'] as Json[]).map(({ title, value }) => `${String(title)}: ${String(value)}`);
    case 'Input.ChoiceSet':
      return [
        `${String(node['label'])}?`,
        ...(node['choices'] as Json[]).map(
          ({ title, value }) => `  ( ${ticked(node, value) ? 'x' : ' '} ) ${String(title)}`,
        ),
      ];
    case 'TableRow':
      return [(node['cells'] as Json[]).map((cell) => lines(cell['items']).join(' / ')).join(' | ')];
    default:
      return [...['body', 'items', 'columns', 'rows'].flatMap((key) => lines(node[key])), ...buttons(node['actions'])];
  }
}

const ticked = (node: Json, value: unknown) => String(node['value']).split(',').includes(String(value));
const buttons = (actions: unknown): string[] =>
  Array.isArray(actions) ? actions.map((action: Json) => `[${String(action['title'])}]`) : [];

/** The Action.Execute with this title, wherever it stands on the card. */
export function buttonOf(content: Content, title: string): { verb: string; data: Json } | undefined {
  const found =
    'card' in content
      ? [...nodes(content.card)].find((node) => node['type'] === 'Action.Execute' && node['title'] === title)
      : undefined;
  return found && { verb: String(found['verb']), data: found['data'] as Json };
}

function* nodes(node: unknown): Generator<Json> {
  if (Array.isArray(node)) for (const item of node) yield* nodes(item);
  if (!isObject(node)) return;
  yield node;
  for (const value of Object.values(node)) yield* nodes(value);
}

const inputsOf = (content: Content): Json[] =>
  'card' in content ? [...nodes(content.card)].filter((node) => node['type'] === 'Input.ChoiceSet') : [];

/** As clients do it: an input without a value is left out of what is sent. */
const sent = (values: readonly (readonly [unknown, string])[]): Record<string, string> =>
  Object.fromEntries(values.filter(([, value]) => value !== '').map(([id, value]) => [String(id), value]));

/** What the card's inputs send when nobody touches them. */
export const presets = (content: Content): Record<string, string> =>
  sent(inputsOf(content).map(({ id, value }) => [id, String(value ?? '')]));

/** What the card's first input sends when just these choices are ticked; empty when none is. */
export function ticks(content: Content, titles: readonly string[]): Record<string, string> {
  const [input] = inputsOf(content);
  const choices = (input?.['choices'] ?? []) as Json[];
  const chosen = choices.filter(({ title }) => titles.includes(String(title)));
  if (chosen.length !== titles.length) throw new Error(`the card does not offer all of ${titles.join(', ')}`);
  return sent([[input?.['id'], chosen.map(({ value }) => value).join(',')]]);
}
