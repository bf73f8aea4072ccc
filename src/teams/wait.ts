import { setTimeout as after } from 'node:timers/promises';

/** Resolves after so many milliseconds, or rejects when the signal is given before. Never keeps the process alive. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

export const realWait: Wait = (milliseconds, signal) =>
  after(milliseconds, undefined, { ref: false, ...(signal ? { signal } : {}) });

/** What the work answers, or `late` once the time is over; the work goes on then. */
export async function within<T, L>(wait: Wait, milliseconds: number, work: Promise<T>, late: L): Promise<T | L> {
  const over = new AbortController();
  const limit = wait(milliseconds, over.signal).then(
    () => late,
    () => late, // called off below, when the race is already decided
  );
  try {
    return await Promise.race([work, limit]);
  } finally {
    over.abort();
  }
}
