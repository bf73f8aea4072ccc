import { distance } from 'fastest-levenshtein';
import type { Device } from '../model/device.ts';
import { isOk } from './answer.ts';
import { faultOf } from './fault.ts';
import { longestQuestion } from './find-devices.ts';
import { list, record } from './json.ts';
import type { Ask } from './line.ts';
import { deviceFrom, devicesWhere } from './managed-device.ts';
import { comparable, contains } from './odata.ts';
import type { Reads } from './reads.ts';

/**
 * Devices with a name like `text`, nearest first, at most 5. Only the first page of each query is read, because half a
 * company may be called "desktop-…", and what is only offered need not be complete. Throws `GraphFault`.
 */
export async function nearDevices(reads: Reads, text: string): Promise<readonly Device[]> {
  const parts = partsOf(text);
  if (parts.length === 0) return [];
  const asks = parts.map((part): Ask => ({
    method: 'GET',
    version: 'beta',
    path: devicesWhere(contains('deviceName', part)),
  }));
  const found = new Map<string, Device>();
  for (const [index, answer] of (await reads.many(asks)).entries()) {
    if (!isOk(answer)) throw faultOf(asks[index] as Ask, answer);
    for (const device of list(record(answer.body).value).map(deviceFrom)) if (device) found.set(device.id, device);
  }
  return nearest([...found.values()], text);
}

/**
 * Pieces of the text that a mistyped name probably still holds: its words and numbers ("MPB-042" → "042", "mpb"), and
 * the two halves of a long word. Longest first, at most 6.
 */
export function partsOf(text: string): readonly string[] {
  const question = comparable(text);
  if (question.length < 2 || question.length > longestQuestion) return [];
  const words = question.match(/\p{L}{2,}|\p{N}{2,}/gu) ?? [];
  const halves = words
    .filter((word) => word.length >= 6)
    .flatMap((word) => [word.slice(0, word.length >> 1), word.slice(word.length >> 1)]);
  const byLength = [...new Set([...words, ...halves])].sort((one, other) => other.length - one.length);
  return byLength.slice(0, 6);
}

/** Ranks by edit distance; further away than a third of the text is another name, unless one holds the other. */
export function nearest(devices: readonly Device[], text: string): readonly Device[] {
  const question = comparable(text);
  const reach = Math.max(2, Math.ceil(question.length / 3));
  return devices
    .map((device) => ({ device, name: comparable(device.name) }))
    .map(({ device, name }) => ({ device, away: distance(name, question), holds: name.includes(question) }))
    .filter(({ away, holds }) => away <= reach || (holds && question.length >= 3))
    .sort((one, other) => one.away - other.away || one.device.name.localeCompare(other.device.name))
    .slice(0, 5)
    .map(({ device }) => device);
}
