import type { WhyNot } from '../model/action.ts';
import type { Operation, Running, Sending, Step } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import { list } from '../model/text.ts';
import type { Sent } from '../ports.ts';
import { entryOf } from './journal.ts';
import { pendingTwin, startOf } from './match.ts';
import { ended, moveFrom } from './move.ts';
import { announce } from './notify.ts';
import { deedOf } from './present.ts';
import { itemsFor } from './propose.ts';
import { refuseElsewhere } from './twin.ts';
import type { World } from './world.ts';

/**
 * Carries a claimed operation to Intune: looks at the device once more, writes down that it will send, sends once,
 * writes down what came of it, and tells.
 */
export async function dispatch(world: World, id: string): Promise<void> {
  const claimed = await world.store.operation(id);
  if (claimed?.state.is !== 'claimed') return;
  const { by } = claimed.state;
  const checked = await lastLook(world, claimed, claimed.state.standing);
  if ('refusal' in checked) return refuse(world, claimed, checked.refusal);
  const { sending } = checked;
  const entry = entryOf('sending', claimed, sending.sentAt, by);
  const ready = await moveFrom(world, id, 'claimed', (now) => ({ ...now, state: { ...now.state, sending } }), entry);
  if (!ready) return;
  const action = world.catalogue.action(claimed.action);
  const sent = await world.graph.send(action.request(claimed.device, claimed.options, world.settings.tenant));
  if (sent.is === 'refused') return refuse(world, ready, refusedByGraph(world, claimed, sent), sent.requestId);
  await follow(world, ready, sending, sent);
}

/** The device as it is now: still there, still the one that was confirmed, and not busy with the same deed. */
async function lastLook(
  world: World,
  operation: Operation,
  standing: readonly Instant[],
): Promise<{ readonly sending: Sending } | { readonly refusal: Refusal }> {
  const action = world.catalogue.action(operation.action);
  const understood = deedOf(world, operation);
  const lookup = action.completion(operation.device, operation.options, world.settings.tenant);
  const no = (code: string, why: string, instead: string) => ({ refusal: { code, understood, why, instead } });
  try {
    const found = await world.graph.inspect(operation.device.id, lookup);
    if (!found) return no('gone', 'Intune no longer has this device. Nothing was sent.', 'Look for it in Intune.');
    const { name, serialNumber } = found.device;
    if (name !== operation.device.name || serialNumber !== operation.device.serialNumber)
      return no(
        'changed',
        'The device’s name or serial number in Intune has changed since you asked, so I sent nothing.',
        'Type the command again and look at the device’s facts.',
      );
    if (!action.supersedes && pendingTwin(found.results)) return { refusal: refuseElsewhere(understood) };
    const before = found.results.map(startOf);
    const overtaken = await overtakenBy(world, operation, before, standing);
    if (overtaken) return { refusal: { understood, ...overtaken } };
    return { sending: { sentAt: world.clock.now(), lookup, before } };
  } catch (fault) {
    // Whatever went wrong, nothing has been sent, and the person must hear so.
    world.log.error({ operation: operation.id, fault: String(fault) }, 'no last look');
    return no(
      'notReadable',
      'I could not read the device’s state just before sending, so I sent nothing.',
      'Try again in a minute.',
    );
  }
}

const doneElsewhere: WhyNot = {
  code: 'overtaken',
  why: 'Since I sent this card, the same has been asked for on this device elsewhere, so I sent nothing.',
  instead: 'Look at the device’s state first; type the command again if it is still wanted.',
};

/** What was decided on the card must still be what is sent. Throws `GraphFault`. */
async function overtakenBy(
  world: World,
  { action: name, device, options }: Operation,
  before: readonly Instant[],
  standing: readonly Instant[],
): Promise<WhyNot | undefined> {
  const action = world.catalogue.action(name);
  if (!action.supersedes && before.some((start) => !standing.includes(start))) return doneElsewhere;
  return action.overtaken?.(options, { items: await itemsFor(world, action, device) });
}

function refusedByGraph(world: World, operation: Operation, sent: Extract<Sent, { is: 'refused' }>): Refusal {
  const understood = deedOf(world, operation);
  const seconds = Math.ceil((sent.retryAfterMs ?? 60_000) / 1000);
  const reasons: Readonly<Record<typeof sent.why, readonly [string, string]>> = {
    badRequest: [
      'Intune refused it without saying why. That usually means that this device cannot do it. Nothing was done.',
      'See the device in Intune, or ask your Intune admin.',
    ],
    busy: [
      'Intune is busy with another action on this device. Nothing was done.',
      'Wait until that one has ended, then type the command again.',
    ],
    notSignedIn: [
      'Device Desk could not sign in to Microsoft Graph. Nothing was sent.',
      'Ask your Microsoft 365 admin to check its credential.',
    ],
    denied: [
      `Microsoft Graph did not allow it. Nothing was done.`,
      sent.missingScope
        ? `Ask your Microsoft 365 admin to grant ${sent.missingScope} to Device Desk.`
        : `Ask your Microsoft 365 admin whether Device Desk has ${list(world.catalogue.action(operation.action).permissions)}.`,
    ],
    notFound: ['Intune does not find this device or this action. Nothing was done.', 'Look for the device in Intune.'],
    throttled: [
      'Intune is too busy to take it right now. Nothing was done.',
      `Type the command again in ${seconds} seconds or later.`,
    ],
    unreachable: ['Microsoft Graph could not be reached. Nothing was sent.', 'Try again in a minute.'],
    approvalRequired: [
      'Your organisation wants a second admin to approve this in Intune. Nothing was done.',
      'Ask for it in Intune, under Multi Admin Approval.',
    ],
  };
  const [why, instead] = reasons[sent.why];
  return { code: sent.why, understood, why, instead };
}

/** Nothing was done, and everybody hears why. */
export async function refuse(world: World, from: Operation, reason: Refusal, requestId = ''): Promise<void> {
  const at = world.clock.now();
  const step: Step = { is: 'refused', at, by: '', note: requestId };
  const moved = await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ended({ ...now, steps: [...now.steps, step] }, { is: 'finished', outcome: 'refused', at, reason }),
    entryOf('refused', from, at, undefined, reason.code),
  );
  if (moved) announce(world, from, moved);
}

/** Intune has it, or may have it: from now on it is looked for. */
export async function follow(
  world: World,
  from: Operation,
  sending: Sending,
  sent: Exclude<Sent, { is: 'refused' }>,
): Promise<void> {
  const at = world.clock.now();
  const nextLookAt = at + (world.settings.patience.intervals[0] ?? 0);
  const state: Running = { is: 'running', acceptance: sent.is, sending, looks: 0, nextLookAt };
  const step: Step = { is: sent.is, at, by: '', note: sent.requestId };
  const moved = await moveFrom(
    world,
    from.id,
    'claimed',
    (now) => ({ ...now, steps: [...now.steps, step], state }),
    entryOf(sent.is, from, at, undefined, sent.requestId),
  );
  if (sent.is === 'unsure') world.log.warn({ operation: from.id, requestId: sent.requestId }, 'an answer was lost');
  if (moved) announce(world, from, moved);
}
