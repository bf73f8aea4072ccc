import type { Operation } from '../../model/operation.ts';
import { iso, upper } from '../../model/text.ts';
import type { Content } from '../../ports.ts';
import type { DayCount } from './dayCount.ts';
import { deedOf, wordsOf } from '../present.ts';
import type { World } from '../world.ts';

const mostNamed = 10;
const unwanted = new Set(['failed', 'notSupported', 'unproven']);

const isFor = ({ state }: Operation) => state.is !== 'proposed' && state.is !== 'dropped';
const isOpen = ({ state }: Operation) => state.is === 'claimed' || state.is === 'running';
const wentWrong = ({ state }: Operation) => state.is === 'finished' && unwanted.has(state.outcome);

/** What became of a day's operations, and of older ones that ended in it or are still under way. Names what wants attention. */
export function presentSummary(world: World, { operations, since }: DayCount): Content {
  const done = operations.filter(isFor);
  const named = done.filter(wentWrong);
  const asked = operations.filter(({ askedAt }) => askedAt >= since);
  const confirmed = asked.filter(isFor).length;
  const heading = 'The last 24 hours';
  const status = confirmed === 1 ? '1 action was confirmed.' : `${confirmed} actions were confirmed.`;
  const left = named.length - mostNamed;
  const notes = [
    left > 0 ? `${left} more did not go well and are not named.` : '',
    confirmed < asked.length ? `${asked.length - confirmed} were asked for and not confirmed.` : '',
    olderOf(done.length - confirmed),
  ].filter(Boolean);
  const counts = countsOf(world, done);
  const summary = `${heading}: ${status}`;
  const card = world.cards.fill('summary', {
    heading,
    status,
    tone: named.length > 0 ? 'warning' : 'good',
    counts: [...counts].map(([title, count]) => ({ title, text: String(count) })),
    hasCounts: counts.size > 0,
    lines: named.slice(0, mostNamed).map((operation) => lineOf(world, operation)),
    note: notes.join(' '),
    hasNote: notes.length > 0,
    plain: { summary },
  });
  return { card, summary };
}

const olderOf = (count: number): string => {
  if (count === 0) return '';
  return `${count} more ${count === 1 ? 'was' : 'were'} asked for earlier, and ended only now or ${count === 1 ? 'is' : 'are'} still under way.`;
};

/** How each stands, the most frequent first; all that is under way as one. */
function countsOf(world: World, operations: readonly Operation[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const operation of operations) {
    const { state } = wordsOf(world, operation);
    const title = isOpen(operation) ? 'Under way' : upper(state);
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return new Map([...counts].toSorted(([, one], [, other]) => other - one).slice(0, 12));
}

function lineOf(world: World, operation: Operation) {
  const deed = deedOf(world, operation);
  const { state } = wordsOf(world, operation);
  return {
    deed,
    state: `${upper(state)}.`,
    by: `Asked by ${operation.asker.name}`,
    at: iso(operation.askedAt),
    plain: { id: operation.id, details: `Details of ${deed}` },
  };
}
