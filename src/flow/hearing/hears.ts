import type { Catalogue } from '../../catalogue.ts';
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
  (filter.personId === undefined || filter.personId === facts.personId);

export const factsOf = ({ actions }: Catalogue, { action, device, asker, state }: Operation): Facts => ({
  actions: [action],
  risk: actions.find(({ name }) => name === action)?.risk,
  outcome: state.is === 'finished' ? state.outcome : undefined,
  platform: device.platform,
  ownership: device.ownership,
  personId: asker.id,
});

const outcomes: Readonly<Record<string, Outcome>> = {
  done: 'done',
  failed: 'failed',
  canceled: 'canceled',
  notSupported: 'notSupported',
};

/** Intune's audit names neither platform nor ownership, and people only by their sign-in address. */
export function factsOfElsewhere({ actions }: Catalogue, { action, state }: Elsewhere): Facts {
  const ours = actions.filter(({ audits }) => audits?.includes(action));
  return {
    actions: [action, ...ours.map(({ name }) => name)],
    risk: riskOf(action) ?? ours[0]?.risk,
    outcome: outcomes[state],
  };
}
