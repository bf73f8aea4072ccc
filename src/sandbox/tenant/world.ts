import { createHash } from 'node:crypto';
import type { ActionName } from './fate.ts';
import { fleet } from './fleet.ts';
import type { Device } from './device.ts';
import type { ItemPhase, Phase } from './phases.ts';
import { guidFor } from './ids.ts';
import type { PortalAction } from './portal-actions.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { Assignment } from './assignments.ts';

/** One app or policy of an accepted changeAssignments, with what is to become of it. */
export interface StatedItem {
  readonly assignment: Assignment;
  readonly intent: 'remove' | 'restore';
  readonly phases: readonly ItemPhase[];
}

/** An action that Graph has accepted. What it looks like now follows from its phases and the clock alone. */
export interface Acceptance {
  /** Of its audit; no result has one. */
  readonly id: string;
  readonly deviceId: string;
  readonly action: ActionName | PortalAction;
  /** User principal name of whoever asked for it, empty for an app that called in its own name. */
  readonly initiator: string;
  /** What the result calls the action. */
  readonly actionName: string;
  /** ms since epoch. */
  readonly acceptedAt: number;
  readonly phases: readonly Phase[];
  readonly unlockPin?: string;
  readonly items?: readonly StatedItem[];
}

/** Everything that can change while the tenant runs. */
export interface World {
  readonly now: () => number;
  readonly speed: number;
  readonly cloudPcApi: 'current' | 'legacy';
  /** ms since epoch. */
  startedAt: number;
  /** What chance is made of: with the same seed the same PINs come out. */
  seed: string;
  /** Whether anything below was changed by way of `accept` or `triesBefore`. */
  changed: boolean;
  /** Root of Graph, no trailing slash; known once the socket listens. */
  url: string;
  /** Tells a request out of a $batch from one that only pretends. */
  readonly batchKey: string;
  acceptances: Acceptance[];
  /** How often something was tried, by a key of the asker's choosing. */
  attempts: Map<string, number>;
  requests: RecordedRequest[];
  /** Whether an administrator has agreed that the bot may act in people's names. */
  consent: boolean;
  /** Every PIN ever made; survives a reset, so that a leak is found afterwards too. */
  readonly secrets: string[];
}

/** Six random digits, as Intune makes them for a Mac; remembered among the secrets. */
export function newUnlockPin(world: World, deviceId: string): string {
  const chance = createHash('sha256').update(`${world.seed} ${deviceId}`).digest().readUIntBE(0, 6);
  const pin = String(chance % 1_000_000).padStart(6, '0');
  world.secrets.push(pin);
  return pin;
}

/** Graph has taken an action on: from now on its results tell of it. */
export function accept(world: World, acceptance: Omit<Acceptance, 'id'>): void {
  const id = guidFor('remoteActionAudit', `${world.seed} ${acceptance.deviceId} ${acceptance.action}`);
  world.acceptances.push({ id, ...acceptance });
  world.changed = true;
}

/** Counts another try and tells how many there were before it. */
export function triesBefore(world: World, key: string): number {
  const before = world.attempts.get(key) ?? 0;
  world.attempts.set(key, before + 1);
  world.changed = true;
  return before;
}

/** What was accepted for a device, oldest first. */
export function acceptancesFor(world: World, deviceId: string): readonly Acceptance[] {
  return world.acceptances.filter((acceptance) => acceptance.deviceId === deviceId);
}

/** Milliseconds since acceptance as the scripts count them, speed included. */
export function elapsedSince(world: World, acceptedAt: number): number {
  return (world.now() - acceptedAt) * world.speed;
}

/** The device with this id, unless its fate has taken it away meanwhile. */
export function findDevice(world: World, id: string): Device | undefined {
  const device = fleet.find((candidate) => candidate.id === id.toLowerCase());
  return device && !hasVanished(world, device) ? device : undefined;
}

/** Every device that Intune still has. */
export function presentDevices(world: World): readonly Device[] {
  return fleet.filter((device) => !hasVanished(world, device));
}

function hasVanished(world: World, device: Device): boolean {
  const after = device.fate.vanishesAfterMs;
  if (after === undefined) return false;
  return acceptancesFor(world, device.id).some(({ acceptedAt }) => elapsedSince(world, acceptedAt) >= after);
}
