import type { Lookup } from '../model/action.ts';
import type { Device } from '../model/device.ts';
import { GraphFault } from '../ports.ts';
import type { ActionResult } from '../model/result.ts';
import { isOk, type Answer } from './answer.ts';
import { faultOf } from './fault.ts';
import type { Ask } from './line.ts';
import { askFor, resultsFor } from './lookups.ts';
import { deviceFrom, devicePath, deviceWithResultsPath } from './managed-device.ts';
import type { Reads } from './reads.ts';

export interface Inspected {
  readonly device: Device;
  readonly results: readonly ActionResult[];
}

/** The device as it is now with the results for a lookup; undefined where Intune has it no more. Throws `GraphFault`. */
export async function inspect(reads: Reads, deviceId: string, lookup: Lookup): Promise<Inspected | undefined> {
  const together = lookup.source === 'managedDevice' && lookup.id === deviceId;
  const path = together ? deviceWithResultsPath(deviceId) : devicePath(deviceId);
  const asks: Ask[] = [{ method: 'GET', version: 'beta', path }, ...(together ? [] : [askFor(lookup)])];
  const answers = await reads.many(asks);
  const [first, second = first] = answers as [Answer, Answer?];
  if (first.status === 404) return undefined;
  const device = deviceFrom(sure(asks[0] as Ask, first).body);
  if (!device) throw new GraphFault('unexpected', 'a device without an id');
  // A Cloud PC can be gone, or too new to have results, while its device is there.
  if (second.status === 404) return { device, results: [] };
  return { device, results: resultsFor(lookup, sure(asks.at(-1) as Ask, second).body) };
}

function sure(ask: Ask, answer: Answer): Answer {
  if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
  return answer;
}
