import { isWhyNot } from '../../model/refusal.ts';
import type { Subscription } from '../../model/subscription.ts';
import { NotNow } from '../../ports.ts';
import { rolesFor } from '../may/authorise.ts';
import { stop } from './subscribe.ts';
import { readsAll } from './subscriber.ts';
import type { World } from '../world.ts';

/**
 * In a person's own chat, of what they subscribed to, what they may still read; the rest is taken away. Elsewhere
 * everything: there it is the place that hears. Throws `NotNow` where that cannot be looked up.
 */
export async function stillMay(world: World, here: readonly Subscription[]): Promise<readonly Subscription[]> {
  const [first] = here;
  if (first?.place.kind !== 'personal') return here;
  const roles = await rolesFor(world, first.by);
  if (isWhyNot(roles) && roles.code === 'roleUnknown') throw new NotNow('could not look up a role', { lost: false });
  const isOwn = ({ wants, by }: Subscription) => wants.is === 'notices' && wants.filter.personId === by.id;
  const may = isWhyNot(roles) ? [] : readsAll(roles) ? here : here.filter(isOwn);
  const gone = here.filter((subscription) => !may.includes(subscription));
  if (gone.length > 0) await stop(world, { ...first.by, id: '' }, first.place, gone);
  return may;
}
