import type { Instant } from '../model/person.ts';
import type { BudgetRule, Drawn } from '../storePort.ts';

/** What was drawn in the window that began at `start`, and until when nothing may be. */
export interface Allowance {
  readonly start: Instant;
  readonly used: number;
  readonly notBefore: Instant;
}

export const untouched: Allowance = { start: 0, used: 0, notBefore: 0 };

/**
 * Draws up to `wanted` at `now`. A window that began later than ours should have (another process' clock is ahead) counts
 * as the present one.
 */
export function drawFrom(
  allowance: Allowance,
  wanted: number,
  { limit, window }: BudgetRule,
  now: Instant,
): { after: Allowance; drawn: Drawn } {
  const { notBefore } = allowance;
  if (notBefore > now) return { after: allowance, drawn: { granted: 0, next: notBefore } };
  const start = Math.max(allowance.start, Math.floor(now / window) * window);
  const before = start === allowance.start ? allowance.used : 0;
  const granted = Math.max(0, Math.min(wanted, limit - before));
  const used = before + granted;
  return { after: { start, used, notBefore }, drawn: { granted, next: used < limit ? now : start + window } };
}

export const heldUntil = (allowance: Allowance, until: Instant): Allowance => ({
  ...allowance,
  notBefore: Math.max(allowance.notBefore, until),
});
