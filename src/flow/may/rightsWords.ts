import type { Catalogue } from '../../catalogue.ts';
import { covers } from '../../model/policy.ts';
import type { Role, Rule } from '../../model/policy.ts';
import type { Instant } from '../../model/person.ts';
import { confirmedWithin, day, hour } from './ceilings.ts';
import type { Confirmed } from '../../storePort.ts';
import { hoursIn } from './hours.ts';
import { platformsIn } from './noes.ts';

/** What a rule allows, as a person reads it. */
export interface Told {
  readonly may: string;
  /** What narrows it; empty where nothing does. */
  readonly but: readonly string[];
}

function actionsIn({ actions }: Rule, catalogue: Catalogue): string {
  if (actions === 'all') return 'Everything that I can do';
  const known = catalogue.actions.filter(({ name }) => covers(actions, name));
  return known.map(({ summary }) => summary).join('; ');
}

function devicesIn(rule: Rule): readonly string[] {
  const { platforms, ownership = [] } = rule;
  const owned = ownership.map((one) => (one === 'company' ? 'owned by the company' : 'owned by people')).join(' or ');
  if (!platforms && !owned) return [];
  return [`Only on ${[platforms ? `${platformsIn(rule)} devices` : 'devices', owned].filter(Boolean).join(' ')}.`];
}

function ceilingsIn(rule: Rule, confirmed: readonly Confirmed[], now: Instant): readonly string[] {
  const told = (most: number | undefined, length: number, span: string) =>
    most === undefined
      ? []
      : [`At most ${most} in any ${span}; ${confirmedWithin(rule, confirmed, length, now).length} used.`];
  return [...told(rule.perHour, hour, 'hour'), ...told(rule.perDay, day, '24 hours')];
}

/** Pure. */
export const ruleWords = (rule: Rule, catalogue: Catalogue, confirmed: readonly Confirmed[], now: Instant): Told => ({
  may: actionsIn(rule, catalogue),
  but: [
    ...devicesIn(rule),
    ...(rule.hours ? [`Only ${hoursIn(rule.hours)}.`] : []),
    ...ceilingsIn(rule, confirmed, now),
  ],
});

const readings: Readonly<Record<Role['history'], string>> = {
  all: 'See everybody’s actions',
  own: 'See your own actions',
  none: '',
};

/** What a role allows beside acting. */
export const furtherRights = ({ history, subscriptions }: Role): readonly string[] =>
  [readings[history], subscriptions ? 'Choose what a chat or channel hears about' : ''].filter(Boolean);
