import type { Device } from '../model/device.ts';
import type { Ask } from './line.ts';
import { deviceFrom, devicesWhere } from './managed-device.ts';
import { comparable, equals, spellingsOf } from './odata.ts';
import { elementsOf } from './pages.ts';
import type { Reads } from './reads.ts';

/** No name, serial number or address is longer; what is longer was no question about a device. */
export const longestQuestion = 256;

/**
 * Devices whose name, serial number or (with an `@`) user address is exactly one of `texts`. One query per property,
 * because `or` across properties is mis-evaluated (powershell-intune-samples issue 188). Throws `GraphFault`.
 */
export async function findDevices(reads: Reads, texts: readonly string[]): Promise<readonly Device[]> {
  const questions = texts
    .map((text) => text.trim().normalize('NFC'))
    .filter((question) => question !== '' && question.length <= longestQuestion);
  const wanted = new Set(questions.map(comparable));
  return devicesMatching(reads, [...new Set(questions.flatMap(filtersFor))], (device) =>
    [device.name, device.serialNumber, device.owner.userPrincipalName].some((value) => wanted.has(comparable(value))),
  );
}

const filtersFor = (question: string): readonly string[] => [
  ...spellingsOf(question).map((name) => equals('deviceName', name)),
  equals('serialNumber', question),
  ...(question.includes('@') ? [equals('userPrincipalName', question)] : []),
];

/** Devices whose primary user is this person: asked by address, which Graph can filter, compared by object id. */
export async function devicesOf(reads: Reads, userId: string, userPrincipalName: string): Promise<readonly Device[]> {
  if (userPrincipalName.trim() === '' || userId.trim() === '') return [];
  return devicesMatching(
    reads,
    [equals('userPrincipalName', userPrincipalName)],
    (device) => comparable(device.owner.id) === comparable(userId),
  );
}

/**
 * Asks for each filter, and keeps what `fits`. Graph may ignore a filter and return every device
 * (microsoft-graph-docs issue 16027), so the comparison in code is the one that counts.
 */
async function devicesMatching(
  reads: Reads,
  filters: readonly string[],
  fits: (device: Device) => boolean,
): Promise<readonly Device[]> {
  const asks = filters.map((filter): Ask => ({ method: 'GET', version: 'beta', path: devicesWhere(filter) }));
  const answers = await reads.many(asks);
  const found = new Map<string, Device>();
  for (const [index, answer] of answers.entries()) {
    for await (const element of elementsOf(reads, asks[index] as Ask, answer)) {
      const device = deviceFrom(element);
      if (device && fits(device)) found.set(device.id, device);
    }
  }
  return [...found.values()];
}
