import { answerPost } from './acceptance.ts';
import { assignmentsOf, itemTypes } from './assignments.ts';
import type { Assignment } from './assignments.ts';
import { complexValue, member, parametersOf } from './body.ts';
import { betaOnly } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import type { Device } from './device.ts';
import { badRequest, featurelessRefusal } from './graph-error.ts';
import { namedDevice } from './managed-device-routes.ts';
import { hour, itemRemoved, itemRestored } from './scripts.ts';
import { acceptancesFor } from './world.ts';
import type { StatedItem, World } from './world.ts';

const largestStatement = 30;
const longestId = 40;
/** Intune restores by itself after 8 to 24 hours (Intune's page on removing apps and configuration). */
const removalLastsMs = 24 * hour;

/** Properties of deviceAssignmentItem (Graph beta typings); those that only Intune sets may be sent, and count nothing. */
const itemProperties = [
  'itemId',
  'itemType',
  'assignmentItemActionIntent',
  'itemDisplayName',
  'itemSubTypeDisplayName',
  'assignmentItemActionStatus',
  'intentActionMessage',
  'errorCode',
  'lastActionDateTime',
  'lastModifiedDateTime',
];

export const changeAssignmentsRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/deviceManagement/managedDevices/:managedDeviceId/changeAssignments',
    versions: betaOnly,
    handle: changeAssignments,
  },
];

function changeAssignments(call: Call): Answer {
  const parameter = 'deviceAssignmentItems';
  const given = parametersOf(call.body, 'changeAssignments', [parameter])[parameter];
  if (!Array.isArray(given)) throw badRequest(`The parameter '${parameter}' must be a collection.`);
  const asked = given.map(readItem);
  const device = namedDevice(call);
  const inRange = asked.length >= 1 && asked.length <= largestStatement;
  if (!device.platform.changesAssignments || !inRange) throw featurelessRefusal(call, 'changeAssignments');
  const named = asked.map((item) => ({ ...item, assignment: findAssignment(call, device, item) }));
  return answerPost(call, device, 'changeAssignments', () => ({
    actionName: 'changeAssignments',
    phases: [],
    items: wholeStatement(call.world, device, named),
  }));
}

type AskedItem = Pick<Assignment, 'itemId' | 'itemType'> & { readonly intent: 'remove' | 'restore' };

function readItem(item: unknown): AskedItem {
  const value = complexValue(item, 'microsoft.graph.deviceAssignmentItem', itemProperties);
  const { itemId, itemType, assignmentItemActionIntent: intent = 'remove' } = value;
  if (typeof itemId !== 'string' || itemId === '' || itemId.length > longestId) {
    throw badRequest(`The property 'itemId' must be a string of 1 to ${longestId} characters.`);
  }
  return {
    itemId,
    itemType: member(itemType, itemTypes, 'microsoft.graph.deviceAssignmentItemType'),
    intent: member(intent, ['remove', 'restore'], 'microsoft.graph.deviceAssignmentItemIntent'),
  };
}

function findAssignment(call: Call, device: Device, { itemId, itemType }: AskedItem): Assignment {
  const found = assignmentsOf(device).find(
    (assignment) => assignment.itemId === itemId.toLowerCase() && assignment.itemType === itemType,
  );
  if (!found) throw featurelessRefusal(call, 'changeAssignments');
  return found;
}

/** Each call states all that is to be removed: what was removed earlier and is not named now comes back. */
function wholeStatement(
  world: World,
  device: Device,
  named: readonly { readonly assignment: Assignment; readonly intent: 'remove' | 'restore' }[],
): readonly StatedItem[] {
  const forgotten = removedNow(world, device)
    .filter((earlier) => !named.some(({ assignment }) => assignment === earlier))
    .map((assignment) => ({ assignment, intent: 'restore' as const }));
  return [...named, ...forgotten].map(({ assignment, intent }) => ({
    assignment,
    intent,
    phases: intent === 'restore' ? itemRestored : (device.fate.items?.[assignment.displayName] ?? itemRemoved),
  }));
}

/** What the last statement took off the device, if it still holds. */
export function removedNow(world: World, device: Device): readonly Assignment[] {
  const last = acceptancesFor(world, device.id).findLast(({ action }) => action === 'changeAssignments');
  if (!last || world.now() - last.acceptedAt > removalLastsMs) return [];
  return (last.items ?? []).filter(({ intent }) => intent === 'remove').map(({ assignment }) => assignment);
}
