import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../ports.ts';

/** How long a read may go on. Milliseconds throughout. */
export interface Patience {
  readonly attempts: number;
  /** For all attempts and the waiting between them. */
  readonly budgetMs: number;
  /** A single wait that is longer is not begun. */
  readonly longestWaitMs: number;
}

export type Wait = (ms: number) => Promise<void>;

export const reallyWait: Wait = async (ms) => {
  await sleep(ms);
};

/** The attempts of one read. */
export interface Turn {
  /** What is left of the budget; at least 1. */
  remainingMs(): number;
  /**
   * Waits and answers true where another attempt is worth it; answers false at once where it is not. Waits as long as
   * Graph asked (`Retry-After`), otherwise doubling from half a second, with jitter.
   */
  again(retryAfterMs?: number): Promise<boolean>;
}

export function takeTurn(patience: Patience, clock: Clock, wait: Wait): Turn {
  const until = clock.now() + patience.budgetMs;
  let attempt = 1;
  const remainingMs = (): number => Math.max(1, until - clock.now());
  return {
    remainingMs,
    async again(retryAfterMs) {
      const pause = retryAfterMs ?? Math.round(500 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
      if (attempt >= patience.attempts || pause > patience.longestWaitMs || pause >= remainingMs()) return false;
      attempt += 1;
      await wait(pause);
      return true;
    },
  };
}
