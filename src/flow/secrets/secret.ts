import type { Action } from '../../model/action.ts';
import type { Device } from '../../model/device.ts';
import type { Operation } from '../../model/operation.ts';
import type { ActionResult } from '../../model/result.ts';
import type { World } from '../world.ts';

/** The result of an operation that is under way or over. */
export const resultOf = ({ state }: Operation): ActionResult | undefined =>
  state.is === 'running' || state.is === 'finished' ? state.result : undefined;

/** Does Intune make a secret for this action on a device like this? */
export const makesSecret = ({ secret }: Action, { platform }: Device): boolean =>
  secret?.platforms.includes(platform) ?? false;

/**
 * Could there be a secret that this operation made? Its result says so, or it is done on a platform where there is one;
 * whether it is really there is only known by asking. Or we had it in hand, after nobody watched the operation any more.
 */
export function mayHaveSecret(world: World, operation: Operation): boolean {
  const { device, keeping } = operation;
  const result = resultOf(operation);
  if (!result || !makesSecret(world.catalogue.action(operation.action), device)) return false;
  return holdsSecret(result) || result.state === 'done' || keeping?.is === 'kept' || keeping?.is === 'removed';
}

/** Could there be one yet: Intune shows what makes it, and the device is of a kind that has one? */
export const willHaveSecret = (world: World, operation: Operation): boolean =>
  resultOf(operation) !== undefined && makesSecret(world.catalogue.action(operation.action), operation.device);

/** Intune has it at this moment. */
export const holdsSecret = ({ detail }: ActionResult): boolean => detail.is === 'remoteLock' && detail.unlockPin;

/** What the place where it was asked is told about the secret; empty where there is nothing to tell. */
export function secretNote(world: World, operation: Operation): string {
  const { secret } = world.catalogue.action(operation.action);
  if (!secret || !mayHaveSecret(world, operation)) return '';
  const { asker, device, place, privately } = operation;
  if (place.kind === 'personal')
    return `The ${secret.label} is shown to you alone, for a minute. Each view is recorded.`;
  return privately
    ? `The ${secret.label} was delivered privately: ${asker.name} can show it in their own chat with me.`
    : `The ${secret.label} is never shown here: ${asker.name} gets it in their own chat with ${place.bot.name}. If nothing arrives there, open that chat (search for it under Apps) and type: status ${device.name}`;
}
