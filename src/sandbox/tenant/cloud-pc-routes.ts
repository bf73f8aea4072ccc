import { answerPost } from './acceptance.ts';
import { member, parametersOf } from './body.ts';
import { betaOnly, bothVersions } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import { cloudPcResource, cloudPcs, remoteActionResults } from './cloud-pc.ts';
import type { CloudPc } from './cloud-pc.ts';
import { badRequest, gatewayError } from './graph-error.ts';
import { parseFilter } from './odata-filter.ts';
import { allowOptions, pick, selected } from './query-options.ts';

const path = '/deviceManagement/virtualEndpoint/cloudPCs';

/** Windows 365. Results and capabilities are read in beta only. */
export const cloudPcRoutes: readonly Route[] = [
  { method: 'GET', path, versions: bothVersions, handle: list },
  { method: 'GET', path: `${path}/:cloudPcId`, versions: bothVersions, handle: get },
  { method: 'POST', path: `${path}/:cloudPcId/reprovision`, versions: bothVersions, handle: reprovision },
  { method: 'GET', path: `${path}/:cloudPcId/retrieveCloudPCRemoteActionResults`, versions: betaOnly, handle: results },
  { method: 'GET', path: `${path}/:cloudPcId/getSupportedCloudPcRemoteActions`, versions: betaOnly, handle: supported },
];

function named(call: Call): CloudPc {
  const id = (call.params['cloudPcId'] ?? '').toLowerCase();
  const found = cloudPcs.find((candidate) => candidate.id === id);
  if (!found) throw gatewayError(404, 'notFound', `The Cloud PC with ID ${id} was not found.`);
  return found;
}

const context = (call: Call) => `${call.world.url}/${call.version}/$metadata#deviceManagement/virtualEndpoint/cloudPCs`;

function list(call: Call): Answer {
  allowOptions(call, ['$filter', '$select', '$top', '$count']);
  const all = cloudPcs.filter(filterOf(call)).map((cloudPc) => cloudPcResource(call.world, cloudPc, call.version));
  const [sample] = cloudPcs;
  const known = sample ? Object.keys(cloudPcResource(call.world, sample, call.version)) : [];
  const names = selected(call, known, 'cloudPC') ?? known;
  return { status: 200, body: { '@odata.context': context(call), value: all.map((one) => pick(one, names)) } };
}

/** Of filters on Cloud PCs only this one is in use in public; every other is refused rather than guessed. */
function filterOf(call: Call): (cloudPc: CloudPc) => boolean {
  const text = call.query['$filter'];
  if (text === undefined) return () => true;
  const filter = parseFilter(text);
  if (filter.is !== 'comparison' || filter.operator !== 'eq' || filter.property.toLowerCase() !== 'manageddeviceid') {
    throw badRequest(`The filter '${text}' is not supported on Cloud PCs.`);
  }
  return (cloudPc) => cloudPc.device.id === filter.literal.text.toLowerCase();
}

function get(call: Call): Answer {
  allowOptions(call, ['$select']);
  const resource = cloudPcResource(call.world, named(call), call.version);
  const names = selected(call, Object.keys(resource), 'cloudPC') ?? Object.keys(resource);
  return { status: 200, body: { '@odata.context': `${context(call)}/$entity`, ...pick(resource, names) } };
}

function reprovision(call: Call): Answer {
  const { userAccountType, osVersion } = parametersOf(call.body, 'reprovision', ['userAccountType', 'osVersion']);
  if (userAccountType !== undefined && userAccountType !== null) {
    member(userAccountType, ['standardUser', 'administrator'], 'microsoft.graph.cloudPcUserAccountType');
  }
  if (osVersion !== undefined && osVersion !== null) {
    member(osVersion, ['windows10', 'windows11'], 'microsoft.graph.cloudPcOperatingSystem');
  }
  return acceptReprovision(call, named(call));
}

/** Shared with the operation on managedDevice that did the same before November 2024. */
export function acceptReprovision(call: Call, cloudPc: CloudPc): Answer {
  if (cloudPc.fate.capability === 'disabled') {
    throw badRequest('The Cloud PC remote action Reprovision is disabled for this Cloud PC.');
  }
  const { phases } = cloudPc.fate;
  return answerPost(call, cloudPc.device, 'reprovision', () => ({ actionName: 'Reprovision', phases }));
}

function results(call: Call): Answer {
  const value = remoteActionResults(call.world, named(call));
  return {
    status: 200,
    body: {
      '@odata.context': `${call.world.url}/beta/$metadata#Collection(microsoft.graph.cloudPcRemoteActionResult)`,
      value,
    },
  };
}

function supported(call: Call): Answer {
  const { capability } = named(call).fate;
  const value = ['Restart', 'Rename', 'Restore', 'Resize', 'Troubleshoot'].map((actionName) => ({
    actionName,
    actionCapability: 'enabled',
  }));
  return {
    status: 200,
    body: {
      '@odata.context': `${call.world.url}/beta/$metadata#Collection(microsoft.graph.cloudPcRemoteActionCapability)`,
      value: [...value, { actionName: 'Reprovision', actionCapability: capability }],
    },
  };
}
