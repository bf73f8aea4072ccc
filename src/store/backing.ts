import type { Clock, Log } from '../ports.ts';
import type { Engine } from './engine.ts';

/** What every part of the store stands on. */
export interface Backing {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: Log;
  /** This process, among all that share the store; another one after each start. */
  readonly owner: string;
}
