import { noActions } from './platform.ts';
import type { Platform } from './platform.ts';

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

/** PCs with and without a Configuration Manager client, and those in the cloud. */
export const windowsPlatforms = {
  windows: { ...noActions, label: 'Windows PC', properties: windows },
  tenantAttached: {
    ...noActions,
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
    ...noActions,
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
  cloudPc: {
    ...noActions,
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
