import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Document, LineCounter, Node } from 'yaml';

export type Path = readonly PropertyKey[];

interface Spot {
  /** Where it begins: of an entry, its key. */
  readonly at: number;
  readonly value: unknown;
}

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

const nameOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

function inside(node: Node, part: PropertyKey): Spot | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => nameOf(key) === String(part));
    return pair && { at: startOf(pair.key), value: pair.value };
  }
  const item = isSeq(node) ? node.items[Number(part)] : undefined;
  return item === undefined ? undefined : { at: startOf(item), value: item };
}

/** The line of what stands at `path`; where nothing does, that of what it is missing in. */
export function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let spot: Spot = { at: startOf(document.contents), value: document.contents };
  for (const part of path) {
    const value = isAlias(spot.value) ? spot.value.resolve(document) : spot.value;
    const next = isNode(value) ? inside(value, part) : undefined;
    if (!next) break;
    spot = next;
  }
  return lines.linePos(spot.at).line;
}
