import type { Operation } from '../model/operation.ts';
import type { Telling } from '../outboxPort.ts';
import { wordsOf } from './present.ts';
import { mayHaveSecret } from './secrets/secret.ts';
import type { World } from './world.ts';

/**
 * What must be told because an operation changed: its card where something on it is different, the end once, a secret's
 * private card once there can be one, and news for whoever subscribes. Pure.
 */
export function tellingsOf(world: World, before: Operation | undefined, after: Operation): readonly Telling[] {
  const what = (is: 'card' | 'end' | 'secretOffer') => ({ is, operationId: after.id });
  const here = { is: 'place', place: after.place } as const;
  const { asker, place } = after;
  return [
    ...(isNewlySecret(world, before, after)
      ? [{ to: { is: 'person', person: asker, near: place } as const, what: what('secretOffer') }]
      : []),
    ...(before && shownOf(world, before) === shownOf(world, after) ? [] : [{ to: here, what: what('card') }]),
    ...(after.state.is === 'finished' && before?.state.is !== 'finished' ? [{ to: here, what: what('end') }] : []),
    ...(newsIn(world, before) === newsIn(world, after) || newsIn(world, after) === ''
      ? []
      : [{ to: { is: 'subscribers' }, what: { is: 'news', about: { is: 'operation', id: after.id } } } as const]),
  ];
}

/** What subscribers can hear of an operation: how it stands, once it was sent or refused. Empty: nothing yet. */
function newsIn(world: World, operation: Operation | undefined): string {
  const { state } = operation ?? {};
  if (!operation || (state?.is !== 'running' && state?.is !== 'finished')) return '';
  return JSON.stringify([state.is, state.is === 'finished' ? state.outcome : '', wordsOf(world, operation).state]);
}

function isNewlySecret(world: World, before: Operation | undefined, after: Operation): boolean {
  if (after.place.kind === 'personal' || after.privately || !mayHaveSecret(world, after)) return false;
  return !before || !mayHaveSecret(world, before);
}

/**
 * Everything of an operation that its card may show. When it is looked for next is not among it, nor that a secret was
 * kept or viewed: the card may be the very message that shows it, and drawn anew would show it no longer.
 */
function shownOf(world: World, operationNow: Operation): string {
  const { version: _v, message: _m, secretShown: _s, keeping: _k, privately, ...whole } = operationNow;
  const steps = whole.steps.filter(({ is }) => is !== 'secretShown');
  const operation = {
    ...whole,
    steps,
    offered: whole.place.kind !== 'personal' && privately !== undefined,
    hasSecret: mayHaveSecret(world, operationNow),
  };
  const { state } = operation;
  if (state.is === 'claimed') return JSON.stringify({ ...operation, state: state.is });
  if (state.is !== 'running') return JSON.stringify(operation);
  const { looks: _l, nextLookAt: _n, missed: _i, blind: _b, hurriedAt: _h, ...shown } = state;
  return JSON.stringify({ ...operation, state: shown, words: wordsOf(world, { ...operation, version: 0 }) });
}
