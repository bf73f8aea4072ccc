import type { Device } from '../../src/model/device.ts';
import type { Operation, Running } from '../../src/model/operation.ts';
import type { Person } from '../../src/model/person.ts';
import type { Place } from '../../src/model/place.ts';
import type { Question } from '../../src/model/question.ts';
import type { Pace } from '../../src/model/telling.ts';
import type { Clock, Log } from '../../src/ports.ts';
import type { JournalEntry, Telling } from '../../src/storePort.ts';

/** Saturday, 21 November 2026, 10:00 UTC. */
export const noon = Date.UTC(2026, 10, 21, 10);

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A clock that stands until it is set. */
export class Hands implements Clock {
  time = noon;
  now(): number {
    return this.time;
  }
}

export const alex: Person = { id: 'alex-id', tenantId: 'tenant-id', name: 'Alex Wilber', chatId: '29:alex' };

export const personal: Place = {
  kind: 'personal',
  id: 'a:personal-alex',
  tenantId: 'tenant-id',
  serviceUrl: 'http://127.0.0.1:1/',
  bot: { id: '28:device-desk', name: 'Device Desk' },
};

export const channel: Place = { ...personal, kind: 'channel', id: '19:general@thread.tacv2;messageid=1795299400000' };

export const mac: Device = {
  id: '11111111-0a58-4f26-8f0c-5b2a3f1d7c01',
  name: 'MBP-042',
  serialNumber: 'C02XK1AAJG5J',
  platform: 'macOS',
  system: 'macOS 15.1',
  model: 'MacBook Pro',
  owner: { id: 'adele-id', name: 'Adele Vance', userPrincipalName: 'adele.vance@contoso.example' },
  ownership: 'company',
  compliance: 'compliant',
  lastSync: noon - 12 * 60_000,
  enrolled: noon - 400 * 86_400_000,
  managementAgent: 'mdm',
  enrollmentType: 'appleBulkWithUser',
  supervised: true,
  configurationManager: false,
  isCloudPc: false,
};

/** Offered for a device of its own, so that no two offers are alike. */
export const proposed = (id: string, changes: Partial<Operation> = {}): Operation => ({
  id,
  version: 0,
  action: 'remoteLock',
  options: {},
  device: { ...mac, id: `device-of-${id}` },
  asker: alex,
  place: personal,
  words: 'lock MBP-042',
  origin: `a:personal-alex/${id}`,
  askedAt: noon,
  steps: [{ is: 'asked', at: noon, by: 'Alex Wilber', note: '' }],
  state: { is: 'proposed', token: 'token-1', expiresAt: noon + 300_000, beware: [], standing: [] },
  ...changes,
});

export const claimed = (operation: Operation): Operation => ({
  ...operation,
  state: { is: 'claimed', by: alex, at: noon, standing: [], overdueAt: noon + 120_000 },
});

export const lookedFor = (nextLookAt: number, looks = 0): Running => ({
  is: 'running',
  acceptance: 'accepted',
  sending: { sentAt: noon, lookup: { source: 'managedDevice', id: 'x', kind: 'plain', names: [] }, before: [] },
  looks,
  nextLookAt,
});

export const running = (id: string, nextLookAt: number, changes: Partial<Operation> = {}): Operation =>
  proposed(id, { state: lookedFor(nextLookAt), ...changes });

export const finished = (operation: Operation): Operation => ({
  ...operation,
  state: { is: 'finished', outcome: 'done', at: noon },
});

export const dropped = (operation: Operation): Operation => ({
  ...operation,
  state: { is: 'dropped', why: 'cancelled', at: noon },
});

export const entry: JournalEntry = { at: noon, event: 'asked', tenantId: 'tenant-id', personId: 'alex-id' };

export const question: Question = {
  id: 'question-1',
  token: 't',
  asker: alex,
  place: personal,
  wish: { is: 'status' },
  words: 'status MBP-042',
  origin: 'a:personal-alex/9',
  candidates: [],
  askedAt: noon,
  expiresAt: noon + 300_000,
};

export const said = (text: string, place = personal): Telling => ({
  to: { is: 'place', place },
  what: { is: 'said', content: { text } },
});

export const cardOf = (operationId: string, place = personal): Telling => ({
  to: { is: 'place', place },
  what: { is: 'card', operationId },
});

export const noPace: Pace = { recent: [], counts: [] };
