import type { Instant } from '../model/person.ts';
import type { BudgetRule, Drawn } from '../storePort.ts';

/** What was drawn in the window that began at `start`, and until when nothing may be. */
export interface BudgetState {
  readonly start: Instant;
  readonly used: number;
  readonly notBefore: Instant;
}

export const untouched: BudgetState = { start: 0, used: 0, notBefore: 0 };

/**
 * Draws up to `wanted` at `now`. A window that began later than ours should have (another process' clock is ahead) counts
 * as the present one.
 */
export function drawFrom(
  state: BudgetState,
  wanted: number,
  { limit, window }: BudgetRule,
  now: Instant,
): { after: BudgetState; drawn: Drawn } {
  const { notBefore } = state;
  if (notBefore > now) return { after: state, drawn: { granted: 0, next: notBefore } };
  const start = Math.max(state.start, Math.floor(now / window) * window);
  const before = start === state.start ? state.used : 0;
  const granted = Math.max(0, Math.min(wanted, limit - before));
  const used = before + granted;
  return { after: { start, used, notBefore }, drawn: { granted, next: used < limit ? now : start + window } };
}

export const heldUntil = (state: BudgetState, until: Instant): BudgetState => ({
  ...state,
  notBefore: Math.max(state.notBefore, until),
});
