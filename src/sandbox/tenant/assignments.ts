import type { Device } from './device.ts';
import { guidFor } from './ids.ts';

/** What changeAssignments can name (type deviceAssignmentItem of Graph's beta typings). */
export const itemTypes = [
  'application',
  'deviceConfiguration',
  'deviceManagementConfigurationPolicy',
  'mobileAppConfiguration',
] as const;
export type ItemType = (typeof itemTypes)[number];

/** An app or policy that is assigned to a device. */
export interface Assignment {
  readonly itemId: string;
  readonly itemType: ItemType;
  readonly displayName: string;
  /** What kind of app or policy, in Intune's words. */
  readonly subType: string;
  /** Apps only. */
  readonly version: string | null;
}

const assignment = (itemType: ItemType, displayName: string, subType: string, version: string | null = null) => ({
  itemId: guidFor(itemType, displayName),
  itemType,
  displayName,
  subType,
  version,
});
const app = (displayName: string, version: string) =>
  assignment('application', displayName, 'Line-of-business', version);
const storeApp = (displayName: string, version: string) => assignment('application', displayName, 'Store app', version);

const mobileAssignments: readonly Assignment[] = [
  app('Contoso VPN', '4.2.1'),
  app('Contoso Mail', '7.0.3'),
  app('Contoso Notes', '2.11.0'),
  app('Contoso Expenses', '1.8.4'),
  storeApp('Microsoft Teams', '7.12.0'),
  storeApp('Microsoft Edge', '138.0.3351.121'),
  assignment('deviceConfiguration', 'Contoso Wi-Fi', 'Wi-Fi'),
  assignment('deviceConfiguration', 'Contoso VPN profile', 'VPN'),
  assignment('deviceManagementConfigurationPolicy', 'Home screen', 'SettingsCatalog'),
  assignment('mobileAppConfiguration', 'Contoso Mail settings', 'App configuration policy'),
];

const desktopAssignments: readonly Assignment[] = [
  storeApp('Company Portal', '11.2.1002.0'),
  app('Contoso VPN', '4.2.1'),
  assignment('deviceManagementConfigurationPolicy', 'Disk encryption', 'SettingsCatalog'),
];

const kioskPages: readonly Assignment[] = Array.from({ length: 32 }, (_, index) =>
  app(`Contoso Kiosk ${String(index + 1).padStart(2, '0')}`, '1.0.0'),
);

/** All apps and policies of a device, the configuration of apps included. */
export function assignmentsOf(device: Device): readonly Assignment[] {
  if (!device.platform.changesAssignments) return desktopAssignments;
  return device.fate.manyApps ? [...mobileAssignments, ...kioskPages] : mobileAssignments;
}
