import type { Place } from './rooms.ts';

export type Change =
  | { is: 'message'; id: string }
  | { is: 'typing'; place: Place }
  /** Switches or installations moved. */
  | { is: 'state' }
  /** Nothing new to see, but something that was under way has ended. */
  | { is: 'settled' };

/** How long nothing may happen before we call it quiet, in ms: longer than a hop on loopback. */
const quiet = 50;

/** Tells everyone who listens what has moved, and knows when nothing moves any more. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();
  #underWay = 0;

  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Returns the way to stop listening. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Something is under way until the returned function is called. */
  begin(): () => void {
    this.#underWay += 1;
    return () => {
      this.#underWay -= 1;
      this.tell({ is: 'settled' });
    };
  }

  /** Counts the work as under way until it ends, well or badly. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const end = this.begin();
    return work().finally(end);
  }

  /** Resolves when nothing is under way and nothing has changed for a moment. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const wait = () => {
        clearTimeout(timer);
        if (this.#underWay === 0) timer = setTimeout(done, quiet);
      };
      const stopListening = this.listen(wait);
      const done = () => {
        stopListening();
        resolve();
      };
      wait();
    });
  }

  /** Resolves with the first value that `look` finds; rejects with `complaint()` after `timeoutMs`. */
  until<T>(look: () => T | undefined, timeoutMs: number, complaint: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        try {
          const found = look();
          if (found !== undefined) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        stopListening();
        settle();
      };
      const timer = setTimeout(() => finish(() => reject(new Error(complaint()))), timeoutMs);
      const stopListening = this.listen(check);
      check();
    });
  }
}
