/** What was said without the ticket that it names, and the ticket. */
export interface Ticketed {
  readonly text: string;
  /** Without the `#`, in upper case; undefined: none was named. */
  readonly ticket?: string;
}

/** `#INC0012`, `#4711`, `#CHG-12`: letters, perhaps a dash, digits. */
const pattern = /(?:^|\s)#([a-z]{0,10}-?\d{1,12})(?=$|[\s.,;!?])/iu;

/** Takes the first ticket's number out of what was said. Pure. */
export function ticketIn(text: string): Ticketed {
  const [whole = '', ticket] = pattern.exec(text) ?? [];
  if (ticket === undefined) return { text };
  return { text: text.replace(whole, ' ').trim(), ticket: ticket.toUpperCase() };
}
