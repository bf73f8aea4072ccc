import type { Log } from './ports.ts';

/** Something done again and again, one at a time. */
export interface Heartbeat {
  /** The next beat comes at once. */
  wake(): void;
  /** Resolves when the beat under way is over; there is none after it. */
  stop(): Promise<void>;
}

/**
 * Does `beat` every `interval` milliseconds, and again at once while it says that there was a full load. A beat that
 * fails is logged, and the next one comes all the same.
 */
export function startHeartbeat(beat: () => Promise<number>, full: number, interval: number, log: Log): Heartbeat {
  const rest = createRest();
  const run = async () => {
    while (!rest.isOver()) {
      const done = await beat().catch((fault: unknown) => {
        log.error({ fault: fault instanceof Error ? fault.stack : String(fault) }, 'a tick failed');
        return 0;
      });
      if (done < full) await rest.pause(interval);
    }
  };
  const running = run();
  return {
    wake: () => rest.wake(),
    stop: () => {
      rest.end();
      return running;
    },
  };
}

/** A pause that can be cut short; a call to wake that comes during the beat cuts the next one. */
function createRest() {
  const state: { isAwake: boolean; isOver: boolean; wake: () => void } = {
    isAwake: false,
    isOver: false,
    wake: () => undefined,
  };
  const wake = () => {
    state.isAwake = true;
    state.wake();
  };
  return {
    wake,
    isOver: () => state.isOver,
    end: () => {
      state.isOver = true;
      wake();
    },
    async pause(milliseconds: number): Promise<void> {
      if (!state.isAwake)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          state.wake = () => (clearTimeout(timer), resolve());
        });
      state.isAwake = false;
    },
  };
}
