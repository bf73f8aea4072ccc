import type { Catalogue } from '../../catalogue.ts';
import { longestSend } from '../../model/limits.ts';
import type { Operation, Sending } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import type { Elsewhere } from '../../model/subscription.ts';

/** A call of ours that an audit may tell of. */
interface Sent {
  readonly deviceId: string;
  readonly audits: readonly string[];
  readonly at: Instant;
}

function sendingsOf({ state }: Operation): readonly Sending[] {
  if (state.is === 'claimed') return [state.sending, state.earlier].filter((sending) => sending !== undefined);
  if (state.is === 'running') return [state.sending];
  return state.is === 'finished' && state.sending ? [state.sending] : [];
}

const sentBy = ({ actions }: Catalogue, operation: Operation): readonly Sent[] => {
  const { audits = [] } = actions.find(({ name }) => name === operation.action) ?? {};
  return sendingsOf(operation).map(({ sentAt: at }) => ({ deviceId: operation.device.id, audits, at }));
};

/**
 * The audits that tell of no call of ours. An audit has no id that we know: each of our calls explains one at most, of
 * its device and action, the one requested nearest to it, `skew` milliseconds before or after the time that it could have
 * taken. Pure.
 */
export function notOurs(
  audits: readonly Elsewhere[],
  operations: readonly Operation[],
  catalogue: Catalogue,
  skew: number,
): readonly Elsewhere[] {
  const calls = operations.flatMap((operation) => sentBy(catalogue, operation));
  const pairs = calls.flatMap((call) =>
    audits.filter((audit) => explains(call, audit, skew)).map((audit) => ({ call, audit })),
  );
  const away = ({ call, audit }: (typeof pairs)[number]) => Math.abs(audit.requestedAt - call.at);
  const spent = new Set<Sent>();
  const ours = new Set<Elsewhere>();
  for (const { call, audit } of pairs.toSorted((one, other) => away(one) - away(other))) {
    if (spent.has(call) || ours.has(audit)) continue;
    spent.add(call);
    ours.add(audit);
  }
  return audits.filter((audit) => !ours.has(audit));
}

const explains = (
  { deviceId, audits, at }: Sent,
  { deviceId: on, action, requestedAt }: Elsewhere,
  skew: number,
): boolean =>
  deviceId === on && audits.includes(action) && requestedAt >= at - skew && requestedAt <= at + longestSend + skew;
