import type { CloudPcFate, Fate } from './fate.ts';
import type { Phase, StatusDetail } from './phases.ts';
import { clientSays, connectorUnreachable, day, doneUndelivered, endsAs } from './scripts.ts';

/** What becomes of a Configuration Manager action. */
export const configMgrFates = {
  refreshes: {
    story: 'Refreshes within 4 s: pending, connector service, on-premises server, done with error code 0.',
    configMgr: clientSays('done', 0),
  },
  connectorUnreachable: {
    story: 'The action cannot be delivered to the connector service.',
    configMgr: connectorUnreachable,
  },
  accessDenied: {
    story: 'Delivered, then failed on the client with -2147024891 (0x80070005, access denied).',
    configMgr: clientSays('failed', -2147024891),
  },
  returnedOne: {
    story: 'Delivered, then failed on the client with 1, which nobody documents.',
    configMgr: clientSays('failed', 1),
  },
  unknownCode: {
    story: 'Delivered, then failed on the client with -2016999999, which is in no table.',
    configMgr: clientSays('failed', -2016999999),
  },
  doneUndelivered: {
    story: 'Done after 3 s, though its delivery stays unknown; the result has an unusual action name.',
    configMgr: doneUndelivered,
    configMgrActionName: 'ConfigurationManagerAction',
  },
  enrolledAgain: {
    story: 'Refreshes within 4 s; an older record of the same machine is still about.',
    configMgr: clientSays('done', 0),
  },
  staleRecord: {
    story: 'The record from before the machine was enrolled again, silent for 95 days: nothing can be delivered.',
    configMgr: connectorUnreachable,
  },
  noClient: { story: 'Has no Configuration Manager client: refused (400) without a reason. Cannot be locked either.' },
} satisfies Record<string, Fate>;

const rebuilt: StatusDetail = { code: 'provisioned', message: 'The Cloud PC is ready.', additionalInformation: [] };
const serverError: StatusDetail = {
  code: 'internalServerError',
  message: 'The Cloud PC could not be reprovisioned because of an internal error.',
  additionalInformation: [
    { name: 'retriable', value: 'true' },
    { name: 'correlationId', value: '3f6f0b1e-5b0e-4a43-9a5c-6f0d6d3a7c11' },
  ],
};

const reprovision = (state: 'done' | 'failed', detail: StatusDetail): readonly Phase[] => [
  { afterMs: 0, state: 'pending' },
  { afterMs: 1_000, state: 'active' },
  { afterMs: 6_000, state, detail },
];

const cloudPc = (phases: readonly Phase[], more: Partial<CloudPcFate> = {}): CloudPcFate => ({
  phases,
  capability: 'enabled',
  detailIn: 'statusDetail',
  namesManagedDevice: true,
  ...more,
});

/** What becomes of reprovisioning a Cloud PC. */
export const cloudPcFates = {
  rebuilds: {
    story: 'Is reprovisioned within 6 s: pending, active, done, with statusDetail.',
    cloudPc: cloudPc(reprovision('done', rebuilt)),
  },
  serverError: {
    story: 'Reprovisioning fails: internalServerError, retriable, with a correlation id; no managed device id.',
    cloudPc: cloudPc(reprovision('failed', serverError), { namesManagedDevice: false }),
  },
  oldSpelling: {
    story: 'Reprovisioning fails and says why only in the deprecated statusDetails.',
    cloudPc: cloudPc(reprovision('failed', serverError), { detailIn: 'statusDetails' }),
  },
  notSupported: {
    story: 'Reprovisioning is accepted and ends as not supported.',
    cloudPc: cloudPc(endsAs('notSupported')),
  },
  disabled: {
    story: 'Windows 365 says beforehand that reprovisioning is disabled, and refuses it (400).',
    cloudPc: cloudPc(reprovision('done', rebuilt), {
      capability: 'disabled',
      before: { actionName: 'CloudPcPowerOn', agoMs: 2 * day, detail: null },
    }),
  },
  noRecord: { story: 'Intune calls it a Cloud PC; Windows 365 has no record of it.', cloudPc: null },
} satisfies Record<string, Fate>;
