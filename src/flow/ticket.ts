/** What was said without the ticket that it names, and the ticket. */
export interface Ticketed {
  readonly text: string;
  /** Without the `#`, in upper case; undefined: none was named. */
  readonly ticket?: string;
}

/** `#INC0012`, `#4711`, `#CHG-12`, `#PR2-44`. */
const number = /#((?:[a-z][a-z\d]{0,9}-|[a-z]{0,10})\d{1,12})/u.source;
/** "for ticket #INC0012" and "(#INC0012)" say no more than "#INC0012". */
const leadIn = /\(?(?:(?:of|for|per|re:?|see|ticket|case|incident)\s+)*\(?/u.source;
const pattern = new RegExp(`(?:^|[\\s,;])${leadIn}${number}\\)?[.,;:!?]*(?=$|\\s)`, 'giu');

/** Where a name stands in quotes: a number in there belongs to the name. */
const quotes = /"[^"]*"/gu;

function isQuoted(text: string, from: number): boolean {
  return [...text.matchAll(quotes)].some(({ index, 0: whole }) => from >= index && from < index + whole.length);
}

/**
 * Takes the first ticket's number out of what was said. A second one stays where it is, so that it is asked about and
 * not left out unseen. Pure.
 */
export function ticketIn(text: string): Ticketed {
  const found = [...text.matchAll(pattern)].find(({ index }) => !isQuoted(text, index));
  if (!found?.[1]) return { text };
  const before = text.slice(0, found.index).trimEnd().replace(/[,;]$/u, '');
  const after = text.slice(found.index + found[0].length).trimStart();
  return { text: `${before} ${after}`.trim(), ticket: found[1].toUpperCase() };
}

/** As people write it; empty where there is none. */
export const ticketText = ({ ticket }: { readonly ticket?: string | undefined }): string =>
  ticket === undefined ? '' : `#${ticket}`;
