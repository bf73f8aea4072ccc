import type { Instant } from '../model/person.ts';
import { GraphFault } from '../ports.ts';
import type { Clock } from '../ports.ts';

/** The same reading, which remembers since when Graph refuses it. */
export function watchDenials<Asked extends readonly unknown[], Read>(
  read: (...asked: Asked) => Promise<Read>,
  clock: Clock,
): { readonly read: (...asked: Asked) => Promise<Read>; readonly deniedSince: () => Instant | undefined } {
  let since: Instant | undefined;
  return {
    read: async (...asked) => {
      try {
        const done = await read(...asked);
        since = undefined;
        return done;
      } catch (fault) {
        if (fault instanceof GraphFault && fault.reason === 'denied') since ??= clock.now();
        throw fault;
      }
    },
    deniedSince: () => since,
  };
}
