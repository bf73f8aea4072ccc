import type { Clock } from '../ports.ts';
import { ConnectorFault, mayPass, waitAskedFor } from './fault.ts';
import type { Wait } from './wait.ts';

/** How patient we are with the connector; `random` answers 0 to 1. */
export interface Patience {
  readonly wait: Wait;
  readonly clock: Clock;
  readonly random: () => number;
}

const firstDelay = 1_000;
const longestDelay = 10_000;
const mostTries = 3;

/**
 * Calls again, for questions that somebody waits for and that can be asked twice without harm; messages are told by an
 * outbox, which waits better. `Retry-After` first, else doubling with jitter.
 */
export async function retried<T>({ wait, clock, random }: Patience, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === mostTries || !(error instanceof ConnectorFault) || !mayPass(error)) throw error;
      const delay = waitAskedFor(error, clock.now()) ?? firstDelay * 2 ** (tries - 1) * (0.75 + random() / 2);
      if (delay > longestDelay) throw error;
      await wait(delay);
    }
  }
}
