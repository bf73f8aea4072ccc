/** `2025-07-02T12:01:04Z`: Intune's usual form, without fractions. `at` in ms since epoch. */
export function inSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** `2022-08-03T10:53:24.6222751Z`: seven fractional digits, as .NET writes a moment. */
export function inTicks(at: number): string {
  return `${new Date(at).toISOString().slice(0, 23)}2751Z`;
}

/** The same moment as the documentation's samples write it, eight hours west of Greenwich. */
export function withOffset(at: number): string {
  const local = new Date(at - 8 * 3_600_000).toISOString();
  return `${local.slice(0, 23)}6189-08:00`;
}

/** What Intune sends for a date that was never set. */
export const unsetDate = '0001-01-01T00:00:00Z';

/** What Intune sends for a date that never comes. */
export const neverDate = '9999-12-31T23:59:59Z';
