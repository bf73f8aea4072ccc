import { answerPost } from './acceptance.ts';
import type { NewAcceptance } from './acceptance.ts';
import { hasUnusedPin } from './action-results.ts';
import { complexValue, member, parametersOf } from './body.ts';
import { betaOnly, bothVersions } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import type { Device } from './device.ts';
import { badRequest, featurelessRefusal } from './graph-error.ts';
import { namedDevice } from './managed-device-routes.ts';
import { clientSays, endsAs, goesWell } from './scripts.ts';
import { newUnlockPin } from './world.ts';
import type { World } from './world.ts';

const path = '/deviceManagement/managedDevices/:managedDeviceId';

/** Values of configurationManagerActionType (Graph beta SDKs). */
const configMgrActions = [
  'refreshMachinePolicy',
  'refreshUserPolicy',
  'wakeUpClient',
  'appEvaluation',
  'quickScan',
  'fullScan',
  'windowsDefenderUpdateSignatures',
] as const;

/** The actions that need no more than a device. */
export const deviceActionRoutes: readonly Route[] = [
  { method: 'POST', path: `${path}/remoteLock`, versions: bothVersions, handle: remoteLock },
  {
    method: 'POST',
    path: `${path}/triggerConfigurationManagerAction`,
    versions: betaOnly,
    handle: triggerConfigurationManagerAction,
  },
];

function remoteLock(call: Call): Answer {
  parametersOf(call.body, 'remoteLock', []);
  const device = namedDevice(call);
  if (!device.platform.locks) throw featurelessRefusal(call, 'remoteLock');
  return answerPost(call, device, 'remoteLock', () => lockOf(call.world, device));
}

/** What becomes of a lock of this device, whoever asks for it. */
export function lockOf(world: World, device: Device): NewAcceptance {
  if (hasUnusedPin(world, device.id)) return { actionName: 'remoteLock', phases: endsAs('failed') };
  const phases = device.fate.lock ?? goesWell;
  const handsOutPin = device.platform.pin && phases.at(-1)?.state === 'done';
  return { actionName: 'remoteLock', phases, ...(handsOutPin && { unlockPin: newUnlockPin(world, device.id) }) };
}

function triggerConfigurationManagerAction(call: Call): Answer {
  const parameter = 'configurationManagerAction';
  const given = parametersOf(call.body, 'triggerConfigurationManagerAction', [parameter])[parameter];
  const type = 'microsoft.graph.configurationManagerAction';
  const value = complexValue(given, type, ['action']);
  if (value['@odata.type'] === undefined) throw badRequest(`A value of type '${type}' must name its '@odata.type'.`);
  const action = member(value['action'], configMgrActions, 'microsoft.graph.configurationManagerActionType');
  const device = namedDevice(call);
  if (!device.platform.configMgr) throw featurelessRefusal(call, 'triggerConfigurationManagerAction');
  return answerPost(call, device, 'triggerConfigurationManagerAction', () => ({
    actionName: device.fate.configMgrActionName ?? action,
    phases: device.fate.configMgr ?? clientSays('done', 0),
  }));
}
