import { noActions } from './platform.ts';
import type { Platform } from './platform.ts';

const apple = { manufacturer: 'Apple', managementAgent: 'mdm', isSupervised: true };

/** Supervised, as a company's own Apple devices are. */
export const applePlatforms = {
  mac: {
    ...noActions,
    label: 'Mac',
    locks: true,
    pin: true,
    properties: {
      ...apple,
      operatingSystem: 'macOS',
      osVersion: '15.6.1 (24G90)',
      model: 'MacBook Pro (14-inch, 2024)',
      deviceType: 'macMDM',
      deviceEnrollmentType: 'appleBulkWithUser',
      chassisType: 'laptop',
    },
  },
  ipad: {
    ...noActions,
    label: 'iPad',
    locks: true,
    changesAssignments: true,
    properties: {
      ...apple,
      operatingSystem: 'iPadOS',
      osVersion: '18.6.2',
      model: 'iPad (10th generation)',
      deviceType: 'iPad',
      deviceEnrollmentType: 'appleBulkWithUser',
      chassisType: 'tablet',
    },
  },
  iphone: {
    ...noActions,
    label: 'iPhone',
    locks: true,
    changesAssignments: true,
    properties: {
      ...apple,
      operatingSystem: 'iOS',
      osVersion: '18.6.2',
      model: 'iPhone 15',
      deviceType: 'iPhone',
      deviceEnrollmentType: 'appleBulkWithUser',
      chassisType: 'phone',
    },
  },
} satisfies Record<string, Platform>;
