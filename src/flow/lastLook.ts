import type { Device } from '../model/device.ts';
import type { Operation, Sending } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { Refusal, WhyNot } from '../model/refusal.ts';
import { refuseUnread } from './secrets/guard.ts';
import { pendingTwin, startOf } from './match.ts';
import { deedOf } from './present.ts';
import { itemsFor } from './propose.ts';
import { refuseElsewhere } from './twin.ts';
import type { World } from './world.ts';

/** The device as it is now: still there, still the one that was confirmed, and not busy with the same deed. */
export async function lastLook(
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
    if (identity(found.device) !== identity(operation.device))
      return no(
        'changed',
        'The device’s name, serial number, owner or ownership in Intune has changed since you asked, so I sent nothing.',
        'Type the command again and look at the device’s facts.',
      );
    if (!action.supersedes && pendingTwin(found.results)) return { refusal: refuseElsewhere(understood) };
    const unread = await refuseUnread(world, operation, operation.asker);
    if (unread) return { refusal: { understood, ...unread } };
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

/** What the person looked at, and what the policy decided by. */
const identity = ({ name, serialNumber, owner, ownership, platform }: Device): string =>
  JSON.stringify([name, serialNumber, owner.id.toLowerCase(), ownership, platform]);

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
