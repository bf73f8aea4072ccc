import type { Device } from './device.ts';
import { macs } from './fleet-macs.ts';
import { mobiles } from './fleet-mobiles.ts';
import { windowsPcs } from './fleet-windows.ts';

/** Every device of the company. */
export const fleet: readonly Device[] = [...macs, ...mobiles, ...windowsPcs];

/** One line of the table that tells people which device does what; all plain text. */
export interface FateRow {
  readonly deviceName: string;
  readonly serialNumber: string;
  readonly platform: string;
  readonly owner: string;
  readonly fate: string;
}

/** The fleet in words, for `GET /_sandbox/devices` and the README. */
export const fateTable: readonly FateRow[] = fleet.map((device) => ({
  deviceName: device.deviceName,
  serialNumber: device.serialNumber,
  platform: device.platform.label,
  owner: device.owner.displayName,
  fate: device.fate.story,
}));
