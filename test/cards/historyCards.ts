import type { HistoryFilter } from '../../src/flow/history/findHistory.ts';
import { longestTrail } from '../../src/flow/history/historyPlace.ts';
import { presentForReader } from '../../src/flow/present.ts';
import { presentHistory } from '../../src/flow/history/presentHistory.ts';
import { presentOpen } from '../../src/flow/open/presentOpen.ts';
import type { World } from '../../src/flow/world.ts';
import type { Operation, Step } from '../../src/model/operation.ts';
import type { Content } from '../../src/ports.ts';
import type { JournalEntry } from '../../src/model/journalEntry.ts';
import { alex, mac, noon, proposed } from '../world.ts';

const id = (number: number) => `4a1d0c9e-0a58-4f26-8f0c-5b2a3f1d7c${String(number).padStart(2, '0')}`;
const requestId = '4a1d0c9e-0a58-4f26-8f0c-5b2a3f1d7c01';
const sending = {
  sentAt: noon,
  asPerson: true,
  lookup: { source: 'managedDevice', id: 'x', kind: 'plain', names: [] },
  before: [],
} as const;

/** One that went through everything that an operation can go through, with these words wherever there are words. */
export function eventful(words: string, index: number): Operation {
  const at = noon + index;
  const step = (is: Step['is'], note = ''): Step => ({ is, at, by: words, note });
  const reason = { code: 'x', understood: words, why: words, instead: words };
  return {
    ...proposed,
    id: id(index),
    ticket: 'ABCDEFGHIJ-123456789012',
    asker: { ...alex, name: words },
    device: {
      ...mac,
      name: words,
      serialNumber: words,
      owner: { ...mac.owner, name: words, userPrincipalName: words },
    },
    steps: [
      step('asked'),
      step('confirmed'),
      ...Array.from({ length: 4 }, () => step('accepted', requestId)),
      step('secretShown', words),
    ],
    state: { is: 'finished', outcome: 'unproven', at, sending, reason },
  };
}

const journalOf = ({ id: operationId }: Operation): JournalEntry[] =>
  ['sending', 'sending', 'sending', 'sending', ...Array<string>(9).fill('secretViewed')].map((event) => ({
    at: noon,
    event,
    tenantId: 'tenant-id',
    personId: 'somebody-id',
    operationId,
    as: 'person',
  }));

/** A full page far back in a history, with everything as long as `words`. */
export function historyPage(world: World, words: string): Content {
  const operations = Array.from({ length: 8 }, (_, index) => eventful(words, index));
  const filter: HistoryFilter = {
    deviceId: id(1),
    personId: id(2),
    ticket: 'ABCDEFGHIJ-123456789012',
    did: { action: 'changeAssignments', past: 0, slots: { item: words.slice(0, 200) } },
  };
  const trail = Array.from({ length: longestTrail }, (_, index) => ({ askedAt: noon, id: id(index) }));
  const older = { askedAt: noon, id: id(99) };
  const entries = operations.flatMap(journalOf);
  const told = { heading: words, status: words, place: { filter, trail }, operations, older, entries };
  return presentHistory(world, { ...told, nameOf: () => words });
}

const running = (operation: Operation): Operation => ({
  ...operation,
  state: { is: 'running', acceptance: 'unsure', sending, looks: 9, nextLookAt: noon + 60_000 },
});

/** As much as can be on the desk; the last of each is asked about. */
export function openCard(world: World, words: string): Content {
  const some = Array.from({ length: 12 }, (_, index) => running(eventful(words, index)));
  const sure = id(11);
  return presentOpen(world, { own: some, others: some, isTeam: true, mayTend: () => true, status: words, sure });
}

export function historyCards(world: World, hostile: string): { of: string; content: Content }[] {
  const none = { operations: [], entries: [], nameOf: () => '', place: { filter: {}, trail: [] } };
  return [
    { of: 'history', content: historyPage(world, hostile) },
    { of: 'empty history', content: presentHistory(world, { ...none, heading: 'x', status: 'y' }) },
    { of: 'open', content: openCard(world, hostile) },
    {
      of: 'open offer',
      content: presentOpen(world, { own: [proposed], others: [], isTeam: false, mayTend: () => true }),
    },
    { of: 'empty desk', content: presentOpen(world, { own: [], others: [], isTeam: true, mayTend: () => true }) },
    { of: 'details for a reader', content: presentForReader(world, eventful(hostile, 1), false) },
    { of: 'details of an offer', content: presentForReader(world, { ...proposed, ticket: 'INC0012' }, true) },
  ];
}
