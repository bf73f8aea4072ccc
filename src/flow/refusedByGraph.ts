import type { Operation } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { list } from '../model/text.ts';
import type { Sent } from '../ports.ts';
import { deedOf } from './present.ts';
import type { SentAs } from './signIn.ts';
import type { World } from './world.ts';

/** What was to be sent was not, because writing down the intent took too long. */
export const tooLate = (world: World, operation: Operation): Refusal => ({
  code: 'tooLate',
  understood: deedOf(world, operation),
  why: 'Writing down what I was about to do took too long, so I sent nothing.',
  instead: 'Try again in a minute.',
});

type Refused = Extract<Sent, { is: 'refused' }>;

/** Graph's no in words for the person who asked: why, and what to do instead. `as`: in whose name it was called. */
export function refusedByGraph(world: World, operation: Operation, sent: Refused, as: SentAs['is'] = 'app'): Refusal {
  const understood = deedOf(world, operation);
  const seconds = Math.ceil((sent.retryAfterMs ?? 60_000) / 1000);
  const reasons: Readonly<Record<Refused['why'], readonly [string, string]>> = {
    ...signInReasons(operation),
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
    denied: as === 'person' ? deniedToPerson(operation, sent) : deniedToApp(world, operation, sent),
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

const deniedToApp = (world: World, { action }: Operation, { missingScope }: Refused): readonly [string, string] => [
  'Microsoft Graph did not allow it. Nothing was done.',
  missingScope
    ? `Ask your Microsoft 365 admin to grant ${missingScope} to Device Desk.`
    : `Ask your Microsoft 365 admin whether Device Desk has ${list(world.catalogue.action(action).permissions)}.`,
];

/** Where no scope is missing, it is the person's own Intune role that does not reach so far, or not to this device. */
const deniedToPerson = ({ asker }: Operation, { missingScope }: Refused): readonly [string, string] =>
  missingScope
    ? [
        'Device Desk may not do this in anybody’s name yet. Nothing was done.',
        `Ask your Microsoft 365 admin to grant Device Desk the delegated permission ${missingScope}.`,
      ]
    : [
        `It was asked for in ${asker.name}’s own name, and their Intune role does not allow it on this device. Nothing was done.`,
        'Ask your Intune admin for a role that allows it, such as Help Desk Operator, or ask a colleague who has one.',
      ];

/** A person's sign-in that opened nothing; see `Sent`. */
const signInReasons = ({ asker }: Operation) =>
  ({
    consentMissing: [
      'Your organisation has not agreed yet that Device Desk does this in people’s own names. Nothing was sent.',
      'Ask your Microsoft 365 admin to grant admin consent for Device Desk in Microsoft Entra.',
    ],
    moreSignIn: [
      'Microsoft Entra wants more than the sign-in in Teams, such as a second factor. Nothing was sent.',
      'Sign out of Teams and in again, then type the command again. If it goes on, ask your Microsoft 365 admin about Conditional Access for Device Desk.',
    ],
    signInFailed: [
      `I could not sign in to Microsoft Graph in ${asker.name}’s name. Nothing was sent.`,
      'Type the command again and confirm it once more. If it goes on, tell your Microsoft 365 admin.',
    ],
  }) as const;
