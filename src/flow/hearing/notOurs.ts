import type { Catalogue } from '../../catalogue.ts';
import { longestSend } from '../../model/limits.ts';
import type { Operation, Sending } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import type { Elsewhere } from '../../model/subscription.ts';

/** Milliseconds by which Intune's clock may differ from ours for an audit still to be taken for ours. */
const skew = 2 * 60_000;

/** A call of ours that an audit may tell of. */
interface Sent {
  readonly deviceId: string;
  readonly audits: readonly string[];
  readonly at: Instant;
  /** Graph's answer came, so that there must be an audit of it; otherwise it may never have been sent. */
  readonly isCertain: boolean;
  /** Entra object id of whose name it was sent in; undefined: the app's. */
  readonly personId: string | undefined;
}

function sendingsOf({ state }: Operation): readonly Sending[] {
  if (state.is === 'claimed') return [state.sending, state.earlier].filter((sending) => sending !== undefined);
  if (state.is === 'running') return [state.sending];
  return state.is === 'finished' && state.sending ? [state.sending] : [];
}

function sentBy({ actions }: Catalogue, operation: Operation): readonly Sent[] {
  const { audits = [] } = actions.find(({ name }) => name === operation.action) ?? {};
  const isCertain = operation.state.is !== 'claimed' && operation.steps.some(({ is }) => is === 'accepted');
  return sendingsOf(operation).map(({ sentAt: at, asPerson }) => ({
    deviceId: operation.device.id,
    audits,
    at,
    isCertain,
    personId: asPerson ? operation.asker.id.toLowerCase() : undefined,
  }));
}

/**
 * The audits that tell of no call of ours. An audit has no id that we know: each of our calls explains one at most, of
 * its device and action and of whoever it was sent as, the one requested nearest to it, two minutes before or after the
 * time that it could have taken. Pure.
 *
 * What an audit names as the initiator of an app's call is documented nowhere: taken for it is whatever is no sign-in
 * address. Where that should be wrong, and wherever else it is in doubt, something of ours is told a second time, as "not
 * from here": that is a nuisance, which people see and can sort out. The other way round nobody would hear of a wipe that
 * somebody else began.
 */
export function notOurs(
  audits: readonly Elsewhere[],
  operations: readonly Operation[],
  catalogue: Catalogue,
): readonly Elsewhere[] {
  const calls = operations.flatMap((operation) => sentBy(catalogue, operation));
  const pairs = calls.flatMap((call) =>
    audits.filter((audit) => explains(call, audit)).map((audit) => ({ call, audit })),
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

function explains(call: Sent, audit: Elsewhere): boolean {
  const { deviceId, audits, at } = call;
  const { deviceId: on, action, requestedAt } = audit;
  const isNear = requestedAt >= at - skew && requestedAt <= at + longestSend + skew;
  return deviceId === on && audits.includes(action) && isNear && isFrom(call, audit);
}

/** Of a person whose id is not known, only what must have left an audit is believed to be theirs. */
function isFrom({ personId, isCertain }: Sent, { initiatedBy, initiatedById }: Elsewhere): boolean {
  const isPerson = initiatedBy.includes('@');
  if (personId === undefined || !isPerson) return personId === undefined && !isPerson;
  return initiatedById === undefined ? isCertain : initiatedById.toLowerCase() === personId;
}
