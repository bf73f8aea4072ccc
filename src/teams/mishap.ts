import { randomBytes } from 'node:crypto';
import { Unreachable, type Log } from '../ports.ts';

/**
 * Logs an error under a short reference and answers what the person is told: neither stack nor message, and no claim
 * that nothing was done, because that is not known here.
 */
export function mishap(log: Log, error: unknown, what: string): string {
  const reference = randomBytes(4).toString('hex');
  const facts = error instanceof Error ? { name: error.name, error: error.message, stack: error.stack } : { error: String(error) };
  if (error instanceof Unreachable) log.warn({ reference, ...facts }, what);
  else log.error({ reference, ...facts }, what);
  return `I could not finish handling this. Type status to see what was done. Reference: ${reference}`;
}
