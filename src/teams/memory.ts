/** A map that forgets its oldest entries beyond `limit`; what is set again counts as new. */
export class Memory<V> {
  readonly #limit: number;
  readonly #entries = new Map<string, V>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit) break;
      this.#entries.delete(oldest);
    }
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }
}

/** True for the first who comes with this key. */
export function first(seen: Memory<true>, key: string): boolean {
  if (seen.get(key)) return false;
  seen.set(key, true);
  return true;
}
