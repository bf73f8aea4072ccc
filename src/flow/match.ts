import type { Sending } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { ActionResult } from '../model/result.ts';

/** An entry's start time; 0 where Graph gave none. */
export const startOf = (result: ActionResult): Instant => result.startedAt ?? 0;

const newestFirst = (one: ActionResult, other: ActionResult) => startOf(other) - startOf(one);

/**
 * Our entry among those that stand for the lookup: none that was there before we sent, none that started before it
 * (less the skew), and once one is known as ours, no other. Graph gives no id to match by.
 */
export function ours(
  results: readonly ActionResult[],
  sending: Sending,
  known: ActionResult | undefined,
  skew: number,
): ActionResult | undefined {
  const candidates = results
    .filter((result) => !sending.before.includes(startOf(result)))
    .filter((result) => result.startedAt === undefined || result.startedAt >= sending.sentAt - skew)
    .toSorted(newestFirst);
  return known ? candidates.find((result) => startOf(result) === startOf(known)) : candidates.at(-1);
}

const open = new Set(['pending', 'active']);

/** An entry of the same action that Intune has not finished: a second request would be the same deed twice. */
export const pendingTwin = (results: readonly ActionResult[]): ActionResult | undefined =>
  results.find((result) => open.has(result.state));
