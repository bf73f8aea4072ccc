import { randomBytes } from 'node:crypto';
import { Unreachable, type Log } from '../ports.ts';

/**
 * Logs an error under a short reference and answers what the person is told: neither stack nor message, and no claim
 * that nothing was done, because that is not known here.
 */
export function mishap(log: Log, error: unknown, what: string): string {
  const reference = randomBytes(4).toString('hex');
  const facts = { reference, ...factsOf(error) };
  if (error instanceof Unreachable) log.warn(facts, what);
  else log.error(facts, what);
  return `I could not finish handling this. Type status to see what was done. Reference: ${reference}`;
}

/** What a log line says of something that was thrown. */
export function factsOf(error: unknown): object {
  if (!(error instanceof Error)) return { error: String(error) };
  return { name: error.name, error: error.message, stack: error.stack };
}
