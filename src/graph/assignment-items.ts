import type { AssignmentItem, AssignmentItemType, Device } from '../model/device.ts';
import { isOk, type Answer } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, record, text } from './json.ts';
import type { Ask } from './line.ts';
import { resultsPath } from './managed-device.ts';
import { segment } from './odata.ts';
import { policiesOf } from './policies.ts';
import type { Reads } from './reads.ts';
import { resultsFrom } from './results.ts';

const types: readonly AssignmentItemType[] = [
  'application',
  'deviceConfiguration',
  'deviceManagementConfigurationPolicy',
  'mobileAppConfiguration',
];

/**
 * What changeAssignments can name on a device: the apps and policies that it has, and what an earlier changeAssignments
 * took away, because the call is a full statement and whatever it leaves out comes back. Throws `GraphFault`.
 */
export async function assignmentItems(reads: Reads, device: Device): Promise<readonly AssignmentItem[]> {
  const [removed, apps, policies] = await Promise.all([
    read(reads, resultsPath(device.id), removedFrom),
    device.owner.id === '' ? [] : read(reads, appsPath(device), appsFrom),
    policiesOf(reads, device),
  ]);
  const items = new Map<string, AssignmentItem>();
  for (const item of [...apps, ...policies]) if (!items.has(key(item))) items.set(key(item), item);
  for (const item of removed) {
    const listed = items.get(key(item));
    items.set(key(item), { ...item, name: listed?.name || item.name });
  }
  return [...items.values()];
}

const key = ({ id, type }: AssignmentItem): string => `${type} ${id.toLowerCase()}`;

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

/** Items of the newest statement that were to be removed and did not fail. */
function removedFrom(answer: Answer): readonly AssignmentItem[] {
  const results = resultsFrom(record(answer.body).deviceActionResults)
    .filter(({ detail }) => detail.is === 'assignments')
    .sort((one, other) => (other.startedAt ?? 0) - (one.startedAt ?? 0));
  const detail = results[0]?.detail;
  if (detail?.is !== 'assignments') return [];
  return detail.items
    .filter(({ intent, status }) => intent.toLowerCase() === 'remove' && status.toLowerCase() !== 'error')
    .flatMap(({ id, type, name }) => {
      const known = types.find((one) => one.toLowerCase() === type.toLowerCase());
      return known && id !== '' ? [{ id, type: known, name, removed: true }] : [];
    });
}
