/** What Teams and its connector get up to on bad days. All off by default; one-shot switches reset themselves. */
export interface Faults {
  /** The next invoke is delivered twice: with the same id, or the second with a new one. One shot. */
  invokeTwice: Twice;
  /** The next message is delivered twice. One shot. */
  messageTwice: Twice;
  /** The next calls that the bot makes of the connector are answered so. */
  connectorAnswers: ScriptedAnswer | null;
  /** This many of the next edits (PUT) find no message: 404 ActivityNotFoundInConversation. */
  updatesNotFound: number;
  /** The next call of the connector is answered this many seconds late. One shot. */
  hangSeconds: number;
  /** Every call of the connector takes this many ms longer. */
  slowMs: number;
  /** Clients as old as those that do not know Action.Execute: they draw its fallback. */
  oldClient: boolean;
  /** Clients get no token for a person: what asks for a sign-in is repeated without one. */
  noSignIn: boolean;
  /** Teams' rate limits. On by default, because they are no fault but Teams. */
  rateLimits: boolean;
}

export type Twice = 'no' | 'sameId' | 'newId';

export interface ScriptedAnswer {
  status: number;
  /** How many calls are answered so. */
  times: number;
  /** Sent as the `Retry-After` header, in seconds; without it, no such header. */
  retryAfter?: number;
  /** The work is done all the same, and only its answer lost: the way in which a retried POST doubles a message. */
  done?: boolean;
}

export const noFaults = (): Faults => ({
  invokeTwice: 'no',
  messageTwice: 'no',
  connectorAnswers: null,
  updatesNotFound: 0,
  hangSeconds: 0,
  slowMs: 0,
  oldClient: false,
  noSignIn: false,
  rateLimits: true,
});

/** Reads a one-shot switch and puts it back. */
export function takeTwice(faults: Faults, which: 'invokeTwice' | 'messageTwice'): Twice {
  const how = faults[which];
  faults[which] = 'no';
  return how;
}

/** The scripted answer for this call, if there is one left. */
export function takeAnswer(faults: Faults): ScriptedAnswer | undefined {
  const answer = faults.connectorAnswers;
  if (!answer || answer.times < 1) return undefined;
  faults.connectorAnswers = answer.times > 1 ? { ...answer, times: answer.times - 1 } : null;
  return answer;
}

/** How long this call is to wait, in ms. */
export function takeDelay(faults: Faults): number {
  const delay = faults.hangSeconds * 1000 + faults.slowMs;
  faults.hangSeconds = 0;
  return delay;
}
