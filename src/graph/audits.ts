import type { Elsewhere } from '../model/subscription.ts';
import type { Instant } from '../model/person.ts';
import { isOk } from './answer.ts';
import { faultOf } from './fault.ts';
import { instantOf } from './instants.ts';
import { list, record, text } from './json.ts';
import type { Ask } from './line.ts';
import { nextPage } from './pages.ts';
import type { Reads } from './reads.ts';

const pageSize = 100;

/**
 * `GET /beta/deviceManagement/remoteActionAudits`, newest first: what was asked of devices by whomever, in the portal, by
 * scripts, or by us. Least permission: DeviceManagementManagedDevices.Read.All. Ordering by `requestDateTime desc` is used
 * by a public monitor (Intune.WipeMonitor); nobody documents a filter by time, so that is done here. No more is read than
 * `limit` calls for. Who asked is told by sign-in address, and what stands there for an app is not documented. Throws
 * `GraphFault`.
 */
export async function audits(reads: Reads, since: Instant, limit: number): Promise<readonly Elsewhere[]> {
  const found: Elsewhere[] = [];
  for (let ask: Ask | undefined = firstPage(Math.min(pageSize, limit)); ask && found.length < limit;) {
    const answer = await reads.one(ask);
    if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
    const page = list(record(answer.body).value).map(auditFrom);
    found.push(...page.filter((audit) => audit !== undefined).filter(({ requestedAt }) => requestedAt >= since));
    const link = text(record(answer.body)['@odata.nextLink']);
    const isOver = page.some((audit) => audit !== undefined && audit.requestedAt < since);
    ask = link === '' || isOver ? undefined : nextPage(link, reads.origin);
  }
  return found.toSorted((one, other) => other.requestedAt - one.requestedAt).slice(0, limit);
}

const firstPage = (most: number): Ask => ({
  method: 'GET',
  version: 'beta',
  path: `/deviceManagement/remoteActionAudits?$orderby=requestDateTime%20desc&$top=${String(most)}`,
});

/** Undefined where it has no id, device or time: such a one could neither be told nor be told apart. */
function auditFrom(value: unknown): Elsewhere | undefined {
  const raw = record(value);
  const [id, deviceId, requestedAt] = [text(raw.id), text(raw.managedDeviceId), instantOf(raw.requestDateTime)];
  if (id === '' || deviceId === '' || requestedAt === undefined) return undefined;
  return {
    id,
    // Graph does not say; there is only the one that we are signed in to.
    tenantId: '',
    action: text(raw.action),
    deviceId,
    deviceName: text(raw.deviceDisplayName),
    ownerUserPrincipalName: text(raw.deviceOwnerUserPrincipalName),
    initiatedBy: text(raw.initiatedByUserPrincipalName) || text(raw.userName),
    requestedAt,
    state: text(raw.actionState) || 'none',
  };
}
