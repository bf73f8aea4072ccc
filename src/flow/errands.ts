import type { Log } from '../ports.ts';

/** Work that goes on beside what started it. */
export interface Errands {
  /** Begins it once all errands under the same key are over. It never throws: a failure is logged. */
  run(key: string, errand: () => Promise<unknown>): void;
  /** Resolves when nothing is left to do, also of what was begun meanwhile. */
  idle(): Promise<void>;
}

/** A slow conversation must not hold up the others, nor the clock; what belongs to one operation stays in order. */
export function createErrands(log: Log): Errands {
  const last = new Map<string, Promise<void>>();
  return {
    run(key, errand) {
      const next = (last.get(key) ?? Promise.resolve()).then(async () => {
        await errand().catch((fault: unknown) => {
          log.error(
            { operation: key, fault: fault instanceof Error ? fault.stack : String(fault) },
            'an errand failed',
          );
        });
        if (last.get(key) === next) last.delete(key);
      });
      last.set(key, next);
    },
    async idle() {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
