import { employees } from './employees.ts';
import type { EmployeeName } from './employees.ts';
import type { Fate } from './fate.ts';
import { guidFor } from './ids.ts';
import type { Platform } from './platform.ts';
import { platforms } from './platforms.ts';
import type { PlatformName } from './platforms.ts';
import type { SandboxPerson } from '../company.ts';

/** One record of Intune: a machine, whose it is and what becomes of actions sent to it. */
export interface Device {
  /** managedDevice id, the same in every run. */
  readonly id: string;
  readonly deviceName: string;
  readonly platform: Platform;
  readonly owner: SandboxPerson;
  readonly serialNumber: string;
  /** How long before the tenant's start it last checked in. */
  readonly lastSeenMinutes: number;
  /** The person's own, not the company's. */
  readonly personal: boolean;
  readonly complianceState: 'compliant' | 'noncompliant' | 'inGracePeriod' | 'unknown';
  readonly fate: Fate;
}

interface Further {
  readonly lastSeenMinutes?: number;
  readonly personal?: true;
  readonly complianceState?: Device['complianceState'];
}

/** The serial number is not enough for an id: a machine that was enrolled twice has two records. */
export function device(
  deviceName: string,
  platform: PlatformName,
  owner: EmployeeName,
  serialNumber: string,
  fate: Fate,
  further: Further = {},
): Device {
  const lastSeenMinutes = further.lastSeenMinutes ?? 5 + ((serialNumber.charCodeAt(5) * 7) % 170);
  return {
    id: guidFor('managedDevice', `${deviceName}/${serialNumber}/${lastSeenMinutes}`),
    deviceName,
    platform: platforms[platform],
    owner: employees[owner],
    serialNumber,
    lastSeenMinutes,
    personal: further.personal ?? false,
    complianceState: further.complianceState ?? 'compliant',
    fate,
  };
}
