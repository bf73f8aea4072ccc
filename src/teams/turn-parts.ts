import type { Desk } from '../doors.ts';
import type { Log, Messenger } from '../ports.ts';
import type { Acquaintance } from './acquaintance.ts';
import type { SignIn } from './signIn.ts';
import type { Wait } from './wait.ts';

/** What a turn works with. */
export interface TurnParts {
  readonly desk: Desk;
  readonly messenger: Messenger;
  readonly acquaintance: Acquaintance;
  /** Undefined: nobody is signed in, and a token that comes all the same goes no further. */
  readonly signIn?: SignIn | undefined;
  readonly log: Log;
  readonly wait: Wait;
}
