import type { Place } from '../../model/place.ts';
import type { Role } from '../../model/policy.ts';
import type { Refusal } from '../../model/refusal.ts';

/** Whether somebody with these roles reads about everybody's actions, or about their own only. */
export const readsAll = (roles: readonly Role[]): boolean => roles.some(({ history }) => history === 'all');

/** Whether somebody with these roles may say what is told there. */
export const maySubscribe = (roles: readonly Role[], place: Place): boolean =>
  place.kind === 'personal' || roles.some(({ subscriptions }) => subscriptions);

/** Who has a role may set up their own chat; a place of many is for those whose role says so. Undefined: they may. Pure. */
export function refuseSubscriber(roles: readonly Role[], place: Place, understood: string): Refusal | undefined {
  if (maySubscribe(roles, place)) return undefined;
  return {
    code: 'noSubscriptions',
    understood,
    why: 'Your role does not let you say what is told here. Nothing was changed.',
    instead: 'Ask a colleague whose role allows it, or type the same in your own chat with me.',
  };
}
