import { GraphClientError } from '@microsoft/microsoft-graph-client';
import { NoAnswer } from '../httpClient.ts';

/**
 * A call without an answer. `noToken`: there was no token, so it was not sent. `neverLeft`: provably not sent. `lost`:
 * it may have arrived.
 *
 * It is a GraphClientError because the client rethrows only those as they are; from anything else it keeps the text and
 * drops the cause, and with it the difference between "never left" and "lost".
 */
export class CallFailed extends GraphClientError {
  readonly why: 'noToken' | 'neverLeft' | 'lost';
  constructor(why: CallFailed['why'], message: string) {
    super(message);
    // GraphClientError's constructor sets its own prototype, which would cut this class off.
    Object.setPrototypeOf(this, CallFailed.prototype);
    this.name = 'CallFailed';
    this.why = why;
  }
}

/** Sorts what a call ended with. The message holds codes only. */
export function callFailed(error: unknown): CallFailed {
  if (error instanceof CallFailed) return error;
  if (error instanceof NoAnswer) return new CallFailed(error.left ? 'lost' : 'neverLeft', error.code);
  return new CallFailed('lost', error instanceof Error ? error.name : 'unknown');
}
