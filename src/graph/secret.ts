import type { Lookup } from '../model/action.ts';
import type { Instant } from '../model/person.ts';
import { isOk } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, record, text } from './json.ts';
import { askFor, standsFor } from './lookups.ts';
import type { Reads } from './reads.ts';
import { resultFrom } from './results.ts';

/**
 * Fetches the secret of the result that started at `startedAt` (0: the one that has no start time), freshly, and hands it to the caller alone: this is the
 * only place where its value is read. Undefined where device, result or secret are gone: a Mac's PIN stays for 30 days
 * or until the next action (Intune docs, remote lock). Throws `GraphFault`.
 */
export async function secret(
  reads: Reads,
  lookup: Lookup,
  property: 'unlockPin',
  startedAt: Instant,
): Promise<string | undefined> {
  if (lookup.source !== 'managedDevice') return undefined;
  const ask = askFor(lookup);
  const answer = await reads.one(ask);
  if (answer.status === 404) return undefined;
  if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
  const entry = list(record(answer.body).deviceActionResults).find((raw) => {
    const result = resultFrom(raw);
    return standsFor(lookup, result) && (result.startedAt ?? 0) === startedAt && text(record(raw)[property]) !== '';
  });
  return text(record(entry)[property]) || undefined;
}
