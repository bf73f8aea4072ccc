/** What kind of machine it is, as far as Intune's rules about actions differ. */
export interface Platform {
  /** In words, for people. */
  readonly label: string;
  /** remoteLock exists for it (Intune's page on the action; microsoft-graph-docs issue 12967 for the rest). */
  readonly locks: boolean;
  /** A lock hands out an unlock PIN. */
  readonly pin: boolean;
  /** changeAssignments exists for it: iOS/iPadOS and corporate Android. */
  readonly changesAssignments: boolean;
  /** Has a Configuration Manager client. */
  readonly configMgr: boolean;
  /** Properties that all such devices share, by Graph's names. */
  readonly properties: Readonly<Record<string, unknown>>;
}

const apple = { manufacturer: 'Apple', managementAgent: 'mdm', isSupervised: true };
const windows = {
  operatingSystem: 'Windows',
  osVersion: '10.0.26100.4946',
  managementAgent: 'mdm',
  deviceEnrollmentType: 'windowsAzureADJoin',
  manufacturer: 'LENOVO',
  model: 'ThinkPad T14 Gen 5',
  deviceType: 'windowsRT',
  joinType: 'azureADJoined',
  chassisType: 'laptop',
  skuFamily: 'Enterprise',
};
const android = {
  operatingSystem: 'Android',
  managementAgent: 'googleCloudDevicePolicyController',
  deviceType: 'androidEnterprise',
  androidSecurityPatchLevel: '2026-06-05',
  chassisType: 'phone',
};
const clientFeatures = {
  inventory: true,
  modernApps: false,
  resourceAccess: false,
  deviceConfiguration: false,
  compliancePolicy: false,
  windowsUpdateForBusiness: false,
  endpointProtection: false,
  officeApps: false,
};

const nothing = { locks: false, pin: false, changesAssignments: false, configMgr: false };
const corporateAndroid = { ...nothing, locks: true, changesAssignments: true };

export const platforms = {
  mac: {
    ...nothing,
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
  windows: { ...nothing, label: 'Windows PC', properties: windows },
  tenantAttached: {
    ...nothing,
    label: 'Windows PC, tenant attached',
    configMgr: true,
    properties: {
      ...windows,
      managementAgent: 'configurationManagerClient',
      deviceEnrollmentType: 'unknown',
      joinType: 'hybridAzureADJoined',
      deviceType: 'desktop',
      configurationManagerClientEnabledFeatures: clientFeatures,
    },
  },
  coManaged: {
    ...nothing,
    label: 'Windows PC, co-managed',
    configMgr: true,
    properties: {
      ...windows,
      managementAgent: 'configurationManagerClientMdm',
      deviceEnrollmentType: 'windowsCoManagement',
      joinType: 'hybridAzureADJoined',
      configurationManagerClientEnabledFeatures: { ...clientFeatures, compliancePolicy: true },
    },
  },
  ipad: {
    ...nothing,
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
    ...nothing,
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
    ...nothing,
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
    ...nothing,
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
  cloudPc: {
    ...nothing,
    label: 'Cloud PC',
    properties: {
      ...windows,
      manufacturer: 'Microsoft Corporation',
      model: 'Cloud PC Enterprise 2vCPU/8GB/128GB',
      deviceType: 'cloudPC',
      chassisType: 'unknown',
    },
  },
} satisfies Record<string, Platform>;

export type PlatformName = keyof typeof platforms;
