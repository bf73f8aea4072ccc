import { randomUUID } from 'node:crypto';
import { isObject } from './body.ts';
import type { Answer, Call, Route } from './call.ts';
import { theApp } from './caller.ts';
import type { Device } from './device.ts';
import { lockOf } from './device-actions.ts';
import { badRequest } from './graph-error.ts';
import { witnessed, worldAt } from './moment.ts';
import type { Moment } from './moment.ts';
import { portalActions, portalAdministrator } from './portal-actions.ts';
import type { PortalAction } from './portal-actions.ts';
import { goesWell } from './scripts.ts';
import { accept, presentDevices } from './world.ts';
import type { World } from './world.ts';

/** What an administrator does in Intune's portal, past the bot. */
export interface PortalDeed {
  /** Device name, or managedDevice id where two devices share a name. */
  readonly device: string;
  readonly action: PortalAction;
  /** User principal name; default `admin@contoso.example`. */
  readonly by?: string;
}

/** No path of Graph's, but remembered and done again like a request to it. */
export const portalRoute: Route = { method: 'POST', path: '/_sandbox/portal', versions: [], handle };

/**
 * Starts an action from the portal: the fates of answers do not count here, those of the device do. Throws an Error
 * that says what is wrong with the deed, and then nothing was started.
 */
export function doInPortal(world: World, keep: (moment: Moment) => void, deed: unknown): void {
  const { cloudPcApi } = world;
  const now = worldAt(world, { at: world.now(), seed: randomUUID(), cloudPcApi });
  const call: Call = {
    world: now,
    version: 'beta',
    method: portalRoute.method,
    params: {},
    query: {},
    body: deed,
    requestId: '',
    viaBatch: false,
    as: theApp,
    takesNewMembers: false,
  };
  void witnessed(portalRoute, keep, call);
}

function handle({ world, body }: Call): Answer {
  const { device, action, by } = readDeed(world, body);
  if (action === 'remoteLock' && !device.platform.locks) throw badRequest(`${device.deviceName} cannot be locked.`);
  const fate = action === 'remoteLock' ? lockOf(world, device) : { actionName: action, phases: goesWell };
  accept(world, { deviceId: device.id, action, initiator: by, acceptedAt: world.now(), ...fate });
  return { status: 204 };
}

function readDeed(world: World, body: unknown): { device: Device; action: PortalAction; by: string } {
  const given = isObject(body) ? body : {};
  const action = portalActions.find((candidate) => candidate === given['action']);
  if (!action) {
    throw badRequest(
      `The portal has no action '${String(given['action'])}' here; it has: ${portalActions.join(', ')}.`,
    );
  }
  const by = given['by'] ?? portalAdministrator;
  if (typeof by !== 'string' || !by.includes('@')) throw badRequest("'by' is an administrator's user principal name.");
  return { device: namedDevice(world, String(given['device'])), action, by };
}

function namedDevice(world: World, name: string): Device {
  const wanted = name.toLowerCase();
  const all = presentDevices(world);
  const found = all.filter(({ id, deviceName }) => id === wanted || deviceName.toLowerCase() === wanted);
  const [first, ...others] = found;
  if (!first) throw badRequest(`No device is named '${name}'; GET /_sandbox/devices lists them all.`);
  if (others.length > 0)
    throw badRequest(`Several devices are named '${name}': ${found.map(({ id }) => id).join(', ')}.`);
  return first;
}
