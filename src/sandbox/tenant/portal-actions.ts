/**
 * What an administrator can start in Intune's portal, by the name that an audit gives it: a wipe is `factoryReset`, a
 * retirement `removeCompanyData` (remoteAction of the Graph beta SDKs). For `syncDevice` there is no such member.
 */
export const portalActions = [
  'remoteLock',
  'rebootNow',
  'shutDown',
  'syncDevice',
  'resetPasscode',
  'locateDevice',
  'factoryReset',
  'factoryResetKeepEnrollmentData',
  'automaticRedeployment',
  'removeCompanyData',
  'setDeviceName',
  'rotateBitLockerKeys',
  'rotateFileVaultKey',
  'quickScan',
  'fullScan',
  'windowsDefenderUpdateSignatures',
  'initiateOnDemandProactiveRemediation',
  'delete',
] as const;

export type PortalAction = (typeof portalActions)[number];

/** Who had a hand in what stood on devices before the tenant was started; nobody of the chat window. */
export const portalAdministrator = 'admin@contoso.example';
