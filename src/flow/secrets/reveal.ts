import type { Answered, Pressed } from '../../doors.ts';
import type { Operation } from '../../model/operation.ts';
import type { Person } from '../../model/person.ts';
import type { MessageRef } from '../../model/place.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Content } from '../../ports.ts';
import { toClicker } from '../answers.ts';
import { authorise } from '../may/authorise.ts';
import { fetchSecret, notThere } from './fetchSecret.ts';
import { entryOf } from '../journal.ts';
import { deedOf } from '../present.ts';
import { presentSecret, presentSecretNotice } from '../presentTalk.ts';
import { mayHaveSecret } from './secret.ts';
import { forgetShown, hideAll, noteShown, withoutSecret } from './shown.ts';
import { isAsker } from '../token.ts';
import type { World } from '../world.ts';

/**
 * A click on "Show unlock PIN": written down first, then fetched from where it is kept, or from Intune, for the asker alone,
 * in their own chat. That it is shown is written down before it is. What another message of theirs still shows is hidden.
 */
export async function revealSecret(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const no = mayNotSee(world, pressed, operation);
  if (no) return toClicker(no);
  const wanted = { action: operation.action, device: operation.device, isConfirmed: true } as const;
  const { refusal } = await authorise(world, pressed.person, deedOf(world, operation), wanted);
  if (refusal) return toClicker(refusal);
  await world.store.journal(entryOf('secretAsked', operation, world.clock.now(), pressed.person));
  const secret = await fetchSecret(world, operation);
  if (typeof secret !== 'string') return toClicker(secret);
  // A phone that does not say which card it was on: only a message of our own can be hidden again.
  const afterwards = () => postSecret(world, pressed, operation, secret);
  if (pressed.message.id)
    return { content: await standOn(world, pressed.message, pressed.person, operation, secret), audience: 'client' };
  return { content: { text: 'It follows in a message of its own.' }, audience: 'clicker', afterwards };
}

/** What that message is going to show, for a minute from now; where it stands is known before it does. */
async function standOn(world: World, on: MessageRef, person: Person, operation: Operation, secret: string) {
  const until = world.clock.now() + world.settings.secretFor;
  await noteShown(world, operation, person, { on, until });
  return presentSecret(world, operation, secret, until);
}

/**
 * Straight out: what is queued is written down, and a secret never is. Its message is known, and due to be hidden, before
 * the secret stands on it; where that message is gone, it stands on none.
 */
async function postSecret(
  world: World,
  { place, person }: Pressed,
  operation: Operation,
  secret: string,
): Promise<void> {
  try {
    const on = await world.messenger.post(place, presentSecretNotice(world, operation));
    const content = await standOn(world, on, person, operation, secret);
    if (await world.messenger.change(on, content)) return;
    await forgetShown(world, operation, on);
    world.log.warn({ operation: operation.id }, 'the message that was to show a secret is gone');
  } catch (fault) {
    world.log.error({ operation: operation.id, fault: String(fault) }, 'a secret could not be shown');
  }
  const again: Content = { text: 'I could not show it just now. Press the button again.' };
  await world.store.tell({ to: { is: 'place', place }, what: { is: 'said', content: again } }, world.clock.now());
  world.nudge();
}

function mayNotSee(world: World, pressed: Pressed, operation: Operation): Refusal | undefined {
  const refuse = (code: string, why: string, instead: string) => ({
    code,
    understood: deedOf(world, operation),
    why,
    instead,
  });
  const { person, place } = pressed;
  if (!isAsker(person, operation.asker))
    return refuse(
      'notYours',
      `Only ${operation.asker.name}, who asked for it, may see it.`,
      `Ask ${operation.asker.name}.`,
    );
  if (place.kind !== 'personal')
    return refuse(
      'notPrivate',
      'I never show it where others can see it.',
      'Open your own chat with me and type status with the device’s name.',
    );
  return mayHaveSecret(world, operation) ? undefined : notThere(world, operation);
}

/** "Hide it now". */
export function concealSecret(world: World, pressed: Pressed, operation: Operation): Answered {
  const no = mayNotSee(world, pressed, operation);
  if (no) return toClicker(no);
  return {
    content: withoutSecret(world, operation, pressed.message.id),
    audience: 'client',
    afterwards: () => hideAll(world, operation),
  };
}
