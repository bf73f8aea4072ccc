import { assignmentEntry } from './assignment-results.ts';
import { betaOnly } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import { fleet } from './fleet.ts';
import { badRequest } from './graph-error.ts';
import { inTicks } from './moments.ts';
import { parseFilter } from './odata-filter.ts';
import { pageOf } from './paging.ts';
import { phaseAt } from './phases.ts';
import type { ActionState } from './phases.ts';
import { portalActions } from './portal-actions.ts';
import { allowOptions } from './query-options.ts';
import type { Acceptance, World } from './world.ts';

const path = '/deviceManagement/remoteActionAudits';
const largestPage = 100;

/** Who did what to which device, wherever it was asked for: Intune's own list, which outlives the device. Beta only. */
export const actionAuditRoutes: readonly Route[] = [{ method: 'GET', path, versions: betaOnly, handle: list }];

/** Members of remoteAction that came after `unknownFutureValue` (Graph beta typings). */
const newMembers: readonly string[] = ['changeAssignments', 'delete'];
const members: readonly string[] = [...portalActions.filter((action) => action !== 'syncDevice'), 'changeAssignments'];

/**
 * Nothing audits an action whose name is no member of remoteAction: the Configuration Manager values (`quickScan` and
 * its like are there for Defender's own actions), `syncDevice`, and the reprovisioning of a Cloud PC, which is asked of
 * Windows 365 and not of the managed device.
 */
const isAudited = ({ action }: Acceptance): boolean => members.includes(action);

/** Options that public tools are known to use here; of all others nobody has seen what they do. */
function list(call: Call): Answer {
  allowOptions(call, ['$filter', '$orderby', '$top', '$skiptoken']);
  const wanted = wantedAction(call);
  const hits = call.world.acceptances
    .filter(isAudited)
    .filter(({ action }) => wanted === undefined || action === wanted);
  const page = pageOf(call, path, inOrder(call, hits), largestPage);
  return {
    status: 200,
    ...(call.takesNewMembers && { headers: { 'Preference-Applied': 'include-unknown-enum-members' } }),
    body: {
      '@odata.context': `${call.world.url}/beta/$metadata#deviceManagement/remoteActionAudits`,
      ...page.link,
      value: page.value.map((acceptance) => audit(call, acceptance)),
    },
  };
}

function wantedAction(call: Call): string | undefined {
  const text = call.query['$filter'];
  if (text === undefined) return undefined;
  const filter = parseFilter(text);
  const known = filter.is === 'comparison' && filter.property === 'action' && filter.operator === 'eq';
  if (!known || filter.literal.is !== 'string') {
    throw badRequest(`The filter '${text}' is not supported on remote action audits.`);
  }
  if (!members.includes(filter.literal.text)) {
    throw badRequest(`Requested value '${filter.literal.text}' was not found in type 'microsoft.graph.remoteAction'.`);
  }
  return filter.literal.text;
}

/** Without `$orderby` nothing promises an order; here the newest come last, so that a caller who relied on it notices. */
function inOrder(call: Call, hits: readonly Acceptance[]): readonly Acceptance[] {
  const text = call.query['$orderby'];
  const upwards = hits.toSorted((one, other) => one.acceptedAt - other.acceptedAt);
  if (text === undefined) return upwards;
  if (!/^requestDateTime desc$/i.test(text.trim())) throw badRequest(`Invalid $orderby clause '${text}'.`);
  return upwards.toReversed();
}

function audit(call: Call, acceptance: Acceptance): Record<string, unknown> {
  const { id, action, deviceId, initiator, acceptedAt } = acceptance;
  const device = fleet.find((candidate) => candidate.id === deviceId);
  const shown = newMembers.includes(action) && !call.takesNewMembers ? 'unknownFutureValue' : action;
  return {
    id,
    deviceDisplayName: device?.deviceName ?? '',
    userName: initiator,
    initiatedByUserPrincipalName: initiator,
    action: shown,
    requestDateTime: inTicks(acceptedAt),
    deviceOwnerUserPrincipalName: device?.owner.userPrincipalName ?? '',
    deviceIMEI: '',
    actionState: stateNow(call.world, acceptance),
    managedDeviceId: deviceId,
    deviceActionCategory: 'single',
    bulkDeviceActionId: null,
  };
}

/** As far as the device's own result is; pending where it has none. */
function stateNow(world: World, acceptance: Acceptance): ActionState {
  const course = { acceptedAt: acceptance.acceptedAt, now: world.now(), speed: world.speed };
  const device = fleet.find(({ id }) => id === acceptance.deviceId);
  if (acceptance.items && device) return assignmentEntry(device, acceptance, course).state;
  return phaseAt(acceptance.phases, course)?.phase.state ?? 'pending';
}
