import type { ResultFacts } from './result-facts.ts';
import type { Device } from './device.ts';
import { inSeconds } from './moments.ts';
import { phaseAt } from './phases.ts';
import type { ActionState, Course, ItemPhase } from './phases.ts';
import type { Acceptance, StatedItem } from './world.ts';

interface ItemNow {
  readonly item: StatedItem;
  readonly phase: ItemPhase;
  /** ms since epoch. */
  readonly since: number;
}

/** The result of a changeAssignments as it stands now, in the current spelling or the orphaned one. */
export function assignmentEntry(device: Device, acceptance: Acceptance, course: Course): ResultFacts {
  const items = (acceptance.items ?? []).flatMap((item): ItemNow[] => {
    const current = phaseAt(item.phases, course);
    return current ? [{ item, ...current }] : [];
  });
  const old = device.fate.syncPayloadsSpelling;
  return {
    type: old ? 'syncPayloadsActionResult' : 'changeAssignmentsActionResult',
    actionName: old ? 'syncPayloads' : acceptance.actionName,
    state: stateOf(items),
    started: acceptance.acceptedAt,
    updated: Math.max(acceptance.acceptedAt, ...items.map(({ since }) => since)),
    extra: old ? { deviceActionPayloads: items.map(oldItem) } : { deviceAssignmentItems: items.map(newItem) },
  };
}

/** The action as a whole is as far as its slowest item; an item in error does not make it failed. */
function stateOf(items: readonly ItemNow[]): ActionState {
  const statuses = items.map(({ phase }) => phase.status);
  if (statuses.every((status) => status === 'initiated')) return 'pending';
  return statuses.some((status) => status === 'initiated' || status === 'inProgress') ? 'active' : 'done';
}

/** deviceAssignmentItem (Graph beta typings). */
function newItem({ item, phase, since }: ItemNow): Record<string, unknown> {
  return {
    itemId: item.assignment.itemId,
    itemType: item.assignment.itemType,
    itemDisplayName: item.assignment.displayName,
    itemSubTypeDisplayName: item.assignment.subType,
    assignmentItemActionIntent: item.intent,
    assignmentItemActionStatus: phase.status,
    intentActionMessage: phase.message ?? null,
    errorCode: phase.errorCode ?? 0,
    lastActionDateTime: inSeconds(since),
    lastModifiedDateTime: inSeconds(since),
  };
}

/** deviceActionPayload, which knows neither `initiated` nor app configurations (Graph beta documentation). */
function oldItem({ item, phase, since }: ItemNow): Record<string, unknown> {
  const type = item.assignment.itemType;
  return {
    '@odata.type': 'microsoft.graph.deviceActionPayload',
    payloadId: item.assignment.itemId,
    payloadType: type === 'mobileAppConfiguration' ? 'deviceConfiguration' : type,
    displayName: item.assignment.displayName,
    intent: item.intent,
    status: phase.status === 'initiated' ? 'inProgress' : phase.status,
    detail: phase.message ?? null,
    errorCode: phase.errorCode ?? 0,
    lastModifiedDateTime: inSeconds(since),
  };
}
