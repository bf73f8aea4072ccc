import type { Log } from './ports.ts';

/** Something done again and again, one at a time. */
export interface Heartbeat {
  /** Resolves when the beat under way is over; there is none after it. */
  stop(): Promise<void>;
}

/**
 * Does `beat` every `interval` milliseconds, and again at once while it says that there was a full load. A beat that
 * fails is logged, and the next one comes all the same.
 */
export function startHeartbeat(beat: () => Promise<number>, full: number, interval: number, log: Log): Heartbeat {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      const done = await beat().catch((fault: unknown) => {
        log.error({ fault: fault instanceof Error ? fault.stack : String(fault) }, 'a tick failed');
        return 0;
      });
      if (done < full) await pause(interval, stopping.signal);
    }
  };
  const running = run();
  return {
    stop: () => {
      stopping.abort();
      return running;
    },
  };
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
