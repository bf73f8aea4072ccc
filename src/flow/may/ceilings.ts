import type { Instant } from '../../model/person.ts';
import { covers } from '../../model/policy.ts';
import type { Rule } from '../../model/policy.ts';
import type { Ceiling, Confirmed } from '../../storePort.ts';

export const hour = 60 * 60_000;
export const day = 24 * hour;

interface Span {
  readonly most: number;
  readonly length: number;
}

const spansOf = ({ perHour, perDay }: Rule): readonly Span[] => [
  ...(perHour === undefined ? [] : [{ most: perHour, length: hour }]),
  ...(perDay === undefined ? [] : [{ most: perDay, length: day }]),
];

/** For `Operations.claim`, which counts and writes in one. */
export const ceilingsOf = (rule: Rule, now: Instant): readonly Ceiling[] =>
  spansOf(rule).map(({ most, length }) => ({ actions: rule.actions, since: now - length, most }));

/** When each of these was confirmed within the last `length`, newest first. */
export const confirmedWithin = (
  { actions }: Pick<Rule, 'actions'>,
  confirmed: readonly Confirmed[],
  length: number,
  now: Instant,
): readonly Instant[] =>
  confirmed
    .filter(({ action, at }) => at >= now - length && covers(actions, action))
    .map(({ at }) => at)
    .sort((one, other) => other - one);

/** A ceiling that is reached, and when it is no longer. */
export interface Reached extends Span {
  /** More than `most` where other rules allowed some of them. */
  readonly used: number;
  readonly freeAt: Instant;
}

/** Of those that are reached, the one that lasts longest; undefined: one more may be confirmed. Pure. */
export function ceilingReached(rule: Rule, confirmed: readonly Confirmed[], now: Instant): Reached | undefined {
  const reached = spansOf(rule).flatMap(({ most, length }) => {
    const within = confirmedWithin(rule, confirmed, length, now);
    const oldest = within[most - 1];
    return oldest === undefined ? [] : [{ most, length, used: within.length, freeAt: oldest + length }];
  });
  return reached.sort((one, other) => other.freeAt - one.freeAt)[0];
}
