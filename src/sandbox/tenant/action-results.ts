import { assignmentEntry } from './assignment-results.ts';
import type { ApiVersion } from './call.ts';
import type { Device } from './device.ts';
import { inSeconds, inTicks, withOffset } from './moments.ts';
import { phaseAt } from './phases.ts';
import type { ResultFacts } from './result-facts.ts';
import { day } from './scripts.ts';
import { acceptancesFor } from './world.ts';
import type { Acceptance, World } from './world.ts';

type Entry = Record<string, unknown>;

/** A PIN is shown for 30 days or until the device gets another action (Intune's page on remote lock). */
const pinLifetimeMs = 30 * day;

/**
 * `deviceActionResults` of a device as they are now, oldest first. Entries carry no id and nothing that ties them to a
 * request. v1.0 has none of the subtypes but that of remoteLock: the others come as plain results there.
 */
export function actionResults(world: World, device: Device, version: ApiVersion): readonly Entry[] {
  const entries = acceptancesFor(world, device.id).flatMap((acceptance) => {
    const entry = entryOf(world, device, acceptance);
    return entry ? [version === 'v1.0' ? inOldVersion(entry) : entry] : [];
  });
  return [...(device.fate.rawResults ?? []), ...entries];
}

/** Whether a Mac still waits for the PIN of an earlier lock. Until then Intune lets every further lock fail. */
export function hasUnusedPin(world: World, deviceId: string): boolean {
  return acceptancesFor(world, deviceId).some(
    ({ unlockPin, acceptedAt }) => unlockPin !== undefined && world.now() - acceptedAt < pinLifetimeMs,
  );
}

function entryOf(world: World, device: Device, acceptance: Acceptance): Entry | undefined {
  const course = { acceptedAt: acceptance.acceptedAt, now: world.now(), speed: world.speed };
  if (acceptance.action === 'changeAssignments') return written(device, assignmentEntry(device, acceptance, course));
  const current = phaseAt(acceptance.phases, course);
  if (!current) return undefined;
  const { phase, since } = current;
  const facts = {
    actionName: acceptance.actionName,
    state: phase.state,
    started: acceptance.acceptedAt,
    updated: since,
  };
  // Of other actions nobody has seen how a result calls itself; a wipe never shows among them at all.
  if (acceptance.action === 'remoteLock') {
    const pin = phase.state === 'done' ? visiblePin(world, acceptance) : null;
    return written(device, { type: 'remoteLockActionResult', ...facts, extra: { unlockPin: pin } });
  }
  if (acceptance.action !== 'triggerConfigurationManagerAction') return undefined;
  const extra = { actionDeliveryStatus: phase.delivery ?? 'unknown', errorCode: phase.errorCode ?? 0 };
  return written(device, { type: 'configurationManagerActionResult', ...facts, extra });
}

function visiblePin(world: World, acceptance: Acceptance): string | null {
  const isLast = acceptancesFor(world, acceptance.deviceId).at(-1) === acceptance;
  const isFresh = world.now() - acceptance.acceptedAt < pinLifetimeMs;
  return isLast && isFresh ? (acceptance.unlockPin ?? null) : null;
}

function written(device: Device, facts: ResultFacts): Entry {
  const documented = device.fate.documentationForm;
  return {
    '@odata.type': `${documented ? '' : '#'}microsoft.graph.${facts.type}`,
    actionName: facts.actionName,
    actionState: facts.state,
    startDateTime: documented ? withOffset(facts.started) : inTicks(facts.started),
    lastUpdatedDateTime: documented ? withOffset(facts.updated) : inSeconds(facts.updated),
    ...facts.extra,
  };
}

function inOldVersion(entry: Entry): Entry {
  const type = String(entry['@odata.type']);
  if (type.endsWith('.remoteLockActionResult')) return entry;
  const { actionName, actionState, startDateTime, lastUpdatedDateTime } = entry;
  const plain = type.replace(/\w+$/, 'deviceActionResult');
  return { '@odata.type': plain, actionName, actionState, startDateTime, lastUpdatedDateTime };
}
