import type { Answered, Pressed } from '../doors.ts';
import type { Operation } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { GraphFault, Unreachable } from '../ports.ts';
import type { Content } from '../ports.ts';
import { amend } from './amend.ts';
import { authorise } from './authorise.ts';
import { entryOf } from './journal.ts';
import { deedOf, presentOperation } from './present.ts';
import { presentRefusal, presentSecret, presentSecretNotice } from './presentTalk.ts';
import { mayHaveSecret, resultOf } from './secret.ts';
import type { World } from './world.ts';

const toClicker = (content: Content): Answered => ({ content, audience: 'clicker' });

/** A click on "Show unlock PIN": read from Intune at this moment, for the asker, in their own chat, and written down first. */
export async function revealSecret(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const no =
    (await mayNotSee(world, pressed, operation)) ?? (await authorise(world, pressed.person, deedOf(world, operation)));
  if (no) return toClicker(presentRefusal(world, no));
  const now = world.clock.now();
  const until = now + world.settings.secretFor;
  const noted = await amend(
    world,
    operation.id,
    (latest) => ({
      ...latest,
      steps: [...latest.steps, { is: 'secretShown', at: now, by: pressed.person.name, note: '' }],
      secretShown: { on: pressed.message, until },
    }),
    entryOf('secretViewed', operation, now, pressed.person),
  );
  const secret = noted && (await fetchSecret(world, noted));
  if (noted && typeof secret === 'string')
    return { content: presentSecret(world, noted, secret, until), audience: 'client' };
  return toClicker(presentRefusal(world, typeof secret === 'object' ? secret : notThere(world, operation)));
}

async function fetchSecret(world: World, operation: Operation): Promise<string | Refusal | undefined> {
  const { secret } = world.catalogue.action(operation.action);
  const startedAt = resultOf(operation)?.startedAt;
  const { state } = operation;
  const sending = state.is === 'running' || state.is === 'finished' ? state.sending : undefined;
  if (!secret || !sending || startedAt === undefined) return undefined;
  try {
    return await world.graph.secret(sending.lookup, secret.property, startedAt);
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    world.log.error({ operation: operation.id, reason: fault.reason, fault: fault.message }, 'no secret read');
    return {
      code: 'secretNotReadable',
      understood: deedOf(world, operation),
      why: `I could not read the ${secret.label} from Intune just now. It is not lost.`,
      instead: 'Press the button again in a minute, or look at the device in Intune.',
    };
  }
}

const notThere = (world: World, operation: Operation): Refusal => ({
  code: 'noSecret',
  understood: deedOf(world, operation),
  why: `Intune has no ${world.catalogue.action(operation.action).secret?.label ?? 'secret'} for it: either none yet, or it was forgotten when another action was sent to the device.`,
  instead: 'Press the button again in a minute, or look at the device in Intune.',
});

async function mayNotSee(world: World, pressed: Pressed, operation: Operation): Promise<Refusal | undefined> {
  const refuse = (code: string, why: string, instead: string) => ({
    code,
    understood: deedOf(world, operation),
    why,
    instead,
  });
  const { person, place } = pressed;
  if (person.id !== operation.asker.id || person.tenantId !== operation.asker.tenantId)
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
export const concealSecret = (world: World, pressed: Pressed, operation: Operation): Answered => ({
  content: hiddenContent(world, operation, pressed.message.id),
  audience: 'client',
  afterwards: () => hideSecret(world, operation),
});

/** What stood there before the secret did. */
const hiddenContent = (world: World, operation: Operation, messageId: string): Content =>
  operation.message?.id === messageId ? presentOperation(world, operation) : presentSecretNotice(world, operation);

/** The minute is over: the message shows what it showed before, on every client. */
export async function hideSecret(world: World, operation: Operation): Promise<void> {
  const shown = operation.secretShown;
  if (!shown) return;
  try {
    await world.messenger.update(shown.on, hiddenContent(world, operation, shown.on.id));
  } catch (fault) {
    if (!(fault instanceof Unreachable)) throw fault;
    world.log.warn({ operation: operation.id, fault: fault.message }, 'a secret could not be hidden');
  }
  await amend(world, operation.id, ({ secretShown, ...rest }) =>
    secretShown?.until === shown.until ? rest : undefined,
  );
}
