import type { CloudPc, Device } from '../model/device.ts';
import { isOk } from './answer.ts';
import { list, record, text, type Json } from './json.ts';
import type { Ask } from './line.ts';
import { cloudPcsPath, normalised } from './lookups.ts';
import { comparable, equals, segment } from './odata.ts';
import { elementsOf } from './pages.ts';
import type { Reads } from './reads.ts';

const ask = (path: string): Ask => ({ method: 'GET', version: 'beta', path });

/** The Windows 365 record of a device; undefined where there is none. Throws `GraphFault`. */
export async function cloudPcOf(reads: Reads, device: Device): Promise<CloudPc | undefined> {
  const found = await recordOf(reads, device);
  const id = text(found?.id);
  if (!found || id === '') return undefined;
  return { id, status: text(found.status), reprovision: await reprovisionOf(reads, id) };
}

/** That Graph can filter Cloud PCs by their device is not documented: so it may ignore the filter, or refuse it. */
async function recordOf(reads: Reads, device: Device): Promise<Json | undefined> {
  const all = `${cloudPcsPath}?$select=id,managedDeviceId,status`;
  let asked = ask(`${all}&$filter=${equals('managedDeviceId', device.id)}`);
  let answer = await reads.one(asked);
  if (answer.status === 400) {
    asked = ask(all);
    answer = await reads.one(asked);
  }
  // A tenant or cloud without Windows 365 has no such list.
  if (answer.status === 404) return undefined;
  for await (const element of elementsOf(reads, asked, answer)) {
    if (comparable(text(record(element).managedDeviceId)) === comparable(device.id)) return record(element);
  }
  return undefined;
}

/** Names are capitalised in the docs' sample (`Reprovision`), lower case in the enum. */
async function reprovisionOf(reads: Reads, id: string): Promise<CloudPc['reprovision']> {
  const answer = await reads.one(ask(`${cloudPcsPath}/${segment(id)}/getSupportedCloudPcRemoteActions`));
  if (!isOk(answer)) return 'unknown';
  const actions = list(record(answer.body).value).map(record);
  const capability = text(
    actions.find(({ actionName }) => normalised(text(actionName)) === 'reprovision')?.actionCapability,
  );
  return (['enabled', 'disabled'] as const).find((known) => known === capability.toLowerCase()) ?? 'unknown';
}
