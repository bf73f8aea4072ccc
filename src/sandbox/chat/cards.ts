import { isJson } from './protocol.ts';
import type { Json } from './protocol.ts';

/** Which button: its title, or one of its other marks. `index` counts all actions of the card as they are written. */
export type ActionMark = string | { id: string } | { verb: string } | { index: number };

interface Found {
  element: Json;
  /** The card in which it stands, and those around that one (Action.ShowCard nests them). */
  cards: Json[];
}

const typeOf = (element: Json): string => (typeof element['type'] === 'string' ? element['type'] : '');

/** Every element below `node` in written order, `refresh` and `fallback` left aside: nobody sees those. */
function* elementsOf(node: unknown, cards: Json[] = []): Generator<Found> {
  if (Array.isArray(node)) {
    for (const item of node) yield* elementsOf(item, cards);
  } else if (isJson(node)) {
    const around = typeOf(node) === 'AdaptiveCard' ? [...cards, node] : cards;
    yield { element: node, cards: around };
    for (const [key, value] of Object.entries(node)) {
      if (!['refresh', 'fallback', 'data', 'msteams'].includes(key)) yield* elementsOf(value, around);
    }
  }
}

const isMarked = (element: Json, mark: ActionMark): boolean => {
  if (typeof mark === 'string') return element['title'] === mark;
  if ('id' in mark) return element['id'] === mark.id;
  return 'verb' in mark && element['verb'] === mark.verb;
};

function findAction(card: Json, mark: ActionMark): Found {
  const actions = [...elementsOf(card)].filter(({ element }) => typeOf(element).startsWith('Action.'));
  const byIndex = typeof mark === 'object' && 'index' in mark ? actions[mark.index] : undefined;
  const found = byIndex ?? actions.find(({ element }) => isMarked(element, mark));
  if (found) return found;
  const titles = actions.map(({ element }) => String(element['title'])).join(', ');
  throw new Error(`No action ${JSON.stringify(mark)} on this card; it has: ${titles || 'none'}`);
}

const inputsOf = (card: Json): Found[] =>
  [...elementsOf(card)].filter(({ element }) => typeOf(element).startsWith('Input.') && 'id' in element);

const startValue = (input: Json): unknown =>
  input['value'] ?? (typeOf(input) === 'Input.Toggle' ? (input['valueOff'] ?? 'false') : undefined);

function checkInput(input: Json, value: unknown): void {
  const empty = value === undefined || value === '';
  const unset = typeOf(input) === 'Input.Toggle' && value === (input['valueOff'] ?? 'false');
  const bad =
    input['isRequired'] === true && (empty || unset)
      ? true
      : typeof input['regex'] === 'string' && !empty && !new RegExp(input['regex']).test(String(value));
  if (bad) throw new Error(`The client sends nothing: input ${String(input['id'])}: ${String(input['errorMessage'])}`);
}

/** What a client would send for this click: the action as written, and its data with the inputs merged in. */
export function clickOn(
  card: Json,
  mark: ActionMark,
  typed: Record<string, unknown> = {},
): { action: Json; data: unknown } {
  const { element: action, cards } = findAction(card, mark);
  if (action['isEnabled'] === false) throw new Error(`The button ${JSON.stringify(mark)} is greyed out`);
  const data = action['data'] ?? {};
  if (action['associatedInputs'] === 'none' || !isJson(data)) return { action, data };
  const reachable = inputsOf(card).filter((input) => cards.includes(input.cards.at(-1) ?? card));
  const merged: Json = { ...data };
  for (const { element } of reachable) {
    const id = String(element['id']);
    const value = id in typed ? typed[id] : startValue(element);
    checkInput(element, value);
    if (value !== undefined && value !== '') merged[id] = String(value);
  }
  return { action, data: merged };
}

/** Inputs arrive as text from Teams, whatever their kind; the page's renderer gives numbers as numbers. */
export function asText(card: Json, data: unknown): unknown {
  if (!isJson(data)) return data;
  const ids = new Set(inputsOf(card).map(({ element }) => String(element['id'])));
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, ids.has(key) ? String(value) : value]));
}

/** The card as a client draws it that does not know Action.Execute: with the fallbacks, or without the button. */
export function asOldClient(node: unknown): unknown {
  if (Array.isArray(node)) return node.flatMap((item) => old(item));
  if (!isJson(node)) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'data' || key === 'refresh' ? value : asOldClient(value)]),
  );
}

function old(item: unknown): unknown[] {
  if (!isJson(item) || item['type'] !== 'Action.Execute') return [asOldClient(item)];
  return isJson(item['fallback']) ? [item['fallback']] : [];
}
