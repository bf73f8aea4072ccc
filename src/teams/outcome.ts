import { NotNow, Unreachable, type Clock } from '../ports.ts';
import { ConnectorFault, mayPass, waitAskedFor } from './fault.ts';

/**
 * Makes a call whose failure is told in the words of `Messenger`: 403 and 404 are `Unreachable`, what may pass is
 * `NotNow`, a 401 among it (our credential lapsed, and somebody will mend it), and everything else is thrown as it came.
 * `repeatable`: done twice it is done once, so that a lost answer leaves nothing standing that should not.
 */
export async function toldApart<T>(clock: Clock, repeatable: boolean, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw meaningOf(error, clock.now(), repeatable);
  }
}

function meaningOf(error: unknown, now: number, repeatable: boolean): unknown {
  if (!(error instanceof ConnectorFault)) return error;
  if (error.status === 403 || error.status === 404) return new Unreachable(error.message);
  if (error.status !== 401 && !mayPass(error)) return error;
  const lost = error.status === 0 && error.left && !repeatable;
  return new NotNow(error.message, { retryAfterMs: waitAskedFor(error, now), lost });
}
