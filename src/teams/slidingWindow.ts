import type { Instant } from '../model/person.ts';
import { Memory } from './memory.ts';

interface Count {
  /** When what was taken came, oldest first; never more than the limit. */
  readonly taken: readonly Instant[];
  readonly refusedAt?: Instant;
}

const mostKeys = 5_000;
const none: Count = { taken: [] };

/**
 * At most `limit` in any `window` milliseconds for each key. Whoever goes over it pauses for a whole window, so that one
 * sentence tells them when they are heard again. Knows the last 5,000 keys; a clock that is set back forgets what it
 * counted in the future.
 */
export class SlidingWindow {
  readonly #limit: number;
  readonly #window: number;
  readonly #counts = new Memory<Count>(mostKeys);

  constructor(limit: number, window: number) {
    this.#limit = limit;
    this.#window = window;
  }

  hasRoom(key: string, now: Instant): boolean {
    const { taken, refusedAt } = this.#lately(key, now);
    return refusedAt === undefined && taken.length < this.#limit;
  }

  take(key: string, now: Instant): void {
    const { taken } = this.#lately(key, now);
    this.#counts.set(key, { taken: [...taken, now] });
  }

  /** True for the first refusal of a pause, which begins with it. */
  refuse(key: string, now: Instant): boolean {
    const count = this.#lately(key, now);
    if (count.refusedAt !== undefined) return false;
    this.#counts.set(key, { ...count, refusedAt: now });
    return true;
  }

  #lately(key: string, now: Instant): Count {
    const isLately = (instant: Instant) => Math.abs(now - instant) < this.#window;
    const { taken, refusedAt } = this.#counts.get(key) ?? none;
    const recent = taken.filter(isLately);
    return refusedAt !== undefined && isLately(refusedAt) ? { taken: recent, refusedAt } : { taken: recent };
  }
}
