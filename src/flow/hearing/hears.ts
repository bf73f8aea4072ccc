import type { Catalogue } from '../../catalogue.ts';
import { auditNamesOf } from '../../model/action.ts';
import type { Action } from '../../model/action.ts';
import type { Device } from '../../model/device.ts';
import type { Operation, Outcome } from '../../model/operation.ts';
import type { Elsewhere, Filter } from '../../model/subscription.ts';
import { riskOf } from './elsewhereWords.ts';

/** What a filter can ask about. Where something is not known, no filter that asks for it fits. */
export interface Facts {
  /** All names of the action, ours and Intune's. */
  readonly actions: readonly string[];
  readonly risk?: Action['risk'] | undefined;
  /** Once it has ended. */
  readonly outcome?: Outcome | undefined;
  readonly platform?: Device['platform'] | undefined;
  readonly ownership?: string | undefined;
  readonly personId?: string | undefined;
}

const fits = (wanted: readonly string[] | undefined, ...known: readonly (string | undefined)[]): boolean =>
  wanted === undefined || known.some((value) => value !== undefined && wanted.includes(value));

/** Whether whoever asked with this filter is told of it. Pure. */
export const hears = (filter: Filter, facts: Facts): boolean =>
  fits(filter.actions, ...facts.actions) &&
  fits(filter.risks, facts.risk) &&
  fits(filter.outcomes, facts.outcome) &&
  fits(filter.platforms, facts.platform) &&
  fits(filter.ownership, facts.ownership) &&
  (filter.personId === undefined || filter.personId.toLowerCase() === facts.personId?.toLowerCase());

export const factsOf = ({ actions }: Catalogue, { action, device, asker, state }: Operation): Facts => ({
  actions: [action],
  risk: actions.find(({ name }) => name === action)?.risk,
  outcome: state.is === 'finished' ? state.outcome : undefined,
  platform: device.platform,
  ownership: device.ownership,
  personId: asker.id,
});

/** Intune's and ours have the same names. */
const outcomes: readonly Outcome[] = ['done', 'failed', 'canceled', 'notSupported'];

/** As far as it is known of which kind the device was, and who did it. */
export function factsOfElsewhere({ actions }: Catalogue, elsewhere: Elsewhere): Facts {
  const { action, state, platform, ownership, initiatedById } = elsewhere;
  const ours = actions.filter((page) => auditNamesOf(page).includes(action));
  return {
    actions: [action, ...ours.map(({ name }) => name)],
    risk: riskOf(action) ?? ours[0]?.risk,
    outcome: outcomes.find((outcome) => outcome === state),
    platform,
    ownership,
    personId: initiatedById,
  };
}
