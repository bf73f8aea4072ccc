import { isWhyNot } from '../../model/refusal.ts';
import type { Subscription } from '../../model/subscription.ts';
import { NotNow } from '../../ports.ts';
import { rolesFor } from '../may/authorise.ts';
import type { Facts } from './hears.ts';
import { readsAll } from './subscriber.ts';
import type { World } from '../world.ts';

/** How much may be told in a place at this moment: in somebody's own chat what they may read, elsewhere everything. */
type Reach = 'all' | 'own' | 'nothing';

async function reachOf(world: World, [first]: readonly Subscription[]): Promise<Reach> {
  // Elsewhere it is the place that hears.
  if (first?.place.kind !== 'personal') return 'all';
  const roles = await rolesFor(world, first.by);
  if (!isWhyNot(roles)) return readsAll(roles) ? 'all' : 'own';
  if (roles.code === 'roleUnknown') throw new NotNow('could not look up a role', { lost: false });
  return 'nothing';
}

const isOwn = ({ wants, by }: Subscription) => wants.is === 'notices' && wants.filter.personId === by.id;

/**
 * Of what this place subscribed to, what may be told there at this moment. The rest stays as it is, and is told again once
 * the role is back; what happened meanwhile is not made up for. Throws `NotNow` where that cannot be looked up.
 */
export async function stillMay(world: World, here: readonly Subscription[]): Promise<readonly Subscription[]> {
  const reach = await reachOf(world, here);
  if (reach === 'all') return here;
  return reach === 'own' ? here.filter(isOwn) : [];
}

/** What of that which stands in this place already may be kept up to date there. Throws as `stillMay` does. */
export async function stillShown(world: World, here: readonly Subscription[]): Promise<(facts: Facts) => boolean> {
  const reach = await reachOf(world, here);
  const owner = here[0]?.by.id;
  return ({ personId }) => reach === 'all' || (reach === 'own' && personId !== undefined && personId === owner);
}
