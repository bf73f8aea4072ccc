import type { About } from '../model/subscription.ts';

/** `operation/<id>` or `elsewhere/<id>`: what a notice or news is about, as a key. */
export const keyOf = ({ is, id }: About): string => `${is}/${id}`;

export function aboutOf(key: string): About {
  const end = key.indexOf('/');
  return { is: key.slice(0, end) as About['is'], id: key.slice(end + 1) };
}
