import { bothVersions } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import { actionResults } from './action-results.ts';
import type { Device } from './device.ts';
import { deviceFilter } from './device-filter.ts';
import { fleet } from './fleet.ts';
import { intuneError, tooManyRequests } from './graph-error.ts';
import { managedDevice } from './managed-device.ts';
import { pageOf } from './paging.ts';
import { allowOptions, ordered, pick, selected } from './query-options.ts';
import { acceptancesFor, findDevice, presentDevices, triesBefore } from './world.ts';
import type { World } from './world.ts';

const path = '/deviceManagement/managedDevices';
const largestPage = 1_000;
const listOptions = ['$filter', '$select', '$top', '$count', '$skiptoken', '$orderby'];

/** Reading devices: the list, and one at a time with the results of its actions. */
export const managedDeviceRoutes: readonly Route[] = [
  { method: 'GET', path, versions: bothVersions, handle: list },
  { method: 'GET', path: `${path}/:managedDeviceId`, versions: bothVersions, handle: get },
];

/** The device a path names, or Intune's 404. */
export function namedDevice(call: Call): Device {
  const id = call.params['managedDeviceId'] ?? '';
  const device = findDevice(call.world, id);
  if (!device) throw intuneError(call, 404, 'ResourceNotFound', `Device with id ${id} was not found`, 'get');
  return device;
}

function list(call: Call): Answer {
  allowOptions(call, listOptions);
  const known = propertyNames(call);
  const names = selected(call, known);
  const filter = call.query['$filter'];
  const fits = filter === undefined ? () => true : deviceFilter(filter, known);
  const all = presentDevices(call.world).map((device) => managedDevice(device, call.version, call.world.startedAt));
  const hits = ordered(call, all.filter(fits), known);
  const page = pageOf(call, path, hits, largestPage);
  return {
    status: 200,
    body: {
      '@odata.context': `${call.world.url}/${call.version}/$metadata#deviceManagement/managedDevices`,
      '@odata.count': hits.length,
      ...page.link,
      value: page.value.map((resource) => (names ? pick(resource, names) : resource)),
    },
  };
}

function get(call: Call): Answer {
  allowOptions(call, ['$select', '$expand']);
  const device = namedDevice(call);
  throttleReads(call.world, device);
  const resource = managedDevice(device, call.version, call.world.startedAt);
  const names = selected(call, Object.keys(resource));
  const context = `${call.world.url}/${call.version}/$metadata#deviceManagement/managedDevices`;
  if (!names) return { status: 200, body: { '@odata.context': `${context}/$entity`, ...resource } };
  const results = actionResults(call.world, device, call.version);
  const body = pick({ ...resource, deviceActionResults: results }, names);
  return { status: 200, body: { '@odata.context': `${context}(${names.join(',')})/$entity`, ...body } };
}

function throttleReads(world: World, device: Device): void {
  const throttled = device.fate.throttledReads ?? 0;
  if (throttled === 0 || acceptancesFor(world, device.id).length === 0) return;
  const before = triesBefore(world, `read ${device.id}`);
  if (before < throttled) throw tooManyRequests(before % 2 === 0 ? 1.5 / world.speed : null);
}

function propertyNames(call: Call): readonly string[] {
  const [sample] = fleet;
  return sample ? Object.keys(managedDevice(sample, call.version, call.world.startedAt)) : [];
}
