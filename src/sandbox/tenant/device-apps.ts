import { assignmentsOf } from './assignments.ts';
import type { Assignment } from './assignments.ts';
import { betaOnly } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import { removedNow } from './change-assignments.ts';
import type { Device } from './device.ts';
import { namedPerson } from './directory.ts';
import { intuneError } from './graph-error.ts';
import { allowOptions } from './query-options.ts';
import { findDevice } from './world.ts';

/** The apps of one device, by the call with which Intune's own portal reads them. */
export const deviceAppRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/users/:userId/mobileAppIntentAndStates/:managedDeviceId',
    versions: betaOnly,
    handle: mobileAppIntentAndState,
  },
];

/** Shape: mobileAppIntentAndState of the Graph beta documentation. */
function mobileAppIntentAndState(call: Call): Answer {
  allowOptions(call, ['$select', '$expand']);
  const owner = namedPerson(call);
  const id = call.params['managedDeviceId'] ?? '';
  const device = findDevice(call.world, id);
  if (!device || device.owner !== owner) {
    throw intuneError(call, 404, 'ResourceNotFound', `Device with id ${id} was not found`, 'mobileAppIntentAndStates');
  }
  const removed = removedNow(call.world, device);
  const apps = assignmentsOf(device).filter(({ itemType }) => itemType === 'application');
  return {
    status: 200,
    body: {
      '@odata.context': `${call.world.url}/beta/$metadata#users('${owner.id}')/mobileAppIntentAndStates/$entity`,
      id: device.id,
      managedDeviceIdentifier: device.id,
      userId: owner.id,
      mobileAppList: apps.map((app) => appDetail(device, app, removed.includes(app))),
    },
  };
}

function appDetail(device: Device, app: Assignment, isRemoved: boolean): Record<string, unknown> {
  const type = device.platform.properties['deviceType'];
  return {
    applicationId: app.itemId,
    displayName: app.displayName,
    mobileAppIntent: app.subType === 'Store app' ? 'available' : 'requiredInstall',
    displayVersion: app.version,
    installState: isRemoved ? 'notInstalled' : 'installed',
    supportedDeviceTypes: [{ type, minimumOperatingSystemVersion: null, maximumOperatingSystemVersion: null }],
  };
}
