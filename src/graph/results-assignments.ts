import type { AssignmentItemResult, AssignmentsDetail } from '../model/result.ts';
import { instantOf, later } from './instants.ts';
import { integer, list, record, text, type Json } from './json.ts';

/**
 * `changeAssignmentsActionResult.deviceAssignmentItems`, or `syncPayloadsActionResult.deviceActionPayloads`, which is
 * the same under its older names. Graph tells at most 30 items.
 */
export function assignmentsDetail(raw: Json): AssignmentsDetail {
  const current = list(raw.deviceAssignmentItems);
  const items = current.length > 0 ? current : list(raw.deviceActionPayloads);
  return { is: 'assignments', items: items.filter((item) => typeof item === 'object' && item !== null).map(itemFrom) };
}

function itemFrom(value: unknown): AssignmentItemResult {
  const raw = record(value);
  const errorCode = integer(raw.errorCode);
  const changedAt = later(instantOf(raw.lastActionDateTime), instantOf(raw.lastModifiedDateTime));
  return {
    id: text(raw.itemId ?? raw.payloadId),
    type: text(raw.itemType ?? raw.payloadType),
    name: text(raw.itemDisplayName ?? raw.displayName),
    subType: text(raw.itemSubTypeDisplayName),
    intent: text(raw.assignmentItemActionIntent ?? raw.intent),
    status: text(raw.assignmentItemActionStatus ?? raw.status),
    message: text(raw.intentActionMessage ?? raw.detail),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(changedAt === undefined ? {} : { changedAt }),
  };
}
