import { NotNow, Unreachable, type Log } from '../ports.ts';
import { factsOf } from './mishap.ts';
import type { Wait } from './wait.ts';

const shortWait = 1_000;
const longestWait = 3_000;

/**
 * Says something that is worth saying now or never: one try, and one more where Teams asks for a moment's patience and
 * the first provably did not get through. Never rejects; what was given up is logged as `what`.
 */
export async function trySaying(
  { wait, log }: { readonly wait: Wait; readonly log: Log },
  what: string,
  say: () => Promise<unknown>,
): Promise<void> {
  try {
    await say().catch(async (error: unknown) => {
      const delay = delayAfter(error);
      if (delay === undefined) throw error;
      await wait(delay);
      await say();
    });
  } catch (error) {
    const passing = error instanceof NotNow || error instanceof Unreachable;
    log[passing ? 'warn' : 'error'](factsOf(error), what);
  }
}

function delayAfter(error: unknown): number | undefined {
  if (!(error instanceof NotNow) || error.lost) return undefined;
  const { retryAfterMs = shortWait } = error;
  return retryAfterMs <= longestWait ? retryAfterMs : undefined;
}
