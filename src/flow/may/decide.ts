import type { Device } from '../../model/device.ts';
import type { Instant } from '../../model/person.ts';
import { covers } from '../../model/policy.ts';
import type { Policy, Role, Rule } from '../../model/policy.ts';
import type { WhyNot } from '../../model/refusal.ts';
import { ceilingReached } from './ceilings.ts';
import type { Confirmed } from '../../storePort.ts';
import { isWithin } from './hours.ts';
import { noRole, notYours, otherOwnership, otherPlatform, protectedDevice, tooEarlyOrLate, tooMany } from './noes.ts';

/** What somebody wants to do; without a device, whether they may do it to any. */
export interface Wanted {
  /** Catalogue name. */
  readonly action: string;
  readonly device?: Device | undefined;
  /** It was confirmed, and thus allowed, before: hours and ceilings held then, and are not asked about again. */
  readonly isConfirmed?: true;
}

/** `rule` is the one that decided: of a no, the one that came nearest; undefined where none is about the action. */
export type Decision =
  | { readonly is: 'allowed'; readonly rule: Rule }
  | { readonly is: 'denied'; readonly rule: Rule | undefined; readonly no: WhyNot };

/** The roles that membership in these groups (lower case) gives. */
export const rolesOf = (policy: Policy, groups: readonly string[]): readonly Role[] =>
  policy.roles.filter((role) => role.groups.some((id) => groups.includes(id)));

export const rulesAbout = (roles: readonly Role[], action: string): readonly Rule[] =>
  roles.flatMap(({ may }) => may).filter(({ actions }) => covers(actions, action));

/**
 * May somebody with these roles do it now? Whatever no rule allows is denied. `confirmed`: what they confirmed within the
 * last 24 hours. Pure.
 */
export function decide(
  policy: Policy,
  roles: readonly Role[],
  wanted: Wanted,
  confirmed: readonly Confirmed[],
  now: Instant,
): Decision {
  if (roles.length === 0) return { is: 'denied', rule: undefined, no: noRole };
  if (wanted.device && isProtected(policy, wanted.device))
    return { is: 'denied', rule: undefined, no: protectedDevice };
  const judged = rulesAbout(roles, wanted.action).map((rule) => ({
    rule,
    failed: judge(rule, wanted, confirmed, now),
  }));
  const allowing = judged.find(({ failed }) => !failed);
  if (allowing) return { is: 'allowed', rule: allowing.rule };
  const [nearest] = judged.toSorted((one, other) => (other.failed?.depth ?? 0) - (one.failed?.depth ?? 0));
  return { is: 'denied', rule: nearest?.rule, no: nearest?.failed?.no ?? notYours };
}

const isSame = (one: string, other: string): boolean => one.trim().toLowerCase() === other;

export const isProtected = ({ protected: { devices, people } }: Policy, { id, serialNumber, owner }: Device): boolean =>
  devices.some((one) => isSame(id, one) || isSame(serialNumber, one)) || people.some((one) => isSame(owner.id, one));

/** What passes is asked about last: whoever may never act on a device is not to be told to come back later. */
const isNow = ({ device, isConfirmed }: Wanted): boolean => device !== undefined && !isConfirmed;

type Condition = (rule: Rule, wanted: Wanted, confirmed: readonly Confirmed[], now: Instant) => WhyNot | undefined;

/** In the order in which they are told: the later one fails, the nearer the rule was. */
const conditions: readonly Condition[] = [
  (rule, { device }) =>
    device && rule.platforms?.includes(device.platform) === false ? otherPlatform(rule) : undefined,
  (rule, { device }) =>
    device && rule.ownership?.some((one) => one === device.ownership) === false ? otherOwnership(rule) : undefined,
  ({ hours }, wanted, _confirmed, now) =>
    hours && isNow(wanted) && !isWithin(hours, now) ? tooEarlyOrLate(hours) : undefined,
  (rule, wanted, confirmed, now) => {
    const reached = isNow(wanted) ? ceilingReached(rule, confirmed, now) : undefined;
    return reached && tooMany(reached, now);
  },
];

function judge(
  rule: Rule,
  wanted: Wanted,
  confirmed: readonly Confirmed[],
  now: Instant,
): { readonly no: WhyNot; readonly depth: number } | undefined {
  for (const [depth, condition] of conditions.entries()) {
    const no = condition(rule, wanted, confirmed, now);
    if (no) return { no, depth };
  }
  return undefined;
}
