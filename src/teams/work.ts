/** Requests being answered and work that goes on after its answer, so that a stop can wait for them. */
export interface Work {
  /** Answers the work itself. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing is under way any more, however much is started meanwhile. */
  idle(): Promise<void>;
}

export function createWork(): Work {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      running.add(work);
      const over = () => running.delete(work);
      work.then(over, over);
      return work;
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
