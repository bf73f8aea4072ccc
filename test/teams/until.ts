/** Lets a test wait for what it expects instead of for time: whoever changes something says `look`. */
export class Until {
  #waiting: { test: () => boolean; resolve: () => void }[] = [];

  until(test: () => boolean): Promise<void> {
    if (test()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ test, resolve }));
  }

  look(): void {
    this.#waiting = this.#waiting.filter(({ test, resolve }) => {
      if (!test()) return true;
      resolve();
      return false;
    });
  }
}
