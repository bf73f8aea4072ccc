import type { Instant } from '../model/person.ts';
import { notDone } from './fault.ts';

export const iso = (at: Instant): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
};

const form = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/u;

/** JavaScript takes 30 February for 2 March. */
const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};

/**
 * The time that an option names; a day alone is its midnight in UTC. Without a zone a time would mean another one on
 * another machine. Throws `CommandFault`.
 */
export function timeOf(name: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const [, day] = form.exec(text) ?? [];
  const at = Date.parse(text);
  if (day === undefined || !isDay(day) || Number.isNaN(at))
    throw notDone(
      `--${name} must be a time in ISO form with its zone, like 2026-03-01T09:30:00Z or 2026-03-01T09:30:00+01:00, or a day like 2026-03-01, which begins at midnight UTC.`,
    );
  return at;
}

/** The same, where a time without a zone is one in UTC: whoever only asks what would be gets it told back. */
export const explainedTime = (name: string, text: string | undefined): Instant | undefined =>
  timeOf(name, text !== undefined && /T[\d:.]+$/u.test(text) ? `${text}Z` : text);
