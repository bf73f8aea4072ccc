import type { Instant } from '../model/person.ts';

const spelling = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads a `DateTimeOffset` as Graph spells it: any number of fractional digits, `Z`, an offset, or neither (then UTC).
 * Cut to milliseconds. Undefined for "unset" (year 1) and "never" (year 9999), both of which stand in real answers
 * (`complianceGracePeriodExpirationDateTime: 9999-12-31T23:59:59.9999999Z`).
 */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value !== 'string' || /^(0001|9999)-/.test(value.trim())) return undefined;
  const parts = spelling.exec(value.trim());
  if (!parts) return undefined;
  const milliseconds = (parts[2] ?? '').slice(0, 3).padEnd(3, '0');
  const instant = Date.parse(`${String(parts[1])}.${milliseconds}${(parts[3] ?? 'Z').toUpperCase()}`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** The later of two instants, where there is one. */
export function later(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}
