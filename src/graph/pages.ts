import { GraphFault } from '../ports.ts';
import { isOk, type Answer } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, record, text } from './json.ts';
import type { Ask } from './line.ts';
import type { Reads } from './reads.ts';

/** Intune pages by the thousand; past this, a filter was ignored in a tenant that is too large to read whole. */
const mostPages = 30;

/**
 * Every element of a list, page by page, beginning with an answer that is there already. Throws `GraphFault` on a
 * failed page, and after 30 pages: half an answer could hide the second device of the same name.
 */
export async function* elementsOf(reads: Reads, ask: Ask, first: Answer): AsyncGenerator<unknown> {
  let answer = first;
  let asked = ask;
  for (let page = 1; ; page += 1) {
    if (!isOk(answer) || !answer.whole) throw faultOf(asked, answer);
    yield* list(record(answer.body).value);
    const link = text(record(answer.body)['@odata.nextLink']);
    if (link === '') return;
    if (page === mostPages) throw new GraphFault('unexpected', 'a list without end: Graph seems to ignore the filter');
    asked = nextPage(link, reads.origin);
    answer = await reads.one(asked);
  }
}

/**
 * The next page, asked of our own Graph whatever host the link names: the token goes nowhere else, and a recording
 * proxy in between keeps seeing every call.
 */
export function nextPage(link: string, origin: string): Ask {
  const { pathname, search } = new URL(link, origin);
  const [, version, path] = /^\/(v1\.0|beta)(\/.*)$/.exec(pathname) ?? [];
  if (path === undefined) throw new GraphFault('unexpected', 'a next page that is no address of Graph');
  return { method: 'GET', version: version === 'beta' ? 'beta' : 'v1.0', path: path + search };
}
