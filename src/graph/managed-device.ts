import type { Device } from '../model/device.ts';
import { instantOf } from './instants.ts';
import { record, text, type Json } from './json.ts';
import { segment } from './odata.ts';
import { platformOf } from './platform.ts';

/** Below `/beta`: `deviceType` and the results of most actions are not in v1.0. */
export const devicesPath = '/deviceManagement/managedDevices';

/** Everything that `Device` needs. */
const properties = [
  'id',
  'deviceName',
  'serialNumber',
  'userId',
  'userDisplayName',
  'userPrincipalName',
  'operatingSystem',
  'osVersion',
  'deviceType',
  'manufacturer',
  'model',
  'managedDeviceOwnerType',
  'complianceState',
  'lastSyncDateTime',
  'enrolledDateTime',
  'managementAgent',
  'deviceEnrollmentType',
  'isSupervised',
  'configurationManagerClientEnabledFeatures',
].join(',');

/** The list with a filter that is encoded already. */
export const devicesWhere = (filter: string): string => `${devicesPath}?$filter=${filter}&$select=${properties}`;

/** One device, alone or with its results: in lists Graph leaves those empty (powershell-intune-samples issue 252). */
export const devicePath = (id: string): string => `${devicesPath}/${segment(id)}?$select=${properties}`;
export const deviceWithResultsPath = (id: string): string => `${devicePath(id)},deviceActionResults`;
export const resultsPath = (id: string): string =>
  `${devicesPath}/${segment(id)}?$select=id,lastSyncDateTime,deviceActionResults`;

const withConfigurationManager = new Set([
  'configurationmanagerclient',
  'configurationmanagerclientmdm',
  'configurationmanagerclientmdmeas',
]);

/** Reads one `managedDevice`; undefined where there is no id to address it by. */
export function deviceFrom(value: unknown): Device | undefined {
  const raw = record(value);
  const id = text(raw.id);
  if (id === '') return undefined;
  const lastSync = instantOf(raw.lastSyncDateTime);
  const enrolled = instantOf(raw.enrolledDateTime);
  return {
    id,
    name: text(raw.deviceName),
    serialNumber: text(raw.serialNumber),
    platform: platformOf(text(raw.operatingSystem), text(raw.deviceType)),
    system: [text(raw.operatingSystem), text(raw.osVersion)].filter(Boolean).join(' '),
    model: text(raw.model),
    owner: { id: text(raw.userId), name: text(raw.userDisplayName), userPrincipalName: text(raw.userPrincipalName) },
    ownership: text(raw.managedDeviceOwnerType) || text(raw.ownerType),
    compliance: text(raw.complianceState),
    ...(lastSync === undefined ? {} : { lastSync }),
    ...(enrolled === undefined ? {} : { enrolled }),
    managementAgent: text(raw.managementAgent),
    enrollmentType: text(raw.deviceEnrollmentType),
    supervised: raw.isSupervised === true,
    configurationManager: hasConfigurationManager(raw),
    isCloudPc: /^cloudpc$/i.test(text(raw.deviceType)) || /cloud\s?pc/i.test(text(raw.model)),
  };
}

/** By its agent, or because a workload stands as moved to Intune, which only a Configuration Manager client reports. */
const hasConfigurationManager = (raw: Json): boolean =>
  withConfigurationManager.has(text(raw.managementAgent).toLowerCase()) ||
  Object.values(record(raw.configurationManagerClientEnabledFeatures)).includes(true);
