/**
 * Of several tasks that come at once with the same key, lets the first go ahead and the others follow side by side when
 * it is back; where it says `stop`, they share its outcome instead. Tasks must not reject.
 */
export function createAhead<T>(stop: (outcome: T) => boolean): (key: string, task: () => Promise<T>) => Promise<T> {
  const ahead = new Map<string, Promise<T>>();
  return async (key, task) => {
    const first = ahead.get(key);
    if (first) {
      const outcome = await first;
      return stop(outcome) ? outcome : task();
    }
    const mine = task();
    ahead.set(key, mine);
    const outcome = await mine;
    ahead.delete(key);
    return outcome;
  };
}
