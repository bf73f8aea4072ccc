import type { Operation } from '../../model/operation.ts';
import type { Person } from '../../model/person.ts';
import type { Role } from '../../model/policy.ts';
import type { Refusal } from '../../model/refusal.ts';
import { authorise } from '../may/authorise.ts';
import { decide } from '../may/decide.ts';
import { deedOf } from '../present.ts';
import { notForRole, readershipOf } from '../may/readership.ts';
import { isAsker } from '../token.ts';
import type { World } from '../world.ts';

/** It was confirmed: hours and ceilings are not asked about again. */
const wantedOf = ({ action, device }: Operation) => ({ action, device, isConfirmed: true }) as const;

/** Whether roles that read about everybody's actions also reach to this one. Pure. */
export const reachesTo = (world: World, roles: readonly Role[], operation: Operation): boolean =>
  decide(world.policy(), roles, wantedOf(operation), [], world.clock.now()).is === 'allowed';

/**
 * Whether this person may have it looked at now, or no longer watched: whoever asked for it, and whoever may read about
 * others' actions and could have asked for it themselves. Undefined: yes.
 */
export async function refuseToTend(world: World, person: Person, operation: Operation): Promise<Refusal | undefined> {
  const understood = deedOf(world, operation);
  if (isAsker(person, operation.asker)) return (await authorise(world, person, understood)).refusal;
  const readership = await readershipOf(world, person, 'This card');
  if (readership.is === 'refused') return readership.refusal;
  if (readership.is !== 'all') return notForRole('This card', 'It is not yours, and your role is about your own only.');
  return (await authorise(world, person, understood, wantedOf(operation))).refusal;
}
