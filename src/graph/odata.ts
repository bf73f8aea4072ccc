import { GraphFault } from '../ports.ts';

/** Half of a surrogate pair, which JSON may carry and no URL can, stands for a character that is lost already. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

/** A string literal of OData: quotes doubled, then encoded for a URL. Device names are free text and hold anything. */
export const quoted = (value: string): string => encoded(`'${value.replaceAll("'", "''")}'`);

/** `property eq 'value'`, ready for `$filter=`. */
export const equals = (property: string, value: string): string => `${property}%20eq%20${quoted(value)}`;

/** `contains(property,'part')`, ready for `$filter=`. `startswith` behaves like it (microsoft-graph-docs issue 21956). */
export const contains = (property: string, part: string): string => `contains(${property},${quoted(part)})`;

/**
 * An id as one segment of a path. Entra ids need not be GUIDs (Microsoft's Agents Playground sends one that is none).
 * Empty and dotted ones would address something else (the whole list, the parent), so they throw `GraphFault`.
 */
export function segment(id: string): string {
  if (id.trim() === '' || /^\.{1,2}$/.test(id.trim()))
    throw new GraphFault('unexpected', 'an id that addresses nothing');
  return encoded(id);
}

/**
 * How names are compared in code, whatever Graph's filter did: trimmed, composed (NFC), case aside, and without the
 * typographer's apostrophes and hyphens: phones name themselves `Ann’s iPhone`, and keyboards differ.
 */
export const comparable = (value: string): string =>
  value
    .trim()
    .normalize('NFC')
    .replace(/[\u2018-\u201b]/gu, "'")
    .replace(/[\u2010-\u2012\u2212]/gu, '-')
    .toLowerCase();

/** The ways in which Graph may hold a name that was typed with a straight apostrophe: Graph's `eq` knows no likeness. */
export const spellingsOf = (name: string): readonly string[] => [
  ...new Set([name, name.replaceAll("'", '’'), name.replace(/[\u2018-\u201b]/gu, "'")]),
];

/** The path as it may stand in a log: no query (filters quote names), no user ids, nothing in quotes. */
export const redacted = (path: string): string =>
  (path.split('?')[0] ?? '').replace(/(\/users\/)[^/]+/gi, '$1…').replace(/'[^']*'|%27.*?%27/g, "'…'");
