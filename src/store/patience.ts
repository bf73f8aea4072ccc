/** How long to try again; milliseconds. */
export interface Patience {
  /** After this long the last fault counts. */
  readonly total: number;
  wait(pause: number): Promise<void>;
  /** Any clock that never goes back. */
  now(): number;
}

const shortest = 50;
const longest = 1_000;

export const patience: Patience = {
  total: 10_000,
  wait: (pause) => new Promise((resolve) => setTimeout(resolve, pause)),
  now: () => performance.now(),
};

/** Somewhere between half the pause and all of it, so that those who failed together do not come back together. */
const scattered = (pause: number) => pause * (0.5 + Math.random() / 2);

/** Tries `work` again while what it throws passes by itself, after pauses that grow from 50 ms to 1 s. */
export async function patiently<T>(
  work: () => Promise<T>,
  passes: (fault: unknown) => boolean,
  { total, wait, now }: Patience,
): Promise<T> {
  const end = now() + total;
  for (let pause = shortest; ; pause = Math.min(2 * pause, longest)) {
    try {
      return await work();
    } catch (fault) {
      if (!passes(fault) || now() + pause > end) throw fault;
      await wait(scattered(pause));
    }
  }
}
