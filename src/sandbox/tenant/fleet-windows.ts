import { device } from './device.ts';
import { cloudPcFates as cloudPc, configMgrFates as configMgr } from './fates-of-windows.ts';

const days = 24 * 60;

/** PCs on desks and in the cloud. */
export const windowsPcs = [
  device('LT-117', 'tenantAttached', 'megan', 'PF4K2B1A', configMgr.refreshes),
  device('LT-118', 'tenantAttached', 'diego', 'PF4K2B2B', configMgr.connectorUnreachable),
  device('LT-119', 'coManaged', 'grady', 'PF4K2B3C', configMgr.accessDenied, { complianceState: 'noncompliant' }),
  device('LT-120', 'tenantAttached', 'henrietta', 'PF4K2B4D', configMgr.returnedOne),
  device('LT-121', 'tenantAttached', 'joni', 'PF4K2B5E', configMgr.unknownCode),
  device('LT-122', 'coManaged', 'lee', 'PF4K2B6F', configMgr.doneUndelivered),
  device('LT-123', 'windows', 'isaiah', 'PF4K2B7G', configMgr.noClient),
  device('LT-131', 'coManaged', 'miriam', 'PF4K2B8H', configMgr.enrolledAgain, { lastSeenMinutes: 40 }),
  device('LT-131', 'coManaged', 'miriam', 'PF4K2B8H', configMgr.staleRecord, {
    lastSeenMinutes: 95 * days,
    complianceState: 'unknown',
  }),
  device('CPC-117', 'cloudPc', 'adele', '0000-1170-4471-2093', cloudPc.rebuilds),
  device('CPC-118', 'cloudPc', 'nestor', '0000-1180-4471-2094', cloudPc.serverError),
  device('CPC-119', 'cloudPc', 'pradeep', '0000-1190-4471-2095', cloudPc.oldSpelling),
  device('CPC-120', 'cloudPc', 'johanna', '0000-1200-4471-2096', cloudPc.notSupported),
  device('CPC-121', 'cloudPc', 'debra', '0000-1210-4471-2097', cloudPc.disabled),
  device('CPC-122', 'cloudPc', 'christie', '0000-1220-4471-2098', cloudPc.noRecord),
];
