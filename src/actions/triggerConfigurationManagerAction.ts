import { defineAction } from '../model/action.ts';
import type { View } from '../model/action.ts';
import { tellErrorCode, writeErrorCode } from '../model/errorCode.ts';

/** `configurationManagerActionType`. */
const deeds = {
  refreshMachinePolicy: {
    deed: 'Refresh machine policy on',
    will: 'The Configuration Manager client fetches its machine policy again.',
  },
  refreshUserPolicy: {
    deed: 'Refresh user policy on',
    will: 'The Configuration Manager client fetches the policy of the signed-in user again.',
  },
  wakeUpClient: { deed: 'Wake up', will: 'Configuration Manager sends a wake-up to the device.' },
  appEvaluation: {
    deed: 'Evaluate applications on',
    will: 'The Configuration Manager client checks its application deployments; required apps may be installed or removed.',
  },
  quickScan: { deed: 'Run a quick scan on', will: 'Microsoft Defender scans the places where malware usually hides.' },
  fullScan: {
    deed: 'Run a full scan on',
    will: 'Microsoft Defender scans all files. The device may be slow for hours.',
  },
  windowsDefenderUpdateSignatures: {
    deed: 'Update Defender signatures on',
    will: 'Microsoft Defender fetches its newest signatures.',
  },
} as const;

type ActionType = keyof typeof deeds;
interface Options {
  readonly action: ActionType;
}

const isPolicy = (action: ActionType) => action === 'refreshMachinePolicy' || action === 'refreshUserPolicy';
const say = (words: string, action: ActionType) => ({ say: words, options: (): Options => ({ action }) });

/** `configurationManagerActionDeliveryStatus`, in the order in which delivery goes. */
const chain = ['unknown', 'pendingDelivery', 'deliveredToConnectorService', 'deliveredToOnPremisesServer'];
const delivered: Readonly<Record<string, string>> = {
  unknown: 'Not known yet',
  pendingDelivery: 'Waiting to be delivered',
  deliveredToConnectorService: 'Delivered to the connector service',
  failedToDeliverToConnectorService: 'Could not be delivered to the connector service',
  deliveredToOnPremisesServer: 'Delivered to the on-premises server',
};

const noError = (errorCode: number | undefined): string =>
  errorCode === undefined ? 'The client has reported none' : `${writeErrorCode(errorCode)}: no error reported`;

/**
 * The values as a chain. "unknown" stands in it only while it is the answer; a failed delivery stands where "delivered
 * to the connector service" would.
 */
const marks: Readonly<Record<string, string>> = {
  failedToDeliverToConnectorService: '✕',
  deliveredToOnPremisesServer: '✓',
};

function links(status: string): { text: string; here: boolean; mark: string }[] {
  const failed = status === 'failedToDeliverToConnectorService';
  const order = failed ? ['pendingDelivery', status] : status === 'unknown' ? chain : chain.slice(1);
  const at = order.indexOf(status);
  const known = order.map((name, index) => ({
    text: delivered[name] ?? name,
    here: index === at,
    mark: index < at ? '✓' : index === at ? (marks[name] ?? '▶') : '○',
  }));
  return at < 0 ? [{ text: status || 'Intune says nothing', here: true, mark: '▶' }, ...known] : known;
}

