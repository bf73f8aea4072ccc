/** Why something cannot be done, and what can. */
export interface WhyNot {
  /** Short and stable, for journal, logs and tests. */
  readonly code: string;
  readonly why: string;
  readonly instead: string;
}

/**
 * An expected no: unknown device, no role, wrong platform, expired card. A value, never an exception.
 * Every refusal says what was understood, why not, and what to do instead; all three are foreign text to a card.
 */
export interface Refusal extends WhyNot {
  /** What was understood, as a heading: "Lock MBP-042". */
  readonly understood: string;
}

/** Tells a no from what was hoped for. */
export const isWhyNot = (value: unknown): value is WhyNot =>
  typeof value === 'object' && value !== null && 'code' in value && 'why' in value && 'instead' in value;
