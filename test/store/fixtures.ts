import type { Operation, Running } from '../../src/model/operation.ts';
import type { Question } from '../../src/model/question.ts';
import type { About, Elsewhere, Subscription } from '../../src/model/subscription.ts';
import type { Clock } from '../../src/ports.ts';
import type { JournalEntry } from '../../src/model/journalEntry.ts';
import type { Telling } from '../../src/outboxPort.ts';
import { baseOf } from '../../src/model/telling.ts';
import type { Place } from '../../src/model/place.ts';
import { alex, channel, mac, noon, personal } from '../world.ts';

/** A clock that stands until it is set. */
export class Hands implements Clock {
  time = noon;
  now(): number {
    return this.time;
  }
}

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

/** As `claimed`, with the step that a click leaves. */
export const confirmed = (operation: Operation, at = noon): Operation => ({
  ...claimed(operation),
  steps: [...operation.steps, { is: 'confirmed', at, by: operation.asker.name, note: '' }],
});

/** The channel that the threads of `channel` are in. */
export const general: Place = { ...channel, id: baseOf(channel.id) };

export const subscription = (id: string, changes: Partial<Subscription> = {}): Subscription => ({
  id,
  place: general,
  by: alex,
  at: noon,
  words: 'notify here about everything',
  wants: { is: 'notices', filter: {} },
  ...changes,
});

export const summary = (id: string, nextAt: number, changes: Partial<Subscription> = {}): Subscription =>
  subscription(id, { wants: { is: 'summary', minutes: 480, timeZone: 'Europe/Vienna', nextAt }, ...changes });

export const aboutOperation = (id: string): About => ({ is: 'operation', id });

export const newsOf = (about: About): Telling => ({ to: { is: 'subscribers' }, what: { is: 'news', about } });

export const audit = (id: string, state = 'pending'): Elsewhere => ({
  id,
  tenantId: 'tenant-id',
  action: 'factoryReset',
  deviceId: mac.id,
  deviceName: mac.name,
  ownerUserPrincipalName: 'adele.vance@contoso.example',
  initiatedBy: 'megan.bowen@contoso.example',
  requestedAt: noon - 60_000,
  state,
});
