import type { View } from '../../model/action.ts';
import { confirmedAt } from '../../model/operation.ts';
import type { Operation } from '../../model/operation.ts';
import { upper } from '../../model/text.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import { fact, ownerOf, ticketFacts } from '../views.ts';
import type { World } from '../world.ts';

/** Display name of a person by Entra object id. */
export type NameOf = (personId: string) => string;

/** Of views of a secret, and of calls to Graph, the newest; nobody reads more on a card. */
const most = 2;

const stepBy = ({ steps }: Operation, is: string): string => steps.find((step) => step.is === is)?.by ?? '';

/** Refused before anything left: Graph gave no id to it. */
const neverLeft = ({ steps }: Operation): boolean => steps.some(({ is, note }) => is === 'refused' && note === '');

/** When Graph was called, and in whose name. The intent is in the journal before each call, also where none followed. */
function calls(operation: Operation, entries: readonly JournalEntry[]): View[] {
  const name = (as: JournalEntry['as']) => (as === 'person' ? stepBy(operation, 'confirmed') : 'the app');
  const intended = entries.filter(({ event }) => event === 'sending');
  const written = intended.slice(0, neverLeft(operation) ? -1 : undefined).slice(-most);
  if (written.length > 0) return written.map(({ at, as }) => fact('Graph called', `as ${name(as)}`, at));
  const { state } = operation;
  const sending =
    state.is === 'claimed' || state.is === 'running' || state.is === 'finished' ? state.sending : undefined;
  if (!sending) return [];
  return [fact('Graph called', `as ${name(sending.asPerson ? 'person' : 'app')}`, sending.sentAt)];
}

const requests = ({ steps }: Operation): View[] =>
  steps
    .filter(({ is, note }) => (is === 'accepted' || is === 'unsure' || is === 'refused') && note)
    .slice(-most)
    .map(({ note }) => fact('Graph request', note));

/** Who saw the secret, each time. */
function viewings(world: World, operation: Operation, entries: readonly JournalEntry[], nameOf: NameOf): View[] {
  const label = world.catalogue.action(operation.action).secret?.label ?? 'secret';
  const title = `${upper(label)} shown`;
  const views = entries.filter(({ event }) => event === 'secretViewed');
  const shown = views.slice(-most).map(({ at, personId }) => fact(title, `to ${nameOf(personId)}`, at));
  const left = views.length - shown.length;
  return left > 0 ? [fact(title, `${left} more times before`), ...shown] : shown;
}

/** Who asked, confirmed and saw, as whom Graph was called, and when it ended: one operation, oldest first. */
export function historyFacts(
  world: World,
  operation: Operation,
  entries: readonly JournalEntry[],
  nameOf: NameOf,
): View[] {
  const { device, asker, askedAt, state } = operation;
  const confirmed = confirmedAt(operation);
  const hasEnded = state.is === 'finished' || state.is === 'dropped';
  const about = [device.serialNumber, ownerOf(device)].filter(Boolean).join(' · ');
  return [
    ...(about ? [fact('Device', about)] : []),
    ...ticketFacts(operation),
    fact('Asked', `by ${asker.name}`, askedAt),
    ...(confirmed === undefined ? [] : [fact('Confirmed', `by ${stepBy(operation, 'confirmed')}`, confirmed)]),
    ...calls(operation, entries),
    ...requests(operation),
    ...viewings(world, operation, entries, nameOf),
    ...(hasEnded ? [fact('Ended', '', state.at)] : []),
  ];
}
