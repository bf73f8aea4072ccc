import type { Content } from '../ports.ts';
import type { Telling } from '../outboxPort.ts';

/**
 * What to show next. `queued`: it was written down together with what it shows, so it goes out by itself. `then`: what
 * is told after it.
 */
export interface Next {
  draw(): Content;
  readonly queued?: true;
  readonly then?: readonly Telling[];
}
