import { betaOnly, bothVersions } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import { acceptReprovision } from './cloud-pc-routes.ts';
import { cloudPcs, remoteActionResults } from './cloud-pc.ts';
import type { CloudPc } from './cloud-pc.ts';
import { featurelessRefusal, noODataRoute } from './graph-error.ts';
import { namedDevice } from './managed-device-routes.ts';

const managedDevice = '/deviceManagement/managedDevices/:managedDeviceId';

/** Documented paths that the service does not know (microsoft-graph-docs issues 9099, 12963; docs-contrib 2323). */
export const withdrawnRoutes: readonly Route[] = [
  { method: 'POST', path: `${managedDevice}/reprovisionCloudPc`, versions: betaOnly, handle: reprovisionCloudPc },
  {
    method: 'GET',
    path: `${managedDevice}/getCloudPcRemoteActionResults`,
    versions: betaOnly,
    handle: getCloudPcRemoteActionResults,
  },
  ...['/deviceManagement/comanagedDevices', '/users/:userId/managedDevices'].flatMap((path): readonly Route[] => [
    { method: 'GET', path: `${path}/:id`, versions: bothVersions, handle: nowhere },
    { method: 'POST', path: `${path}/:id/:action`, versions: bothVersions, handle: nowhere },
  ]),
];

function nowhere(call: Call): Answer {
  const keys = Object.values(call.params).map((value) => `'${value}'`);
  throw noODataRoute(call.method, `/deviceManagement/(${keys.join(')/(')})`);
}

/** Gone from the metadata since November 2024, and answering only where the legacy API is asked for. */
function reprovisionCloudPc(call: Call): Answer {
  return acceptReprovision(call, legacyCloudPc(call, 'reprovisionCloudPc'));
}

/** Gone since June 2025. Its entries know the detail only by its first name, statusDetails. */
function getCloudPcRemoteActionResults(call: Call): Answer {
  const cloudPc = legacyCloudPc(call, 'getCloudPcRemoteActionResults');
  const old: CloudPc = { ...cloudPc, fate: { ...cloudPc.fate, detailIn: 'statusDetails', namesManagedDevice: true } };
  const value = remoteActionResults(call.world, old).map((entry) =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'statusDetail')),
  );
  return { status: 200, body: { value } };
}

function legacyCloudPc(call: Call, operation: string): CloudPc {
  if (call.world.cloudPcApi === 'current') {
    const id = call.params['managedDeviceId'] ?? '';
    const path = `/deviceManagement/managedDevices('${id}')/microsoft.management.services.api.${operation}`;
    throw noODataRoute(call.method, path);
  }
  const device = namedDevice(call);
  const cloudPc = cloudPcs.find((candidate) => candidate.device === device);
  if (!cloudPc) throw featurelessRefusal(call, operation);
  return cloudPc;
}
