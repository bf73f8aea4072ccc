import type { Clock } from '../ports.ts';
import type { BudgetRule, Budgets, Drawn } from '../storePort.ts';

/** This process's share of a budget that all share, drawn in portions, so that asking costs little. */
export interface Allowance {
  /** Takes up to `wanted`. */
  take(wanted: number): Promise<Drawn>;
  /** One that was taken is not needed; of use while the window lasts that it was drawn in. */
  giveBack(): void;
  /** Nothing is to be had before; known without asking. */
  readonly closedUntil: number;
  /** The far side said when it will listen again. */
  close(until: number): Promise<void>;
}

export function createAllowance(
  store: Budgets,
  clock: Clock,
  name: string,
  rule: BudgetRule,
  portion: number,
): Allowance {
  const purse = { left: 0, windowEnd: 0, refillAt: 0, closedUntil: 0 };
  return {
    async take(wanted) {
      const now = clock.now();
      if (now >= purse.windowEnd) purse.left = 0;
      if (purse.left < wanted) {
        const drawn = await store.draw(name, Math.max(wanted - purse.left, portion), rule, now);
        purse.left += drawn.granted;
        purse.windowEnd = now - (now % rule.window) + rule.window;
        purse.refillAt = drawn.next;
      }
      const granted = Math.min(wanted, purse.left);
      purse.left -= granted;
      // Nothing left, and nothing to be drawn: whoever asks before need not come here.
      if (purse.left === 0 && purse.refillAt > now) purse.closedUntil = purse.refillAt;
      return { granted, next: granted === wanted ? now : Math.max(purse.windowEnd, purse.closedUntil) };
    },
    giveBack() {
      if (clock.now() < purse.windowEnd) purse.left += 1;
    },
    get closedUntil() {
      return purse.closedUntil;
    },
    async close(until) {
      purse.closedUntil = Math.max(purse.closedUntil, until);
      purse.left = 0;
      await store.hold(name, until);
    },
  };
}
