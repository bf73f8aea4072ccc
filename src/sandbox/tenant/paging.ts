import type { Call } from './call.ts';
import { badRequest } from './graph-error.ts';
import { pageSize } from './query-options.ts';

/** A stretch of a longer list, and under Graph's name the address of the next one, if there is any. */
export interface Page<T> {
  readonly link: { readonly '@odata.nextLink'?: string };
  readonly value: readonly T[];
}

/** The page that `$top` and `$skiptoken` ask for, of at most `limit`; `path` is the list's, after the version. */
export function pageOf<T>(call: Call, path: string, all: readonly T[], limit: number): Page<T> {
  const from = skipped(call);
  const to = from + pageSize(call, limit);
  return {
    link: to < all.length ? { '@odata.nextLink': nextLink(call, path, to) } : {},
    value: all.slice(from, to),
  };
}

function skipped(call: Call): number {
  const token = call.query['$skiptoken'];
  if (token === undefined) return 0;
  const from = Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(from) || from < 1) throw badRequest('Skip token is not valid.');
  return from;
}

function nextLink(call: Call, path: string, from: number): string {
  const query = new URLSearchParams({ ...call.query, $skiptoken: Buffer.from(String(from)).toString('base64url') });
  return `${call.world.url}/${call.version}${path}?${query.toString()}`;
}
