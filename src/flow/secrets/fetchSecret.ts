import type { Operation } from '../../model/operation.ts';
import type { Refusal, WhyNot } from '../../model/refusal.ts';
import { span } from '../../model/text.ts';
import { GraphFault } from '../../ports.ts';
import { keepSecret, readSecret } from './keep.ts';
import { deedOf } from '../present.ts';
import type { World } from '../world.ts';

/** What the store holds. `locked`: sealed with a key that is not there any more. */
type Held = { readonly is: 'open'; readonly secret: string } | { readonly is: 'locked' | 'none' };

/**
 * The secret, from where we keep it, or else from Intune, and then it is kept; its value is handed to the caller alone. Or
 * why there is none.
 */
export async function fetchSecret(world: World, operation: Operation): Promise<string | Refusal> {
  const held = await heldOf(world, operation);
  if (held.is === 'open') return held.secret;
  const no = (whyNot: WhyNot): Refusal => ({ understood: deedOf(world, operation), ...whyNot });
  try {
    const secret = await readSecret(world, operation);
    if (secret === undefined) return held.is === 'locked' ? no(keyLost(world, operation)) : notThere(world, operation);
    if (operation.keeping?.is !== 'removed') await keepSecret(world, operation, secret);
    return secret;
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.error({ operation: operation.id, reason: fault.reason, fault: fault.message }, 'no secret read');
    return no(notReadable(world, operation));
  }
}

async function heldOf(world: World, { id, keeping }: Operation): Promise<Held> {
  const sealed = keeping?.is === 'kept' ? await world.store.secretOf(id) : undefined;
  if (sealed === undefined) return { is: 'none' };
  const secret = world.vault.open(sealed, id);
  if (secret !== undefined) return { is: 'open', secret };
  world.log.error({ operation: id }, 'a kept secret cannot be opened: no key of DESK_SECRET_KEY fits');
  return { is: 'locked' };
}

const labelOf = (world: World, operation: Operation): string =>
  world.catalogue.action(operation.action).secret?.label ?? 'secret';

const notReadable = (world: World, operation: Operation): WhyNot => ({
  code: 'secretNotReadable',
  why: `I could not read the ${labelOf(world, operation)} from Intune just now.`,
  instead: 'Press the button again in a minute, or look at the device in Intune.',
});

const keyLost = (world: World, operation: Operation): WhyNot => ({
  code: 'keyLost',
  why: `I keep the ${labelOf(world, operation)}, but I was started without the key that opens it, and Intune does not have it any more.`,
  instead: 'Ask whoever runs me to start me with the earlier key again, then press the button once more.',
});

/** Told where there is nothing to show. */
export const notThere = (world: World, operation: Operation): Refusal => ({
  code: 'noSecret',
  understood: deedOf(world, operation),
  ...whyNotThere(world, operation, labelOf(world, operation)),
});

const press = 'Press the button again in a minute, or look at the device in Intune.';

function whyNotThere(world: World, { keeping }: Operation, label: string): Pick<WhyNot, 'why' | 'instead'> {
  if (keeping?.is === 'removed')
    return {
      why: `I kept the ${label} for ${span(world.settings.secretKeptFor)} and then removed it. Intune does not have it any more either.`,
      instead: 'Look at the device in Intune for another way to open it.',
    };
  if (keeping?.is === 'due')
    return { why: `Intune has no ${label} for it yet. I go on looking, and keep it once it is there.`, instead: press };
  return {
    why: `Intune has no ${label} for it: either none yet, or it was forgotten when another action was sent to the device.`,
    instead: press,
  };
}
