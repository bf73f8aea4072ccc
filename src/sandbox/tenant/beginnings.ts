import { randomUUID } from 'node:crypto';
import { assignmentsOf } from './assignments.ts';
import type { Device } from './device.ts';
import type { Before } from './fate.ts';
import { fleet } from './fleet.ts';
import { guidFor } from './ids.ts';
import type { Morning } from './moment.ts';
import { portalAdministrator } from './portal-actions.ts';
import { itemRemoved } from './scripts.ts';
import { newUnlockPin } from './world.ts';
import type { Acceptance, World } from './world.ts';

/** A morning that never was before. */
export const newMorning = (now: () => number): Morning => ({ startedAt: now(), seed: randomUUID() });

/** Puts the tenant to this morning: nothing asked yet but what the fates say stood there before. */
export function begin(world: World, { startedAt, seed }: Morning): void {
  world.startedAt = startedAt;
  world.seed = seed;
  world.attempts = new Map();
  world.requests.length = 0;
  world.consent = true;
  world.acceptances = fleet.flatMap((device) =>
    (device.fate.before ?? []).map((before) => standing(world, device, before)),
  );
}

function standing(world: World, device: Device, before: Before): Acceptance {
  const removed = before.removed;
  return {
    id: guidFor('remoteActionAudit', `${world.seed} ${device.id} ${before.action} ${before.agoMs}`),
    deviceId: device.id,
    initiator: portalAdministrator,
    action: before.action,
    actionName: before.action,
    acceptedAt: world.startedAt - before.agoMs,
    phases: before.phases,
    ...(before.withPin && { unlockPin: newUnlockPin(world, device.id) }),
    ...(removed && {
      items: assignmentsOf(device)
        .filter(({ displayName }) => removed.includes(displayName))
        .map((assignment) => ({ assignment, intent: 'remove' as const, phases: itemRemoved })),
    }),
  };
}
