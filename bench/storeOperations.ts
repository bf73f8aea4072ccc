import { randomBytes, randomUUID } from 'node:crypto';
import type { AssignmentOptions } from '../src/model/assignments.ts';
import type { Device } from '../src/model/device.ts';
import type { Claimed, Finished, Operation, Proposed, Running, Sending, Step } from '../src/model/operation.ts';
import type { Person } from '../src/model/person.ts';
import type { Place } from '../src/model/place.ts';
import type { ActionResult } from '../src/model/result.ts';
import type { JournalEntry } from '../src/model/journalEntry.ts';
import type { Telling } from '../src/outboxPort.ts';

/*
 * Operations as large as the ones that the bot makes: four apps taken off a notebook, asked for in a personal chat.
 */

const minute = 60_000;
/** Fixed, so that whatever answers in Graph's place knows it too. */
const sentAt = Date.UTC(2026, 10, 21, 10);
const tenantId = '7f6d0a52-3c1e-4a55-9a3e-6b0c9a2d1001';

/** As many people as ask; each has a chat of their own. */
export const people = 200;

const personOf = (who: string): Person => ({
  id: `a2f1${who}e-3f0a-4a55-9a3e-6b0c9a2d1001`,
  tenantId,
  name: `Alex Wilber ${who}`,
  chatId: `29:1GcS4EyB_oSI8A88XmWBN7NJFyMqe3QGnJdgLfFGkJn${who}`,
});

const placeOf = (who: string): Place => ({
  kind: 'personal',
  id: `a:1pL6i0oY3C0K8oAj8vRlmKsJRuPo0rRQdq1z6tYyLXw8Kx2b6fE${who}`,
  tenantId,
  serviceUrl: 'https://smba.trafficmanager.net/emea/7f6d0a52-3c1e-4a55-9a3e-6b0c9a2d1001/',
  bot: { id: '28:2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001', name: 'Device Desk' },
});

const deviceOf = (id: string): Device => ({
  id,
  name: `NB-${id.slice(0, 10)}`,
  serialNumber: `5CG${id.slice(0, 10)}`,
  platform: 'windows',
  system: 'Windows 10.0.26100.4061',
  model: 'HP EliteBook 840 14 inch G11',
  owner: {
    id: '4782e723-f4f4-4af3-a76e-25e3bab0d896',
    name: 'Adele Vance',
    userPrincipalName: 'adele.vance@contoso.example',
  },
  ownership: 'company',
  compliance: 'compliant',
  lastSync: sentAt - 12 * minute,
  enrolled: sentAt - 400 * 1440 * minute,
  managementAgent: 'mdm',
  enrollmentType: 'windowsAzureADJoin',
  supervised: false,
  configurationManager: false,
  isCloudPc: false,
});

const items = ['Company Portal', 'Contoso VPN', 'Visual Studio Code', 'Adobe Acrobat Reader'].map((name, index) => ({
  id: `${index}b6e0f1c-5b0d-4c0e-9d7e-0c5a1f7be3a${index}`,
  type: 'application',
  name,
  removed: false,
}));

const options: AssignmentOptions = {
  intent: 'remove',
  named: 'Contoso VPN',
  items,
  removed: items.slice(0, 3).map(({ id }) => id),
};

/** What Graph says of every open one: still under way. */
export const pending: ActionResult = {
  actionName: 'changeAssignments',
  state: 'pending',
  startedAt: sentAt + 1_000,
  updatedAt: sentAt + 5 * minute,
  detail: {
    is: 'assignments',
    items: items.slice(0, 3).map(({ id, type, name }) => ({
      id,
      type,
      name,
      subType: 'Windows app (Win32)',
      intent: 'remove',
      status: 'inProgress',
      message: 'The app is being removed from the device.',
      errorCode: 0,
      changedAt: sentAt + 2 * minute,
    })),
  },
};

export const lastSync = sentAt - 12 * minute;

interface Identity {
  readonly id: string;
  readonly deviceId: string;
  /** Three digits. */
  readonly who: string;
}

