import type { Desk } from '../doors.ts';
import type { Log, Messenger } from '../ports.ts';
import type { Acquaintance } from './acquaintance.ts';
import type { Wait } from './wait.ts';

/** What a turn works with. */
export interface TurnParts {
  readonly desk: Desk;
  readonly messenger: Messenger;
  readonly acquaintance: Acquaintance;
  readonly log: Log;
  readonly wait: Wait;
}
