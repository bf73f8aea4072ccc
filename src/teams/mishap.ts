import { randomBytes } from 'node:crypto';
import { Unreachable, type Log } from '../ports.ts';
import { StoreFault } from '../storePort.ts';

/**
 * Logs an error under a short reference and answers what the person is told: neither stack nor message, and no claim
 * that nothing was done, because that is not known here.
 */
export function mishap(log: Log, error: unknown, what: string): string {
  const reference = randomBytes(4).toString('hex');
  const facts = { reference, ...factsOf(error) };
  if (error instanceof Unreachable) log.warn(facts, what);
  else log.error(facts, what);
  return `${error instanceof StoreFault ? unwritten(error) : unclear} Reference: ${reference}`;
}

const unclear = 'I could not finish handling this. Type status to see what was done.';

const reasons: Readonly<Record<StoreFault['reason'], string>> = {
  full: 'the disk that I write to is full',
  unreachable: 'I cannot reach my database',
  readOnly: 'my database can be read but not written',
  undecided: 'my database does not say whether it has written it down',
  unexpected: 'I cannot write anything down',
};

/**
 * What a step cannot write down it does not do (`StoreFault`: nothing was written), but a step before it may have
 * been done: so no more is claimed than that.
 */
const unwritten = ({ reason }: StoreFault): string =>
  reason === 'undecided'
    ? `I could not finish handling this: ${reasons[reason]}. It may still be carried out: type status in two minutes before you try again.`
    : `I could not finish handling this: at present ${reasons[reason]}. I do nothing that I cannot write down first, so nothing further was done. Tell your Microsoft 365 admin, and try again in a minute; type status first to see what was done before.`;

/** What a log line says of something that was thrown. */
export function factsOf(error: unknown): object {
  if (!(error instanceof Error)) return { error: String(error) };
  const reason = error instanceof StoreFault ? { reason: error.reason } : {};
  return { name: error.name, error: error.message, ...reason, stack: error.stack };
}