/** Never seen before. */
export const someone = (number: number): Identity => ({
  id: randomBytes(16).toString('base64url'),
  deviceId: randomUUID(),
  who: String(100 + (number % people)),
});

const stepOf = (is: Step['is'], after: number, by: string, note: string): Step => ({
  is,
  at: sentAt + after,
  by,
  note,
});

const proposal: Proposed = {
  is: 'proposed',
  token: 'mJ7mLJ8wqFzJ4mT9l0v3Aw',
  expiresAt: sentAt + 5 * minute,
  beware: [],
  standing: [sentAt - 1440 * minute],
};

export function proposed({ id, deviceId, who }: Identity): Operation {
  const asker = personOf(who);
  const place = placeOf(who);
  return {
    id,
    version: 0,
    action: 'changeAssignments',
    options,
    device: deviceOf(deviceId),
    asker,
    place,
    words: 'remove Contoso VPN from NB-0042',
    origin: `${place.id}/${id}`,
    askedAt: sentAt - minute,
    steps: [stepOf('asked', -minute, asker.name, '')],
    state: proposal,
  };
}

const sendingOf = ({ device }: Operation): Sending => ({
  sentAt,
  lookup: { source: 'managedDevice', id: device.id, kind: 'assignments', names: [] },
  before: [sentAt - 1440 * minute],
});

const message = (place: Place) => ({ place, id: 'f:6b0c9a2d-1001-4a55-9a3e-3f0a2f1f7a3e' });

export function claimed(operation: Operation): Operation {
  const { asker, place, steps } = operation;
  const state: Claimed = { is: 'claimed', by: asker, at: sentAt - 500, standing: proposal.standing, overdueAt: sentAt };
  const step = stepOf('confirmed', -500, asker.name, '');
  return { ...operation, message: message(place), steps: [...steps, step], state };
}

export const sending = (operation: Operation): Operation => ({
  ...operation,
  state: { ...(operation.state as Claimed), sending: sendingOf(operation) },
});

/** Accepted, and once it was `looks` times looked for, also seen. */
export function running(operation: Operation, nextLookAt: number, looks = 0): Operation {
  const accepted = stepOf('accepted', 700, '', 'b3b9a7fe-71e5-4f40-a3c2-5b2a3f1d7c01');
  const seen = looks > 0 ? [stepOf('seen', 40_000, '', 'pending')] : [];
  const result = looks > 0 ? { result: pending } : {};
  const state: Running = {
    is: 'running',
    acceptance: 'accepted',
    sending: sendingOf(operation),
    looks,
    nextLookAt,
    ...result,
  };
  return { ...operation, steps: [...operation.steps, accepted, ...seen], state };
}

/** Looked for once more, and nothing new. */
export function lookedFor(operation: Operation, nextLookAt: number): Operation {
  const state = operation.state as Running;
  return { ...operation, state: { ...state, result: pending, looks: state.looks + 1, nextLookAt } };
}

export function finished(operation: Operation): Operation {
  const steps = [...operation.steps, stepOf('seen', 20 * minute, '', 'done')];
  const result: ActionResult = { ...pending, state: 'done' };
  const state: Finished = {
    is: 'finished',
    outcome: 'done',
    at: sentAt + 20 * minute,
    sending: sendingOf(operation),
    result,
  };
  return { ...operation, steps, state };
}

/** About 1 kB, where disks are to hold a million: without options, steps, and the place of its card. */
export function slimFinished(identity: Identity): Operation {
  const { message: _card, ...operation } = finished(proposed(identity));
  return {
    ...operation,
    options: {},
    steps: [],
    state: { is: 'finished', outcome: 'done', at: sentAt, sending: sendingOf(operation) },
  };
}

export const entryOf = (event: string, { id, device, asker, action }: Operation, note = ''): JournalEntry => ({
  at: sentAt,
  event,
  tenantId,
  personId: asker.id,
  operationId: id,
  deviceId: device.id,
  action,
  note,
});

export const tellingOf = (is: 'card' | 'end', { id, place }: Operation): Telling => ({
  to: { is: 'place', place },
  what: { is, operationId: id },
});
