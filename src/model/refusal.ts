/**
 * An expected no: unknown device, no role, wrong platform, expired card. A value, never an exception.
 * Every refusal says what was understood, why not, and what to do instead; all three are foreign text to a card.
 */
export interface Refusal {
  /** Short and stable, for journal, logs and tests. */
  readonly code: string;
  /** What was understood, as a heading: "Lock MBP-042". */
  readonly understood: string;
  readonly why: string;
  readonly instead: string;
}

export const isRefusal = (value: object): value is Refusal => 'code' in value && 'why' in value && 'instead' in value;
