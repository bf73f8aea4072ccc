import type { View } from '../../model/action.ts';
import type { Operation } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import { cut, iso, span, upper } from '../../model/text.ts';
import type { Content } from '../../ports.ts';
import { deedOf, wordsOf } from '../present.ts';
import { makesSecret, willHaveSecret } from '../secrets/secret.ts';
import { fact, stepLines, ticketFacts } from '../views.ts';
import { wordsForActionState } from '../words.ts';
import type { World } from '../world.ts';

/** What stands on the desk. */
export interface Desk {
  readonly own: readonly Operation[];
  readonly others: readonly Operation[];
  /** The others' are shown to this reader, even where there are none. */
  readonly isTeam: boolean;
  /** Whether the reader may have it looked at, or no longer watched. */
  mayTend(operation: Operation): boolean;
  readonly status?: string;
  readonly sure?: string;
}

/** More would not fit into a message with its buttons. */
const mostShown = 5;

/** Everything that is under way, newest first, with buttons to look now and to stop watching. */
export function presentOpen(world: World, desk: Desk): Content {
  const { own, others, isTeam, status } = desk;
  const summary = `What is open: ${own.length} of yours${isTeam ? `, ${others.length} of others` : ''}`;
  const isEmpty = own.length + others.length === 0;
  const card = world.cards.fill('open', {
    heading: 'What is open',
    status: status ?? (isEmpty ? 'Nothing is open.' : 'Newest first.'),
    tone: 'accent',
    groups: [...groupOf(world, desk, 'Yours', own), ...groupOf(world, desk, 'Others’', others)],
    plain: { summary },
  });
  return { card, summary };
}

function groupOf(world: World, desk: Desk, title: string, operations: readonly Operation[]): View[] {
  if (operations.length === 0) return [];
  const left = operations.length - mostShown;
  // What is asked about must be on the card.
  const asked = operations.findIndex(({ id }) => id === desk.sure);
  const shown = operations.filter((_, index) => index < mostShown || index === asked);
  return [
    {
      title,
      more: left > 0 ? `${left} older ones are not shown; type status with a device’s name.` : '',
      hasMore: left > 0,
      operations: shown.map((operation) => rowOf(world, desk, operation)),
    },
  ];
}

function rowOf(world: World, desk: Desk, operation: Operation): View {
  const isAsked = operation.id === desk.sure;
  const now = world.clock.now();
  const { state } = operation;
  const isTended = state.is === 'running' && desk.mayTend(operation);
  const { name } = operation.device;
  return {
    deed: deedOf(world, operation),
    ...stateOf(world, operation),
    facts: factsOf(operation, now),
    hasButtons: isTended && !isAsked,
    isAsked: isTended && isAsked,
    question: isAsked ? questionOf(world, operation) : '',
    plain: {
      id: operation.id,
      look: `Look now: ${cut(name, 30)}`,
      stop: `Stop watching: ${cut(name, 30)}`,
    },
  };
}

/** How it stands; of an offer, until when it may be confirmed. */
function stateOf(world: World, operation: Operation): View {
  const { state: now } = operation;
  if (now.is === 'proposed')
    return { state: 'Waiting for a confirmation until', hasUntil: true, until: iso(now.expiresAt) };
  const { state, advice } = wordsOf(world, operation);
  // What is still waited for is not said twice.
  const isSaid = state === wordsForActionState('pending') && advice.startsWith('Still waiting');
  return { state: [isSaid ? '' : upper(state), advice].filter(Boolean).join('. '), hasUntil: false, until: '' };
}

/** What tells it from others of the same name. */
const deviceOf = ({ device: { serialNumber, owner } }: Operation): string =>
  [serialNumber, owner.name || owner.userPrincipalName].filter(Boolean).join(' · ');

function factsOf(operation: Operation, now: Instant): View[] {
  const { askedAt, asker, state, steps } = operation;
  const device = deviceOf(operation);
  const last = steps.at(-1);
  const text = stepLines(operation).at(-1)?.['text'];
  return [
    ...(device ? [fact('Device', device)] : []),
    ...ticketFacts(operation),
    fact('Asked', `by ${asker.name}, ${span(now - askedAt)} ago`, askedAt),
    ...(last && state.is !== 'proposed' ? [fact('Last evidence', String(text), last.at)] : []),
    ...(state.is === 'running' ? [state.nextLookAt > now ? fact('Next look', '', state.nextLookAt) : dueNow] : []),
  ];
}

const dueNow = fact('Next look', 'now');

function questionOf(world: World, operation: Operation): string {
  return `Stop watching for good? It was sent and may still happen; I would not tell anybody.${ofSecret(world, operation)}`;
}

/** What would become of the secret that it makes; empty where it makes none, or we have it already. */
function ofSecret(world: World, operation: Operation): string {
  const action = world.catalogue.action(operation.action);
  const { keeping, device } = operation;
  if (!action.secret || !makesSecret(action, device) || (keeping && keeping.is !== 'due')) return '';
  return willHaveSecret(world, operation)
    ? ` Its ${action.secret.label} I would still fetch, if Intune shows it within a day.`
    : ` Nor would I fetch its ${action.secret.label}.`;
}
