/** [milliseconds, calls] of one bot in one conversation. */
const perConversation = [
  [1_000, 7],
  [2_000, 8],
  [30_000, 60],
  [3_600_000, 1_800],
] as const;
/** Of one app in one tenant. */
const perApp = [[1_000, 50]] as const;

/** Counts calls in sliding windows. */
export class Windows {
  readonly #calls = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** False when the call is one too many; it counts all the same. */
  admit(conversation: string): boolean {
    const fits = [this.#fits(conversation, perConversation), this.#fits('', perApp)];
    return fits.every(Boolean);
  }

  #fits(key: string, limits: readonly (readonly [number, number])[]): boolean {
    const now = this.#now();
    const longest = Math.max(...limits.map(([window]) => window));
    const kept = this.#calls.get(key) ?? [];
    while ((kept[0] ?? now) <= now - longest) kept.shift();
    kept.push(now);
    this.#calls.set(key, kept);
    return limits.every(([window, most]) => (kept.at(-most - 1) ?? -Infinity) <= now - window);
  }
}
