import type { MessageRef, Place } from '../../src/model/place.ts';
import { baseOf } from '../../src/model/telling.ts';
import { NotNow, Unreachable } from '../../src/ports.ts';
import type { Content, Messenger } from '../../src/ports.ts';
import { Windows } from './windows.ts';

/** What stands in a conversation. */
export interface Posted {
  readonly id: string;
  readonly to: string;
  content: Content;
}

export interface Counts {
  calls: number;
  posts: number;
  updates: number;
  /** Calls beyond what Teams allows. */
  overruns: number;
  throttled: number;
  badGateways: number;
  forbidden: number;
}

/**
 * Teams' connector as far as sending goes: its limits (rate-limit.md of the Teams docs, in sliding windows, threads
 * counted with their channel), and its errors, which come by chance, and for conversations without the app always. None
 * of the failed calls leaves anything standing.
 */
export function fakeConnector(now: () => number, chance: () => number) {
  const posted = new Map<string, Posted>();
  const absent = new Set<string>();
  const counts: Counts = { calls: 0, posts: 0, updates: 0, overruns: 0, throttled: 0, badGateways: 0, forbidden: 0 };
  const windows = new Windows(now);
  const admit = (place: Place) => {
    counts.calls += 1;
    if (!windows.admit(baseOf(place.id))) {
      counts.overruns += 1;
      throw new NotNow('429 API calls quota exceeded', { retryAfterMs: 1_000, lost: false });
    }
    if (absent.has(baseOf(place.id))) {
      counts.forbidden += 1;
      throw new Unreachable('403 BotNotInConversationRoster');
    }
    const luck = chance();
    if (luck < 0.004) {
      counts.badGateways += 1;
      throw new NotNow('502 BadGateway', { lost: false });
    }
    if (luck < 0.008) {
      counts.throttled += 1;
      throw new NotNow('429', { retryAfterMs: luck < 0.006 ? 2_000 : undefined, lost: false });
    }
  };
  const post = async (place: Place, content: Content): Promise<MessageRef> => {
    admit(place);
    counts.posts += 1;
    const id = `m${counts.posts}`;
    posted.set(id, { id, to: baseOf(place.id), content });
    return { place, id };
  };
  const messenger: Messenger = {
    post,
    update: async (message, content) => {
      admit(message.place);
      const standing = posted.get(message.id);
      if (!standing) throw new Error(`no message ${message.id}`);
      counts.updates += 1;
      standing.content = content;
      return message;
    },
    change: async () => false,
    privately: async () => undefined,
    whoIs: async () => undefined,
  };
  return { messenger, counts, posted, absent };
}
