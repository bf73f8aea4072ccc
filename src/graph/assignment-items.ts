import type { AssignmentItem, Device } from '../model/device.ts';
import type { Instant } from '../model/person.ts';
import { isOk, type Answer } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, record, text } from './json.ts';
import type { Ask } from './line.ts';
import { resultsPath } from './managed-device.ts';
import { comparable, segment } from './odata.ts';
import { policiesOf } from './policies.ts';
import type { Reads } from './reads.ts';
import { removedFrom } from './removed-items.ts';

/**
 * What changeAssignments can name on a device: the apps and policies that it has, and what an earlier changeAssignments
 * took away, because the call is a full statement and whatever it leaves out comes back. Throws `GraphFault`.
 */
export async function assignmentItems(reads: Reads, device: Device, now: Instant): Promise<readonly AssignmentItem[]> {
  const [removed, apps, policies] = await Promise.all([
    read(reads, resultsPath(device.id), (answer) => removedFrom(answer, now)),
    device.owner.id === '' ? [] : read(reads, appsPath(device), appsFrom),
    policiesOf(reads, device),
  ]);
  const listed = [...apps, ...policies];
  const items = new Map<string, AssignmentItem>();
  for (const item of listed) if (!items.has(key(item))) items.set(key(item), item);
  for (const item of removed) {
    const typed = item.type === '' ? { ...item, type: typeOf(item, listed) } : item;
    items.set(key(typed), { ...typed, name: items.get(key(typed))?.name || item.name || item.id });
  }
  return [...items.values()];
}

const key = ({ id, type }: AssignmentItem): string => `${type} ${id}`.toLowerCase();

/** For an item that came without: that of its namesake on the device, or the API's default (Graph docs, deviceAssignmentItem). */
const typeOf = ({ id }: AssignmentItem, listed: readonly AssignmentItem[]): string =>
  listed.find((item) => comparable(item.id) === comparable(id))?.type ?? 'application';

const appsPath = (device: Device): string =>
  `/users/${segment(device.owner.id)}/mobileAppIntentAndStates/${segment(device.id)}`;

async function read<Found>(
  reads: Reads,
  path: string,
  from: (answer: Answer) => readonly Found[],
): Promise<readonly Found[]> {
  const ask: Ask = { method: 'GET', version: 'beta', path };
  const answer = await reads.one(ask);
  if (answer.status === 404) return [];
  if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
  return from(answer);
}

function appsFrom(answer: Answer): readonly AssignmentItem[] {
  return list(record(answer.body).mobileAppList)
    .map(record)
    .filter(({ applicationId }) => text(applicationId) !== '')
    .map((app) => ({ id: text(app.applicationId), type: 'application', name: text(app.displayName), removed: false }));
}
