/** What can be waited for, so that a kill falls right beside it. */
export type Moment =
  /** A person's click is on its way to the bot. */
  | 'click'
  /** A write is on its way to Graph, and not there yet. */
  | 'write'
  /** Graph has carried a write out, and the bot does not know yet. */
  | 'written';

/** Rings when something happens. */
export class Bell {
  readonly #waiting = new Map<Moment, Set<() => void>>();

  ring(moment: Moment): void {
    for (const heard of [...(this.#waiting.get(moment) ?? [])]) heard();
  }

  /** Resolves true at the next ring, false when there was none for `withinMs`. */
  next(moment: Moment, withinMs: number): Promise<boolean> {
    const waiting = this.#waiting.get(moment) ?? new Set();
    this.#waiting.set(moment, waiting);
    return new Promise((resolve) => {
      const done = (rang: boolean) => {
        clearTimeout(timer);
        waiting.delete(heard);
        resolve(rang);
      };
      const heard = () => done(true);
      const timer = setTimeout(() => done(false), withinMs);
      waiting.add(heard);
    });
  }
}
