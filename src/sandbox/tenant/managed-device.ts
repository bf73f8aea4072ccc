import type { ApiVersion } from './call.ts';
import type { Device } from './device.ts';
import { guidFor } from './ids.ts';
import { inSeconds, neverDate, unsetDate } from './moments.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** What v1.0 has no property for (Graph v1.0 metadata against the beta SDK). */
const betaProperties: readonly string[] = [
  'ownerType',
  'deviceType',
  'lostModeState',
  'chassisType',
  'joinType',
  'skuFamily',
  'skuNumber',
  'autopilotEnrolled',
  'processorArchitecture',
  'managementFeatures',
];

/** What every record has alike: empty, unset and never, as real answers are full of them. */
const emptiness = {
  managementState: 'managed',
  jailBroken: 'Unknown',
  easActivated: false,
  easDeviceId: '',
  easActivationDateTime: unsetDate,
  azureADRegistered: true,
  activationLockBypassCode: null,
  deviceRegistrationState: 'registered',
  deviceCategoryDisplayName: 'Unknown',
  isSupervised: false,
  exchangeLastSuccessfulSyncDateTime: unsetDate,
  exchangeAccessState: 'none',
  exchangeAccessStateReason: 'none',
  remoteAssistanceSessionUrl: null,
  remoteAssistanceSessionErrorDetails: null,
  isEncrypted: true,
  imei: '',
  complianceGracePeriodExpirationDateTime: neverDate,
  phoneNumber: '',
  androidSecurityPatchLevel: '',
  configurationManagerClientEnabledFeatures: null,
  wiFiMacAddress: '',
  deviceHealthAttestationState: null,
  subscriberCarrier: '',
  meid: '',
  totalStorageSpaceInBytes: 50340036608,
  freeStorageSpaceInBytes: 0,
  partnerReportedThreatState: 'unknown',
  requireUserEnrollmentApproval: null,
  iccid: null,
  udid: null,
  notes: null,
  ethernetMacAddress: null,
  physicalMemoryInBytes: 0,
  enrollmentProfileName: null,
  lostModeState: 'disabled',
  joinType: 'unknown',
  skuFamily: '',
  skuNumber: 0,
  autopilotEnrolled: false,
  processorArchitecture: 'unknown',
  managementFeatures: 'none',
};

/**
 * The managedDevice resource as this version of Graph shows it, with `deviceActionResults` empty: Intune fills that
 * only on a single GET that asks for it (powershell-intune-samples issues 35, 252). `startedAt` in ms since epoch.
 */
export function managedDevice(device: Device, version: ApiVersion, startedAt: number): Record<string, unknown> {
  const lastSync = startedAt - device.lastSeenMinutes * minute;
  const owner = device.personal ? 'personal' : 'company';
  const all: Record<string, unknown> = {
    id: device.id,
    userId: device.owner.id,
    deviceName: device.deviceName,
    managedDeviceOwnerType: owner,
    ownerType: owner,
    enrolledDateTime: inSeconds(lastSync - 210 * day),
    lastSyncDateTime: inSeconds(lastSync),
    complianceState: device.complianceState,
    emailAddress: device.owner.userPrincipalName,
    azureADDeviceId: guidFor('azureADDevice', device.id),
    userPrincipalName: device.owner.userPrincipalName,
    serialNumber: device.serialNumber,
    userDisplayName: device.owner.displayName,
    managedDeviceName: device.deviceName,
    managementCertificateExpirationDate: inSeconds(lastSync + 155 * day),
    ...emptiness,
    ...device.platform.properties,
    deviceActionResults: [],
  };
  if (version === 'beta') return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !betaProperties.includes(name)));
}
