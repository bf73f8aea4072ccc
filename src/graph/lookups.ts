import type { Lookup } from '../model/action.ts';
import type { ActionResult } from '../model/result.ts';
import { record } from './json.ts';
import type { Ask } from './line.ts';
import { devicesPath, resultsPath } from './managed-device.ts';
import { segment } from './odata.ts';
import { resultsFrom } from './results.ts';

export const cloudPcsPath = '/deviceManagement/virtualEndpoint/cloudPCs';

/** Where the results for a lookup are read. Beta: v1.0 has no Cloud PC results and knows only five result types. */
export function askFor(lookup: Lookup): Ask {
  return { method: 'GET', version: 'beta', path: pathFor(lookup) };
}

function pathFor({ source, id }: Lookup): string {
  switch (source) {
    case 'managedDevice':
      return resultsPath(id);
    case 'cloudPc':
      return `${cloudPcsPath}/${segment(id)}/retrieveCloudPcRemoteActionResults`;
    case 'legacyCloudPc':
      return `${devicesPath}/${segment(id)}/getCloudPcRemoteActionResults`;
  }
}

/** The results that stand for a lookup, in the body that its ask was answered with; newest first. */
export function resultsFor(lookup: Lookup, body: unknown): readonly ActionResult[] {
  const raw = record(body);
  return resultsFrom(lookup.source === 'managedDevice' ? raw.deviceActionResults : raw.value)
    .filter((result) => standsFor(lookup, result))
    .sort((one, other) => (other.startedAt ?? 0) - (one.startedAt ?? 0));
}

/**
 * Names as Graph uses them are compared without case and without a leading "CloudPc"; "restart" and "reboot" are one
 * (docs, samples and enum of Cloud PC actions disagree).
 */
export function normalised(actionName: string): string {
  const name = actionName
    .trim()
    .toLowerCase()
    .replace(/^cloudpc/, '');
  return name === 'restart' ? 'reboot' : name;
}

/**
 * The values of `configurationManagerActionType`; whether results carry them as their name is not documented. If they do,
 * a name tells a quick scan from the policy refresh that was asked for; if they do not, every name is to be taken. Only
 * somebody who knows all seven can tell the two cases apart: "any name but mine is another's" would never see the end
 * under an undocumented name, and "without mine, any" would take a colleague's scan for our refresh that has yet to
 * appear. They are values of one Graph action, so no new action of ours adds to them.
 */
const configurationManagerNames = new Set([
  'refreshmachinepolicy',
  'refreshuserpolicy',
  'wakeupclient',
  'appevaluation',
  'quickscan',
  'fullscan',
  'windowsdefenderupdatesignatures',
]);

/** True where kind and name fit. A Configuration Manager result under a name that nobody knows is told by its kind. */
export function standsFor(lookup: Lookup, result: ActionResult): boolean {
  if (result.detail.is !== lookup.kind) return false;
  if (lookup.names.length === 0) return true;
  const name = normalised(result.actionName);
  if (lookup.kind === 'configurationManager' && !configurationManagerNames.has(name)) return true;
  return lookup.names.some((known) => normalised(known) === name);
}