/** Microsoft Learn: triggerConfigurationManagerAction, configurationManagerActionResult. */
export default defineAction<Options>({
  name: 'triggerConfigurationManagerAction',
  summary: 'Have Configuration Manager refresh policy, evaluate apps, wake up or scan a PC',
  risk: 'harmless',
  permissions: ['DeviceManagementManagedDevices.PrivilegedOperations.All'],
  likes: ['quickScan', 'fullScan', 'windowsDefenderUpdateSignatures'],
  phrases: [
    say('(please) (refresh|sync|update) (machine|computer|device) policy (on|of|for) {device}', 'refreshMachinePolicy'),
    say('(please) (refresh|sync|update) user policy (on|of|for) {device}', 'refreshUserPolicy'),
    say('(please) wake (up) {device}', 'wakeUpClient'),
    say('(run) (application|app) evaluation (on|of|for) {device}', 'appEvaluation'),
    say('(please) evaluate (applications|apps) (on|of|for) {device}', 'appEvaluation'),
    say('(run) (a) quick scan (on|of|for) {device}', 'quickScan'),
    say('(run) (a) full scan (on|of|for) {device}', 'fullScan'),
    say('(please) update (windows) (defender) signatures (on|of|for) {device}', 'windowsDefenderUpdateSignatures'),
  ],
  past: [
    { say: 'refreshed user policy (on|of|for)', is: ({ action }) => action === 'refreshUserPolicy' },
    {
      say: 'refreshed (machine|computer|device) policy (on|of|for)',
      is: ({ action }) => action === 'refreshMachinePolicy',
    },
    { say: 'refreshed', is: ({ action }) => isPolicy(action) },
    { say: 'woke (up)', is: ({ action }) => action === 'wakeUpClient' },
    { say: 'evaluated apps (on|of|for)', is: ({ action }) => action === 'appEvaluation' },
    { say: 'scanned', is: ({ action }) => action === 'quickScan' || action === 'fullScan' },
    { say: 'updated signatures (on|of|for)', is: ({ action }) => action === 'windowsDefenderUpdateSignatures' },
  ],
  examples: [
    'refresh policy on LT-117',
    'refresh user policy on LT-117',
    'wake up LT-117',
    'application evaluation on LT-117',
    'quick scan LT-117',
    'full scan LT-117',
    'update Defender signatures on LT-117',
  ],
  deed: (device, { action }) => `${deeds[action].deed} ${device}`,
  buttons: (device, { action }) =>
    isPolicy(action)
      ? { confirm: `Refresh policy on ${device}`, cancel: `Do not refresh policy on ${device}` }
      : { confirm: `${deeds[action].deed} ${device}`, cancel: `Leave ${device} alone` },
  consequences: (_device, { action }) => [
    deeds[action].will,
    action === 'wakeUpClient'
      ? 'It goes by way of the connector to your on-premises server, which tries to wake the PC. That may not succeed.'
      : 'It goes by way of the connector to your on-premises server and then to the client, which must be reachable.',
  ],
  timing: ({ action }) => (action === 'wakeUpClient' ? 'It is tried within some minutes, and not again.' : undefined),
  whyNot: (device) =>
    device.configurationManager
      ? undefined
      : {
          code: 'noConfigurationManager',
          why: 'This device has no Configuration Manager client (it is neither tenant attached nor co-managed), so nobody would carry this out.',
          instead: 'Sync the device in Intune instead; it then fetches its Intune policies.',
        },
  form: ({ action }) =>
    isPolicy(action)
      ? [
          {
            id: 'action',
            label: 'Which policy',
            many: false,
            choices: [
              { title: 'Machine policy', value: 'refreshMachinePolicy' },
              { title: 'User policy', value: 'refreshUserPolicy' },
            ],
            value: [action],
          },
        ]
      : [],
  choose: (options, inputs) => {
    const action = inputs['action'] ?? options.action;
    if (action === options.action) return options;
    return isPolicy(options.action) && isPolicy(action as ActionType)
      ? { action: action as ActionType }
      : { code: 'notOffered', why: 'The card did not offer this choice.', instead: 'Choose machine or user policy.' };
  },
  request: (device, { action }) => ({
    method: 'POST',
    version: 'beta',
    path: `/deviceManagement/managedDevices/${encodeURIComponent(device.id)}/triggerConfigurationManagerAction`,
    body: {
      configurationManagerAction: { '@odata.type': 'microsoft.graph.configurationManagerAction', action },
    },
  }),
  completion: (device, { action }) => ({
    source: 'managedDevice',
    id: device.id,
    kind: 'configurationManager',
    names: [action.toLowerCase()],
  }),
  caveat: (detail) => {
    if (detail.is !== 'configurationManager') return undefined;
    if (detail.errorCode) return `the client reports error code ${writeErrorCode(detail.errorCode)}`;
    return detail.delivery === 'deliveredToOnPremisesServer' ? undefined : 'its delivery is not confirmed';
  },
  show: (detail): View => {
    if (detail.is !== 'configurationManager') return { links: [], error: '' };
    const { delivery, errorCode } = detail;
    return {
      links: links(delivery),
      delivery,
      error: errorCode ? tellErrorCode(errorCode, ['hresult', 'configurationManager']) : noError(errorCode),
    };
  },
});
