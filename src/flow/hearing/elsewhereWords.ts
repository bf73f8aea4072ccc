import type { Action } from '../../model/action.ts';

interface Kind {
  readonly label: string;
  readonly risk: Action['risk'];
}

const kind = (label: string, risk: Action['risk']): Kind => ({ label, risk });

/**
 * Members of `remoteAction` (Graph beta), which are not always called as the action is: a wipe is `factoryReset`, a
 * retirement `removeCompanyData`.
 */
const kinds: Readonly<Record<string, Kind>> = {
  factoryReset: kind('Wipe', 'irreversible'),
  factoryResetKeepEnrollmentData: kind('Wipe, keeping the enrolment,', 'irreversible'),
  automaticRedeployment: kind('Autopilot reset', 'irreversible'),
  cleanWindowsDevice: kind('Fresh start', 'irreversible'),
  removeCompanyData: kind('Retire', 'irreversible'),
  delete: kind('Delete', 'irreversible'),
  deprovision: kind('Deprovision', 'irreversible'),
  remoteLock: kind('Lock', 'disruptive'),
  resetPasscode: kind('Passcode reset', 'disruptive'),
  recoverPasscode: kind('Passcode recovery', 'disruptive'),
  rebootNow: kind('Restart', 'disruptive'),
  shutDown: kind('Shut down', 'disruptive'),
  enableLostMode: kind('Lost mode on', 'disruptive'),
  disableLostMode: kind('Lost mode off', 'disruptive'),
  locateDevice: kind('Locate', 'disruptive'),
  logoutSharedAppleDeviceActiveUser: kind('Sign-out', 'disruptive'),
  setDeviceName: kind('Rename', 'disruptive'),
  rotateBitLockerKeys: kind('BitLocker key rotation', 'disruptive'),
  rotateFileVaultKey: kind('FileVault key rotation', 'disruptive'),
  rotateLocalAdminPassword: kind('Local admin password rotation', 'disruptive'),
  initiateOnDemandProactiveRemediation: kind('Remediation', 'disruptive'),
  changeAssignments: kind('Removal of apps and policies', 'disruptive'),
  disable: kind('Disable', 'disruptive'),
  reenable: kind('Enable', 'disruptive'),
  quickScan: kind('Quick scan', 'harmless'),
  fullScan: kind('Full scan', 'harmless'),
  windowsDefenderUpdateSignatures: kind('Defender signature update', 'harmless'),
  initiateDeviceAttestation: kind('Attestation', 'harmless'),
};

/** A few words for what an audit names; for one that is not known, the name itself. */
export const labelOf = (action: string): string => kinds[action]?.label ?? `Intune action “${action}”`;

export const riskOf = (action: string): Action['risk'] | undefined => kinds[action]?.risk;

/** Every name with its label. */
export const knownElsewhere: readonly (readonly [name: string, label: string])[] = Object.entries(kinds).map(
  ([name, { label }]) => [name, label],
);
