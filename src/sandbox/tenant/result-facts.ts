import type { ActionState } from './phases.ts';

/** What every result has, before it is written in one of Graph's two hands. Times in ms since epoch. */
export interface ResultFacts {
  readonly type: string;
  readonly actionName: string;
  readonly state: ActionState;
  readonly started: number;
  readonly updated: number;
  readonly extra: Readonly<Record<string, unknown>>;
}
