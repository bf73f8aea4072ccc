import type { View } from '../model/action.ts';
import type { Device } from '../model/device.ts';
import type { Operation, Step } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import { iso, span, upper } from '../model/text.ts';
import { ticketText } from './ticket.ts';
import { wordsForActionState } from './words.ts';

/** One line of a FactSet: text, or a time in the reader's own zone followed by text. */
export function fact(title: string, text: string, at?: Instant): View {
  return {
    title,
    text: text || (at === undefined ? 'Intune does not say' : ' '),
    at: at === undefined ? '' : iso(at),
    hasAt: at !== undefined,
  };
}

export const platformNames: Readonly<Record<Device['platform'], string>> = {
  windows: 'Windows',
  macOS: 'macOS',
  iOS: 'iOS or iPadOS',
  android: 'Android',
  linux: 'Linux',
  chromeOS: 'ChromeOS',
  unknown: '',
};

export const ownerOf = (device: Device): string =>
  [device.owner.name, device.owner.userPrincipalName && `(${device.owner.userPrincipalName})`]
    .filter(Boolean)
    .join(' ');

const lastCheckIn = (device: Device, now: Instant): View =>
  device.lastSync === undefined
    ? fact('Last check-in', 'never, as far as Intune says')
    : fact('Last check-in', `(${span(now - device.lastSync)} ago)`, device.lastSync);

/** Graph's `inGracePeriod` as a person reads it. */
const words = (camelCase: string): string => camelCase.replace(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase();

/** What a person needs in order to be sure that it is the right device. */
export const deviceFacts = (device: Device, now: Instant): View[] => [
  fact('Owner', ownerOf(device)),
  fact('Platform', [device.system || platformNames[device.platform], device.model].filter(Boolean).join(', ')),
  fact('Serial number', device.serialNumber),
  fact('Ownership', words(device.ownership)),
  fact('Compliance', words(device.compliance)),
  lastCheckIn(device, now),
];

export const ticketFacts = (operation: Operation): View[] =>
  operation.ticket === undefined ? [] : [fact('Ticket', ticketText(operation))];

/** What tells one candidate from another. */
export const candidateFacts = (device: Device, now: Instant): View[] => [
  fact('Owner', ownerOf(device)),
  fact('Platform', [device.system || platformNames[device.platform], device.model].filter(Boolean).join(', ')),
  fact('Serial number', device.serialNumber),
  lastCheckIn(device, now),
  fact('Enrolled', '', device.enrolled),
];

const droppedWords: Readonly<Record<string, string>> = {
  expired: 'Nobody confirmed in time',
  duplicate: 'Confirmed, but the same is under way already',
};

const stepWords: Readonly<Record<Step['is'], (step: Step) => string>> = {
  asked: ({ by }) => `Asked by ${by}`,
  confirmed: ({ by }) => `Confirmed by ${by}`,
  accepted: () => 'Accepted by Graph',
  unsure: () => 'Sent, but Graph’s answer was lost',
  seen: ({ note }) => `Intune: ${wordsForActionState(note)}`,
  refused: () => 'Refused',
  finished: ({ by }) => (by ? `Stopped looking, as ${by} wanted` : 'Stopped looking'),
  dropped: ({ by, note }) => (note === 'cancelled' ? `Cancelled by ${by}` : (droppedWords[note] ?? 'Ended')),
  resent: () => 'Not found in Intune, so sent once more',
  secretShown: ({ by, note }) => `${upper(note)} shown to ${by}`,
};

const sameDay = 16 * 60 * 60_000;

/** The evidence, oldest first, each with its time; with its date too, once that is not plain any more. */
export const stepLines = ({ askedAt, steps }: Operation): View[] =>
  steps.map((step) => ({ text: stepWords[step.is](step), at: iso(step.at), dated: step.at - askedAt > sameDay }));

/** In whose name; nothing where Graph was not called, or said no. */
function calledAs({ state, steps }: Operation): View[] {
  const sending = state.is === 'running' || state.is === 'finished' ? state.sending : undefined;
  const confirmed = steps.find(({ is }) => is === 'confirmed')?.by ?? '';
  return sending ? [fact('Graph called as', sending.asPerson ? confirmed : 'the app')] : [];
}

/** For whoever must look it up elsewhere: ids and Graph's own words. */
export function technicalFacts(operation: Operation, now: Instant): View[] {
  const { state } = operation;
  const result = state.is === 'running' || state.is === 'finished' ? state.result : undefined;
  return [
    ...ticketFacts(operation),
    ...deviceFacts(operation.device, now),
    fact('Managed by', words(operation.device.managementAgent)),
    fact('Enrollment', words(operation.device.enrollmentType)),
    fact('Supervised', operation.device.supervised ? 'yes' : 'no'),
    fact('Action of Graph', operation.action),
    ...calledAs(operation),
    ...(result
      ? [
          fact('Reported as', result.actionName),
          fact('Action state', result.state),
          fact('Started', '', result.startedAt),
          fact('Last updated', '', result.updatedAt),
        ]
      : []),
    ...operation.steps
      .filter(({ is, note }) => (is === 'accepted' || is === 'unsure' || is === 'refused') && note)
      .map(({ note }) => fact('Graph request', note)),
    fact('Intune device id', operation.device.id),
    fact('Operation', operation.id),
  ];
}
