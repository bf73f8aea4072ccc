/** Work that goes on after its answer was given, so that a stop can wait for it. */
export interface Work {
  /** `task` handles its own errors. */
  start(task: () => Promise<void>): void;
  /** Resolves when nothing is under way any more, however much is started meanwhile. */
  idle(): Promise<void>;
}

export function createWork(): Work {
  const running = new Set<Promise<void>>();
  return {
    start(task) {
      const run = task().finally(() => running.delete(run));
      running.add(run);
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
