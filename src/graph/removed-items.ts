import type { AssignmentItem } from '../model/device.ts';
import type { Instant } from '../model/person.ts';
import type { ActionResult, AssignmentItemResult } from '../model/result.ts';
import type { Answer } from './answer.ts';
import { record } from './json.ts';
import { resultsFrom } from './results.ts';

const hour = 3_600_000;

/**
 * Intune gives everything back by itself after 8 to 24 hours (Intune docs, "Remove apps and configuration"): up to 8 it
 * stands as removed, from 24 on it does not, and in between nobody can tell.
 */
const [mayBeBackAfter, isBackAfter] = [8 * hour, 24 * hour];

/** A statement that ended like this as a whole did not take effect, so an older one still stands. */
const withoutEffect: ReadonlySet<string> = new Set(['canceled', 'failed', 'notSupported']);

/**
 * What stands as removed by the newest changeAssignments, or syncPayloads, that took effect. None is left out, whatever
 * its type and even without one: the next call is a full statement, and would give back what it does not name.
 */
export function removedFrom(answer: Answer, now: Instant): readonly AssignmentItem[] {
  const [newest] = resultsFrom(record(answer.body).deviceActionResults)
    .filter(({ detail, state }) => detail.is === 'assignments' && !withoutEffect.has(state))
    .sort((one, other) => (sinceWhen(other) ?? 0) - (sinceWhen(one) ?? 0));
  if (newest?.detail.is !== 'assignments') return [];
  // A statement that gives no time may be of any age.
  const age = now - (sinceWhen(newest) ?? now - mayBeBackAfter - 1);
  if (age >= isBackAfter) return [];
  const doubt = age > mayBeBackAfter ? { mayBeBack: true as const } : {};
  return newest.detail.items.filter(isOff).map(({ id, type, name }) => ({ id, type, name, removed: true, ...doubt }));
}

const sinceWhen = ({ startedAt, updatedAt }: ActionResult): Instant | undefined => startedAt ?? updatedAt;

/** An item without an id cannot be named again. */
const isOff = ({ id, intent, status }: AssignmentItemResult): boolean =>
  id !== '' && intent.toLowerCase() === 'remove' && status.toLowerCase() !== 'error';
