/** Runs tasks of one key one after another, in the order of asking; tasks of different keys side by side. */
export function createOrder(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<void>>();
  return async (key, task) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(task);
    const tail = turn.then(
      () => undefined,
      () => undefined, // the asker hears of it; the next one must not
    );
    tails.set(key, tail);
    try {
      return await turn;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
}
