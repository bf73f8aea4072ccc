/** What was said without the ticket that it names, and the ticket. */
export interface Ticketed {
  readonly text: string;
  /** Without the `#`, in upper case; undefined: none was named. */
  readonly ticket?: string;
  /** It stands bare between the words, so that it may as well be a part of the device's name: `lock LAB #12`. */
  readonly maybeName?: true;
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
  const left = text.slice(0, found.index).trimEnd();
  const before = left.replace(/[,;]$/u, '');
  const after = text.slice(found.index + found[0].length).trimStart();
  const bare = /^\s#/u.test(found[0]) && !/[,;"]$/u.test(left) ? { maybeName: true as const } : {};
  return { text: `${before} ${after}`.trim(), ticket: found[1].toUpperCase(), ...bare };
}

/** `INC0099` at the end, as people type a ticket without its `#`, and the name before it; that can be empty. */
const bareTicket = /^(?:(.*)\s)?([a-z]{2,5}-?\d{4,12})$/isu;

/** What may be a ticket at the end of a name that no device has. Undefined: nothing. Pure. */
export function bareTicketIn(name: string): { readonly name: string; readonly ticket: string } | undefined {
  const [, before = '', ticket] = bareTicket.exec(name.trim()) ?? [];
  return ticket === undefined ? undefined : { name: before.trim(), ticket: ticket.toUpperCase() };
}

/** The command with that ticket as one, to be typed again; undefined where it does not end with it. Pure. */
export function withHash(words: string, ticket: string): string | undefined {
  const said = words.trim().replace(/[.!?]+$/u, '');
  if (!said.toUpperCase().endsWith(` ${ticket}`)) return undefined;
  return `${said.slice(0, -ticket.length)}#${ticket}`;
}

/** As names are compared: whichever quotes and hyphens a phone makes of them. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u2018-\u201b]/gu, "'")
    .replace(/[\u2010-\u2012\u2212]/gu, '-')
    .toLowerCase();

/** The ticket, now that the device is found: a number that belongs to the device's name is none. Pure. */
export function ticketBeside(
  { words, ticket }: { readonly words: string; readonly ticket?: string | undefined },
  deviceName: string,
): string | undefined {
  const name = plain(deviceName);
  if (ticket === undefined || !name.includes(`#${plain(ticket)}`)) return ticket;
  return ticketIn(plain(words).replace(name, () => ' ')).ticket;
}

/** As people write it; empty where there is none. */
export const ticketText = ({ ticket }: { readonly ticket?: string | undefined }): string =>
  ticket === undefined ? '' : `#${ticket}`;
