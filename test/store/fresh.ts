import type { SqlStore } from '../../src/store/open.ts';
import type { Hands } from './fixtures.ts';

/** A store that nothing was written to yet, anew for each test, and the clock it goes by. */
export interface Fresh {
  readonly store: SqlStore;
  readonly clock: Hands;
}
