import type { Person } from '../../model/person.ts';
import type { Role } from '../../model/policy.ts';
import type { Refusal } from '../../model/refusal.ts';
import { authorise } from './authorise.ts';
import type { World } from '../world.ts';

/** Whose actions a person may read about, by which roles, or why none. */
export type Readership =
  | { readonly is: Role['history']; readonly roles: readonly Role[] }
  | { readonly is: 'refused'; readonly refusal: Refusal };

/** Looked up each time: a role that was taken away reads no more. */
export async function readershipOf(world: World, person: Person, understood: string): Promise<Readership> {
  const { refusal, roles } = await authorise(world, person, understood);
  return refusal ? { is: 'refused', refusal } : { is: widest(roles), roles };
}

const widest = (roles: readonly Role[]): Role['history'] =>
  (['all', 'own'] as const).find((history) => roles.some((role) => role.history === history)) ?? 'none';

/** Whether there is anything in the history for somebody with these roles. */
export const mayReadHistory = (roles: readonly Role[]): boolean => widest(roles) !== 'none';

/** For somebody whose role does not let them read what they asked for. */
export const notForRole = (understood: string, why: string): Refusal => ({
  code: 'noHistory',
  understood,
  why,
  instead: 'Ask a helpdesk lead to look it up, or whoever manages Device Desk’s roles.',
});
