import { noActions } from './platform.ts';
import type { Platform } from './platform.ts';

const android = {
  operatingSystem: 'Android',
  managementAgent: 'googleCloudDevicePolicyController',
  deviceType: 'androidEnterprise',
  androidSecurityPatchLevel: '2026-06-05',
  chassisType: 'phone',
};
const corporateAndroid = { ...noActions, locks: true, changesAssignments: true };

/** One for each way of enrolling, because the actions differ by it. */
export const androidPlatforms = {
  androidCope: {
    ...corporateAndroid,
    label: 'Android, corporate with work profile',
    properties: {
      ...android,
      osVersion: '15',
      manufacturer: 'samsung',
      model: 'SM-A546B',
      deviceEnrollmentType: 'androidEnterpriseCorporateWorkProfile',
    },
  },
  androidCobo: {
    ...corporateAndroid,
    label: 'Android, fully managed',
    properties: {
      ...android,
      osVersion: '15',
      manufacturer: 'Google',
      model: 'Pixel 8a',
      deviceEnrollmentType: 'androidEnterpriseFullyManaged',
    },
  },
  androidCosu: {
    ...corporateAndroid,
    label: 'Android, dedicated',
    properties: {
      ...android,
      osVersion: '14',
      manufacturer: 'Zebra Technologies',
      model: 'TC58',
      deviceEnrollmentType: 'androidEnterpriseDedicatedDevice',
    },
  },
  androidByod: {
    ...noActions,
    label: 'Android, personal with work profile',
    properties: {
      ...android,
      deviceType: 'androidForWork',
      osVersion: '15',
      manufacturer: 'samsung',
      model: 'SM-S921B',
      deviceEnrollmentType: 'userEnrollment',
    },
  },
  androidAosp: {
    ...noActions,
    label: 'Android (AOSP) room device',
    locks: true,
    properties: {
      ...android,
      deviceType: 'androidnGMS',
      managementAgent: 'intuneAosp',
      osVersion: '13',
      manufacturer: 'Yealink',
      model: 'MeetingBar A30',
      deviceEnrollmentType: 'androidAOSPUserOwnedDeviceEnrollment',
      androidSecurityPatchLevel: '2025-05-05',
      chassisType: 'unknown',
    },
  },
} satisfies Record<string, Platform>;
