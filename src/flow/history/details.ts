import type { Answered, Pressed } from '../../doors.ts';
import type { Operation } from '../../model/operation.ts';
import { baseOf } from '../../model/telling.ts';
import { toClicker } from '../answers.ts';
import { ownChatOf } from '../ownChat.ts';
import { presentForReader } from '../present.ts';
import { notForRole, readershipOf } from '../may/readership.ts';
import { isAsker } from '../token.ts';
import type { World } from '../world.ts';

/**
 * "Details", on a notice or in a history: the operation as it stands, as a message of its own in the own chat of whoever
 * clicked. In place of the card that has the button it would hide that card from them for good, and in a group the
 * message would tell everybody what one of them may read. Where it stands in the same channel or chat, whoever has a role
 * reads it there anyway.
 */
export async function details(world: World, pressed: Pressed, operation: Operation): Promise<Answered> {
  const { person, place } = pressed;
  const isTheirs = isAsker(person, operation.asker);
  const no = await refuse(world, pressed, operation, isTheirs);
  if (no) return toClicker(no);
  const content = presentForReader(world, operation, isTheirs);
  const own = await ownChatOf(world, person, place);
  // Without a chat of their own there is only this card, on this client, until it is drawn anew.
  if (!own) return { content: presentForReader(world, operation, false), audience: 'client' };
  await world.store.tell({ to: { is: 'place', place: own }, what: { is: 'said', content } }, world.clock.now());
  world.nudge();
  const where = own.id === place.id ? 'It follows in a message of its own.' : 'It is in your own chat with me.';
  return { content: { text: where }, audience: 'clicker' };
}

/** Whoever has no role any more reads nothing, be it what they asked for themselves. */
async function refuse(world: World, { person, place }: Pressed, operation: Operation, isTheirs: boolean) {
  // What it is about is for those who may read it.
  const readership = await readershipOf(world, person, 'Details');
  if (readership.is === 'refused') return readership.refusal;
  const isHere = baseOf(operation.place.id) === baseOf(place.id);
  if (isTheirs || isHere || readership.is === 'all') return undefined;
  return notForRole(
    'Details',
    `${operation.asker.name} asked for it, and your role does not include reading about others.`,
  );
}
