import type { ApiVersion } from './call.ts';
import type { Device } from './device.ts';
import type { CloudPcFate, StatusDetailHome } from './fate.ts';
import { fleet } from './fleet.ts';
import { guidFor } from './ids.ts';
import { inSeconds, inTicks } from './moments.ts';
import { phaseAt } from './phases.ts';
import type { StatusDetail } from './phases.ts';
import { acceptancesFor } from './world.ts';
import type { World } from './world.ts';

/** A Cloud PC as Windows 365 keeps it, beside Intune's record of the same machine. */
export interface CloudPc {
  readonly id: string;
  readonly device: Device;
  readonly fate: CloudPcFate;
}

/** Those that Windows 365 has a record of. */
export const cloudPcs: readonly CloudPc[] = fleet.flatMap((device) =>
  device.fate.cloudPc ? [{ id: guidFor('cloudPc', device.id), device, fate: device.fate.cloudPc }] : [],
);

/** The cloudPC resource; `lastRemoteActionResult` exists in beta only. */
export function cloudPcResource(world: World, cloudPc: CloudPc, version: ApiVersion): Record<string, unknown> {
  const { device } = cloudPc;
  const latest = remoteActionResults(world, cloudPc)[0] ?? null;
  const isBusy =
    latest?.['actionName'] === 'Reprovision' && ['pending', 'active'].includes(String(latest['actionState']));
  const shared = {
    id: cloudPc.id,
    displayName: `Cloud PC Enterprise 2vCPU/8GB/128GB - ${device.owner.displayName}`,
    imageDisplayName: 'Windows 11 Enterprise + Microsoft 365 Apps 24H2',
    provisioningPolicyId: guidFor('provisioningPolicy', 'default'),
    provisioningPolicyName: 'Contoso Cloud PCs',
    onPremisesConnectionName: '',
    servicePlanId: guidFor('servicePlan', 'enterprise'),
    servicePlanName: 'Cloud PC Enterprise 2vCPU/8GB/128GB',
    userPrincipalName: device.owner.userPrincipalName,
    lastModifiedDateTime: inSeconds(world.startedAt),
    managedDeviceId: device.id,
    managedDeviceName: device.deviceName,
    aadDeviceId: guidFor('azureADDevice', device.id),
    gracePeriodEndDateTime: null,
    provisioningType: 'dedicated',
  };
  if (version === 'v1.0') return shared;
  return { ...shared, status: isBusy ? 'provisioning' : 'provisioned', lastRemoteActionResult: latest };
}

/**
 * cloudPcRemoteActionResult entries, newest first, at most one per kind of action: so Windows 365 keeps them
 * (WindowsCloudPC module of the PowerShell Gallery). Both dates carry seven fractional digits (documentation sample).
 */
export function remoteActionResults(world: World, cloudPc: CloudPc): readonly Record<string, unknown>[] {
  const { before, detailIn } = cloudPc.fate;
  const last = acceptancesFor(world, cloudPc.device.id).findLast(({ action }) => action === 'reprovision');
  const course = last && { acceptedAt: last.acceptedAt, now: world.now(), speed: world.speed };
  const current = last && course && phaseAt(last.phases, course);
  const entries: Record<string, unknown>[] = [];
  if (current) {
    const { phase, since } = current;
    const facts = { actionName: last.actionName, actionState: phase.state, started: last.acceptedAt, updated: since };
    entries.push(entry(cloudPc, { ...facts, detail: phase.detail ?? null }, detailIn));
  }
  if (before) {
    const at = world.startedAt - before.agoMs;
    const facts = { actionName: before.actionName, actionState: 'done', started: at, updated: at + 60_000 };
    entries.push(entry(cloudPc, { ...facts, detail: before.detail }, detailIn));
  }
  return entries;
}

interface EntryFacts {
  readonly actionName: string;
  readonly actionState: string;
  /** ms since epoch. */
  readonly started: number;
  readonly updated: number;
  readonly detail: StatusDetail | null;
}

function entry(cloudPc: CloudPc, facts: EntryFacts, detailIn: StatusDetailHome): Record<string, unknown> {
  return {
    actionName: facts.actionName,
    actionState: facts.actionState,
    startDateTime: inTicks(facts.started),
    lastUpdatedDateTime: inTicks(facts.updated),
    cloudPcId: cloudPc.id,
    managedDeviceId: cloudPc.fate.namesManagedDevice ? cloudPc.device.id : null,
    statusDetail: detailIn === 'statusDetail' ? facts.detail : null,
    statusDetails: detailIn === 'statusDetails' ? facts.detail : null,
  };
}
