/** [seconds, calls] per conversation and bot: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const limits = {
  send: [
    [1, 7],
    [2, 8],
    [30, 60],
    [3600, 1800],
  ],
  get: [
    [1, 14],
    [2, 16],
    [30, 120],
    [3600, 3600],
  ],
  /** All calls of one app in one tenant. */
  app: [[1, 50]],
} as const;

export type RateKind = keyof typeof limits;

/** Counts the bot's calls in sliding windows. A call that is turned away does not count. */
export class RateLimits {
  readonly #calls = new Map<string, number[]>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** False when the call is one too many: for this conversation, or for the app. */
  admit(kind: 'send' | 'get', conversation: string): boolean {
    const counters: [RateKind, string][] = [
      [kind, `${kind} ${conversation}`],
      ['app', 'app'],
    ];
    if (!counters.every(([which, key]) => this.#hasRoom(which, key))) return false;
    for (const [, key] of counters) this.#calls.set(key, [...(this.#calls.get(key) ?? []), this.#now()]);
    return true;
  }

  #hasRoom(kind: RateKind, key: string): boolean {
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > this.#now() - 3_600_000);
    this.#calls.set(key, recent);
    return limits[kind].every(
      ([seconds, calls]) => recent.filter((at) => at > this.#now() - seconds * 1000).length < calls,
    );
  }
}
