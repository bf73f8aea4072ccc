/** Which published table may explain a code: a row of one family says nothing about another's. */
export type ErrorFamily = 'hresult' | 'configurationManager' | 'intune' | 'appleMdm' | 'omaDm';

interface Row {
  readonly code: number;
  readonly family: ErrorFamily;
  readonly meaning: string;
}

const row = (hex: number, family: ErrorFamily, meaning: string): Row => ({ code: hex | 0, family, meaning });

/**
 * Sources: Microsoft Learn, "Common HRESULT Values"; Microsoft support, "Troubleshoot company resource access
 * problems" (Intune status codes). Codes are signed 32-bit, as Graph sends them.
 */
const rows: readonly Row[] = [
  row(0x00000000, 'hresult', 'No error (S_OK)'),
  row(0x80004001, 'hresult', 'Not implemented (E_NOTIMPL)'),
  row(0x80004004, 'hresult', 'Aborted (E_ABORT)'),
  row(0x80004005, 'hresult', 'Unspecified failure (E_FAIL)'),
  row(0x8000ffff, 'hresult', 'Unexpected failure (E_UNEXPECTED)'),
  row(0x80070005, 'hresult', 'Access denied (E_ACCESSDENIED)'),
  row(0x80070006, 'hresult', 'Invalid handle (E_HANDLE)'),
  row(0x8007000e, 'hresult', 'Out of memory (E_OUTOFMEMORY)'),
  row(0x80070057, 'hresult', 'Invalid argument (E_INVALIDARG)'),
  row(0x8000000a, 'hresult', 'Data not yet available (E_PENDING)'),
  row(0x87d00215, 'configurationManager', 'Item not found'),
  row(0x87d1fde8, 'intune', 'Remediation failed'),
  row(0x87d1fde9, 'intune', 'Not applicable for this device'),
  row(0x87d1fdee, 'intune', 'Lost in conflict resolution'),
  row(0x87d11388, 'appleMdm', 'The device is busy'),
  row(0x87d11389, 'appleMdm', 'The device answered unexpectedly that it is idle'),
  row(0x87d1138a, 'appleMdm', 'The device rejected the format of the command'),
  row(0x87d1138b, 'appleMdm', 'The device returned an error'),
  row(0x87d13aa2, 'appleMdm', 'Device locked'),
  row(0x87d13aa5, 'appleMdm', 'Cannot clear the passcode'),
  row(0x87d13aa6, 'appleMdm', 'Cannot set the passcode'),
  row(0x87d13b64, 'appleMdm', 'App installation failed'),
  row(0x87d13b66, 'appleMdm', 'App removed by its user'),
  row(0x87d155f0, 'appleMdm', 'Invalid access rights'),
  row(0x87d155f7, 'appleMdm', 'Not authorized'),
  row(0x87d15616, 'appleMdm', 'App not managed'),
  row(0x87d15dc1, 'appleMdm', 'Device locked'),
  row(0x87d161a9, 'appleMdm', 'Cannot remove the VPN'),
  row(0x87d19858, 'appleMdm', 'Device not supervised'),
  row(0x87d19c41, 'appleMdm', 'Timed out'),
  row(0x87d10065, 'omaDm', 'In progress'),
  row(0x87d100c8, 'omaDm', 'Success'),
  row(0x87d100d7, 'omaDm', 'The user chose not to accept'),
  row(0x87d10190, 'omaDm', 'Bad request'),
  row(0x87d10194, 'omaDm', 'Not found'),
  row(0x87d10195, 'omaDm', 'Not allowed'),
  row(0x87d10196, 'omaDm', 'Optional feature not supported'),
  row(0x87d10198, 'omaDm', 'Timed out'),
  row(0x87d101a1, 'omaDm', 'Retry later'),
  row(0x87d101f4, 'omaDm', 'Command failed'),
  row(0x87d101f5, 'omaDm', 'Command not supported'),
  row(0x87d10202, 'omaDm', 'Canceled'),
  row(0x87d10836, 'omaDm', 'DCMO failed'),
];

/** The code in decimal and, where it is 32-bit, in hex: `-2016281112 (0x87D1FDE8)`. */
export function writeErrorCode(code: number): string {
  const is32Bit = Number.isInteger(code) && code >= -0x80000000 && code <= 0xffffffff;
  return is32Bit ? `${code} (0x${(code >>> 0).toString(16).toUpperCase().padStart(8, '0')})` : String(code);
}

/** What a table of one of these families says of the code; undefined where none does. Never a guess. */
export const explainErrorCode = (code: number, families: readonly ErrorFamily[]): string | undefined =>
  rows.find((known) => known.code === (code | 0) && families.includes(known.family))?.meaning;

/** Code and meaning on one line, saying so where no meaning is published. */
export function tellErrorCode(code: number, families: readonly ErrorFamily[]): string {
  const meaning = explainErrorCode(code, families);
  return `${writeErrorCode(code)}: ${meaning ?? 'Microsoft publishes no meaning for it'}`;
}
