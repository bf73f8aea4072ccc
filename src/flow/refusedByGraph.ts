import type { Operation } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { list } from '../model/text.ts';
import type { Sent } from '../ports.ts';
import { deedOf } from './present.ts';
import type { World } from './world.ts';

/** What was to be sent was not, because writing down the intent took too long. */
export const tooLate = (world: World, operation: Operation): Refusal => ({
  code: 'tooLate',
  understood: deedOf(world, operation),
  why: 'Writing down what I was about to do took too long, so I sent nothing.',
  instead: 'Try again in a minute.',
});

/** Graph's no in words for the person who asked: why, and what to do instead. */
export function refusedByGraph(world: World, operation: Operation, sent: Extract<Sent, { is: 'refused' }>): Refusal {
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
