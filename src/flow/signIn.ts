import type { Answered } from '../doors.ts';
import type { Claimed, Operation } from '../model/operation.ts';
import { covers } from '../model/policy.ts';
import type { Refusal } from '../model/refusal.ts';
import { deedOf } from './present.ts';
import type { World } from './world.ts';

/** Whether the admin wants Graph to be called in the name of whoever confirms it. */
export const isAsPerson = (world: World, { action }: Pick<Operation, 'action'>): boolean =>
  covers(world.policy().asPerson, action);

/**
 * The chat is to bring the same click again, with the clicker's token. The words are for a client that cannot: it is the
 * last thing that is missing, so the card keeps its buttons.
 */
export const askToSignIn = (world: World, operation: Operation): Answered => ({
  signIn: true,
  audience: 'clicker',
  content: {
    text: `${deedOf(world, operation)}: this is done in your own name here, and this Teams app cannot sign you in for it. Nothing was done. Open this chat in Teams on your computer, or in the newest Teams app on your phone, and press the button there.`,
  },
});

/** In whose name a claim is sent. */
export type SentAs = { readonly is: 'app' } | { readonly is: 'person'; readonly assertion: string };

/**
 * Undefined: it was confirmed in a person's name, or must be by now, and their sign-in is not at hand (any more): it was
 * in the memory of a process that is gone. Then it is not sent at all, least of all in the app's name.
 */
export function sentAs(
  world: World,
  claim: Operation & { readonly state: Claimed },
  assertion: string | undefined,
): SentAs | undefined {
  if (!claim.state.asPerson && !isAsPerson(world, claim)) return { is: 'app' };
  return assertion === undefined ? undefined : { is: 'person', assertion };
}

export const signInGone = (world: World, operation: Operation): Refusal => ({
  code: 'signInGone',
  understood: deedOf(world, operation),
  why: 'I was interrupted before I could send it in your name, and I do not keep your sign-in, so nothing was sent.',
  instead: 'Type the command again if you still want it, and confirm it once more.',
});
