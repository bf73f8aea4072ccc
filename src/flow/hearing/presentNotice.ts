import type { View } from '../../model/action.ts';
import type { Operation } from '../../model/operation.ts';
import type { Elsewhere } from '../../model/subscription.ts';
import { iso, upper } from '../../model/text.ts';
import type { Content } from '../../ports.ts';
import { labelOf } from './elsewhereWords.ts';
import { deedOf, wordsOf } from '../present.ts';
import type { Subject, Told } from './subject.ts';
import { fact, ownerOf } from '../views.ts';
import { wordsForActionState } from '../words.ts';
import type { Tone } from '../words.ts';
import type { World } from '../world.ts';

/** Of many on one card, so many are named; up to `allNamed` are all named rather than a few counted. */
const mostNamed = 10;
const allNamed = 12;

/** What a place is told about one action. */
interface Line {
  readonly deed: string;
  readonly state: string;
  readonly tone: Tone;
  /** Asked by whom, and where it was not from here. */
  readonly by: string;
  readonly at: number;
  readonly facts: readonly View[];
  /** For whoever may read more; empty where there is no more. */
  readonly operationId: string;
}

/** Throws where this cannot be told, alone or with others. */
export const canDraw = (world: World, { subject }: Told): void => void lineOf(world, subject);

/** The message that tells these, at least one: alone with its facts, or several in short with their counts. */
export function presentNotices(world: World, told: readonly Told[]): Content {
  const lines = told.map(({ subject }) => lineOf(world, subject));
  const [only] = lines;
  if (!only) throw new Error('a notice about nothing');
  return lines.length === 1 ? presentOne(world, only) : presentMany(world, lines);
}

function presentOne(world: World, { deed, state, tone, by, at, facts, operationId }: Line): Content {
  const summary = `${deed}: ${state}`;
  const view = { heading: deed, status: `${upper(state)}.`, tone, by, at: iso(at), facts };
  const plain = { summary, id: operationId, details: `Details of ${deed}` };
  return { card: world.cards.fill('notice', { ...view, hasDetails: operationId !== '', plain }), summary };
}

/** What wants attention comes first. */
const order: readonly Tone[] = ['attention', 'warning', 'emphasis', 'accent', 'good', 'default'];

function presentMany(world: World, lines: readonly Line[]): Content {
  const sorted = lines.toSorted((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone));
  const counts = new Map<string, number>();
  for (const { state } of sorted) counts.set(state, (counts.get(state) ?? 0) + 1);
  const heading = `${lines.length} actions on devices`;
  const status = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  const summary = `${heading}: ${status}`;
  const named = sorted.length > allNamed ? sorted.slice(0, mostNamed) : sorted;
  const left = lines.length - named.length;
  const sender = senderOf(sorted);
  const card = world.cards.fill('bulletin', {
    heading,
    status: [`${upper(status)}.`, sender && `${sender}.`].filter(Boolean).join(' '),
    tone: sorted[0]?.tone ?? 'default',
    lines: named.map(({ deed, state, by, at, operationId }) => ({
      deed,
      state: `${upper(state)}.`,
      by,
      hasBy: sender === '',
      at: iso(at),
      hasDetails: operationId !== '',
      plain: { id: operationId, details: `Details of ${deed}` },
    })),
    note: left > 0 ? `${left} more are counted above and not named.` : '',
    hasNote: left > 0,
    plain: { summary },
  });
  return { card, summary };
}

/** Who is behind all of them, to be said once; empty where they differ. */
function senderOf([first, ...others]: readonly Line[]): string {
  return first && others.every(({ by }) => by === first.by) ? first.by : '';
}

const lineOf = (world: World, subject: Subject): Line =>
  subject.is === 'operation' ? ofOperation(world, subject.operation) : ofElsewhere(world, subject.elsewhere);

function ofOperation(world: World, operation: Operation): Line {
  const { asker, askedAt, device, id, ticket } = operation;
  const { state, tone } = wordsOf(world, operation);
  const owner = world.policy().ownersInNotices ? ownerOf(device) : '';
  return {
    deed: deedOf(world, operation),
    state,
    tone,
    by: `Asked by ${asker.name}`,
    at: askedAt,
    facts: [...(owner ? [fact('Owner', owner)] : []), ...(ticket === undefined ? [] : [fact('Ticket', `#${ticket}`)])],
    operationId: id,
  };
}

const tones: Readonly<Record<string, Tone>> = {
  done: 'good',
  failed: 'attention',
  notSupported: 'attention',
  canceled: 'warning',
};

function ofElsewhere(world: World, elsewhere: Elsewhere): Line {
  const { action, deviceName, initiatedBy, ownerUserPrincipalName: owner, requestedAt, state } = elsewhere;
  return {
    deed: `${labelOf(action)} ${deviceName || 'a device without a name'}`,
    state: wordsForActionState(state),
    tone: tones[state] ?? 'accent',
    by: `Not from here: started in Intune by ${initiatedBy || 'somebody whom Intune does not name'}`,
    at: requestedAt,
    facts: owner && world.policy().ownersInNotices ? [fact('Owner', owner)] : [],
    operationId: '',
  };
}
