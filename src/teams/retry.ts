import type { Clock } from '../ports.ts';
import { ConnectorFault } from './fault.ts';
import type { Wait } from './wait.ts';

/** How patient we are with the connector; `random` answers 0 to 1. */
export interface Patience {
  readonly wait: Wait;
  readonly clock: Clock;
  readonly random: () => number;
}

const firstDelay = 1_000;
const longestDelay = 30_000;
const mostTries = 4;

/**
 * Calls again where Microsoft says so: 412, 429, 502, 503 and 504 ("Status codes from bot conversational APIs" in
 * Teams' documentation; 500 and other 4xx are final), `Retry-After` first, else doubling with jitter. A call without
 * an answer is repeated only when that cannot do the thing twice: it never left, or it is `idempotent`.
 */
export async function retried<T>(patience: Patience, idempotent: boolean, call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (tries === mostTries || !(error instanceof ConnectorFault) || !passes(error, idempotent)) throw error;
      const delay = delayAfter(error, tries, patience);
      if (delay > longestDelay) throw error;
      await patience.wait(delay);
    }
  }
}

function passes(fault: ConnectorFault, idempotent: boolean): boolean {
  if (fault.status === 0) return idempotent || !fault.left;
  return [412, 429, 502, 503, 504].includes(fault.status);
}

function delayAfter(fault: ConnectorFault, tries: number, { clock, random }: Patience): number {
  const told = fault.retryAfter;
  if (told !== undefined && /^\d+$/.test(told)) return Number(told) * 1_000;
  const until = told === undefined ? Number.NaN : Date.parse(told);
  if (!Number.isNaN(until)) return Math.max(0, until - clock.now());
  return firstDelay * 2 ** (tries - 1) * (0.75 + random() / 2);
}
