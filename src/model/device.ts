import type { Instant } from './person.ts';

export type Platform = 'windows' | 'macOS' | 'iOS' | 'android' | 'linux' | 'chromeOS' | 'unknown';

/** One Intune `managedDevice`, as far as the desk needs it. Empty strings stand for "Intune does not say". */
export interface Device {
  /** Intune device id; once a device is found, the only thing by which it is addressed. */
  readonly id: string;
  /** Free text chosen by people; may hold anything. */
  readonly name: string;
  readonly serialNumber: string;
  readonly platform: Platform;
  /** `operatingSystem` and `osVersion` as Intune tells them: "macOS 15.1". */
  readonly system: string;
  readonly model: string;
  readonly owner: Owner;
  /** `managedDeviceOwnerType`. */
  readonly ownership: string;
  /** `complianceState`: compliant, noncompliant, inGracePeriod, … */
  readonly compliance: string;
  /** Last check-in; undefined where Intune gives none (`0001-01-01`). */
  readonly lastSync?: Instant;
  readonly enrolled?: Instant;
  readonly managementAgent: string;
  readonly enrollmentType: string;
  readonly supervised: boolean;
  /** A Configuration Manager client reports for this device (tenant attached or co-managed). */
  readonly configurationManager: boolean;
  /** `deviceType` or model names it a Windows 365 Cloud PC. */
  readonly isCloudPc: boolean;
  /** Present once the Windows 365 record was looked up and found. */
  readonly cloudPc?: CloudPc;
}

export interface Owner {
  /** Entra object id. */
  readonly id: string;
  readonly name: string;
  readonly userPrincipalName: string;
}

/** The Windows 365 side of a device. */
export interface CloudPc {
  readonly id: string;
  readonly status: string;
  /** What `getSupportedCloudPcRemoteActions` says of reprovision; `unknown` where it says nothing. */
  readonly reprovision: 'enabled' | 'disabled' | 'unknown';
}

/** An app or policy that `changeAssignments` can remove from a device, or has removed. */
export interface AssignmentItem {
  readonly id: string;
  /** `application`, `deviceConfiguration`, …; one that Graph adds later is carried through as it is. */
  readonly type: string;
  readonly name: string;
  /** Stands as removed by an earlier changeAssignments. */
  readonly removed: boolean;
  /** It was removed 8 to 24 hours ago, and Intune gives back by itself in that time (Microsoft Learn). */
  readonly mayBeBack?: true;
}
