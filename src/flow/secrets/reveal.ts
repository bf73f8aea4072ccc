import type { Answered, Pressed } from '../../doors.ts';
import type { Operation, SecretShown, Step } from '../../model/operation.ts';
import type { Instant } from '../../model/person.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Content } from '../../ports.ts';
import type { Telling } from '../../storePort.ts';
import { amend } from '../amend.ts';
import { forbidden, notYet, toClicker } from '../answers.ts';
import { authorise } from '../may/authorise.ts';
import { fetchSecret, notThere } from './fetchSecret.ts';
import { entryOf } from '../journal.ts';
import { deedOf, presentOperation } from '../present.ts';
import { presentSecret, presentSecretNotice } from '../presentTalk.ts';
import { mayHaveSecret } from './secret.ts';
import { isAsker } from '../token.ts';
import type { World } from '../world.ts';

/**
 * A click on "Show unlock PIN": written down first, then fetched from where it is kept, or from Intune, for the asker alone,
 * in their own chat. What another message of theirs still shows is hidden.
 */
export async function revealSecret(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const no = mayNotSee(world, pressed, operation);
  if (no) return toClicker(world, no);
  const wanted = { action: operation.action, device: operation.device, isConfirmed: true } as const;
  const { refusal } = await authorise(world, pressed.person, deedOf(world, operation), wanted);
  if (refusal) return forbidden(world, refusal);
  await world.store.journal(entryOf('secretViewed', operation, world.clock.now(), pressed.person));
  const secret = await fetchSecret(world, operation);
  if (typeof secret !== 'string') return notYet(secret);
  const until = world.clock.now() + world.settings.secretFor;
  const content = presentSecret(world, operation, secret, until);
  if (pressed.message.id) {
    await noteShown(world, operation.id, pressed, { on: pressed.message, until });
    return { content, audience: 'client' };
  }
  // A phone that does not say which card it was on: only a message of our own can be hidden again.
  const afterwards = () => postSecret(world, pressed, operation, content, until);
  return { content: { text: 'It follows in a message of its own.' }, audience: 'clicker', afterwards };
}

/**
 * Straight out: what is queued is written down, and a secret never is. Its message is known, and due to be hidden, before
 * the secret stands on it.
 */
async function postSecret(
  world: World,
  pressed: Pressed,
  operation: Operation,
  content: Content,
  until: number,
): Promise<void> {
  const { place } = pressed;
  try {
    const on = await world.messenger.post(place, presentSecretNotice(world, operation));
    await noteShown(world, operation.id, pressed, { on, until });
    const now = await world.messenger.update(on, content);
    if (now.id !== on.id) await noteShown(world, operation.id, pressed, { on: now, until });
  } catch (fault) {
    world.log.error({ operation: operation.id, fault: String(fault) }, 'a secret could not be shown');
    const again: Content = { text: 'I could not show it just now. Press the button again.' };
    await world.store.tell({ to: { is: 'place', place }, what: { is: 'said', content: again } }, world.clock.now());
    world.nudge();
  }
}

/** Where it stands now, so that it can be hidden; each view is in the journal, the newest one also among the steps. */
async function noteShown(world: World, id: string, { person }: Pressed, shown: SecretShown): Promise<void> {
  const before = await world.store.operation(id);
  const label = before && world.catalogue.action(before.action).secret?.label;
  const step: Step = { is: 'secretShown', at: world.clock.now(), by: person.name, note: label ?? 'secret' };
  await amend(world, id, (latest) => ({
    ...latest,
    ...viewed(latest, step.at),
    steps: [...latest.steps.filter(({ is }) => is !== 'secretShown'), step],
    secretShown: shown,
  }));
  const { on } = before?.secretShown ?? shown;
  if (!before || on.id === shown.on.id) return;
  const what = { is: 'said', content: withoutSecret(world, before, on.id), on: on.id } as const;
  await world.store.tell({ to: { is: 'place', place: on.place }, what }, world.clock.now());
  world.nudge();
}

const viewed = ({ keeping }: Operation, viewedAt: Instant) =>
  keeping?.is === 'kept' ? { keeping: { viewedAt, ...keeping } } : {};

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
  if (no) return toClicker(world, no);
  return {
    content: withoutSecret(world, operation, pressed.message.id),
    audience: 'client',
    afterwards: () => hideSecret(world, operation),
  };
}

/** What stood on the message before the secret did. */
export const withoutSecret = (world: World, operation: Operation, messageId: string): Content =>
  operation.message?.id === messageId ? presentOperation(world, operation) : presentSecretNotice(world, operation);

/** The minute is over: what shows the secret is to show it no longer. */
export async function hideSecret(world: World, { id, secretShown: known }: Operation): Promise<void> {
  for (;;) {
    const operation = await world.store.operation(id);
    const shown = operation?.secretShown;
    if (!shown || shown.hiding || shown.until !== known?.until) return;
    const to = { ...operation, secretShown: { ...shown, hiding: true as const } };
    const { place } = shown.on;
    const hide: Telling = { to: { is: 'place', place }, what: { is: 'secretHide', operationId: id } };
    if (await world.store.move(operation, to, { tell: [hide] })) break;
  }
  world.nudge();
}
