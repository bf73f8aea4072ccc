import { timingSafeEqual } from 'node:crypto';
import type { Answered, Pressed } from '../doors.ts';
import type { Claimed, Dropped, Operation, OperationIn, Proposed } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { authorise } from './authorise.ts';
import { dispatch } from './dispatch.ts';
import { entryOf } from './journal.ts';
import { deedOf, presentOperation } from './present.ts';
import { presentRefusal } from './presentTalk.ts';
import { chosen } from './propose.ts';
import { openTwin, refuseTwin } from './twin.ts';
import type { World } from './world.ts';

/** Both are compared in constant time, so that answering times tell nothing. */
export const sameToken = (given: unknown, kept: string): boolean =>
  typeof given === 'string' &&
  Buffer.byteLength(given) === Buffer.byteLength(kept) &&
  timingSafeEqual(Buffer.from(given), Buffer.from(kept));

type Offered = OperationIn<Proposed>;

/** Is this click the asker's own, on this card, in this place, in time? Undefined: yes. Pure. */
export function refuseClick(
  pressed: Pressed,
  operation: Offered,
  now: number,
  understood: string,
): Refusal | undefined {
  const refuse = (code: string, why: string, instead: string): Refusal => ({ code, understood, why, instead });
  const { asker, place, state } = operation;
  if (pressed.person.id !== asker.id || pressed.person.tenantId !== asker.tenantId)
    return refuse(
      'notYours',
      `Only ${asker.name}, who asked for it, can confirm or cancel. Your click did nothing.`,
      'If you want it yourself, type the command.',
    );
  if (!sameToken(pressed.data['token'], state.token) || pressed.place.id !== place.id)
    return refuse(
      'altered',
      'This click does not belong to the card that I sent. It did nothing.',
      'Type the command again.',
    );
  if (now >= state.expiresAt)
    return refuse('expired', 'This card is too old to be confirmed. Nothing was done.', 'Type the command again.');
  return undefined;
}

const toClicker = (world: World, refusal: Refusal): Answered => ({
  content: presentRefusal(world, refusal),
  audience: 'clicker',
});

/** A no that another click can mend: said under the card, so that its buttons stay. */
const notYet = ({ why, instead }: Refusal): Answered => ({
  content: { text: `${why} ${instead}` },
  audience: 'clicker',
});

const toEveryone = (world: World, operation: Operation): Answered => ({
  content: presentOperation(world, operation),
  audience: 'everyone',
});

/** The click that starts it. One click wins; every other gets the card as it stands. */
export async function confirm(world: World, pressed: Pressed, operation: Offered): Promise<Answered> {
  const understood = deedOf(world, operation);
  const no = refuseClick(pressed, operation, world.clock.now(), understood);
  if (no) return toClicker(world, no);
  const forbidden = await authorise(world, pressed.person, understood);
  if (forbidden) return forbidden.code === 'roleUnknown' ? notYet(forbidden) : toClicker(world, forbidden);
  const choice = chosen(world.catalogue.action(operation.action), operation, pressed.inputs);
  if (choice.no) return notYet({ understood, ...choice.no });
  const twin = await openTwin(world, operation.action, operation.device.id);
  if (twin)
    return drop(world, pressed, operation, { why: 'duplicate', reason: refuseTwin(understood, twin, pressed.person) });
  const claimed = await claim(world, pressed, { ...operation, options: choice.options });
  if (!claimed) return asItStands(world, operation.id);
  return { ...toEveryone(world, claimed), afterwards: () => dispatch(world, claimed) };
}

async function claim(world: World, pressed: Pressed, operation: Offered): Promise<OperationIn<Claimed> | undefined> {
  const at = world.clock.now();
  const state: Claimed = { is: 'claimed', by: pressed.person, at };
  const moved = await world.store.move(
    operation,
    {
      ...operation,
      message: pressed.message,
      steps: [...operation.steps, { is: 'confirmed', at, by: pressed.person.name, note: '' }],
      state,
    },
    entryOf('confirmed', operation, at, pressed.person),
  );
  return moved && { ...moved, state };
}

export async function cancel(world: World, pressed: Pressed, operation: Offered): Promise<Answered> {
  const no = refuseClick(pressed, operation, world.clock.now(), deedOf(world, operation));
  return no ? toClicker(world, no) : drop(world, pressed, operation, { why: 'cancelled' });
}

async function drop(
  world: World,
  pressed: Pressed,
  operation: Offered,
  end: Pick<Dropped, 'why' | 'reason'>,
): Promise<Answered> {
  const at = world.clock.now();
  const moved = await world.store.move(
    operation,
    {
      ...operation,
      message: pressed.message,
      steps: [...operation.steps, { is: 'dropped', at, by: pressed.person.name, note: '' }],
      state: { is: 'dropped', at, ...end },
    },
    entryOf(end.why, operation, at, pressed.person),
  );
  return moved ? toEveryone(world, moved) : asItStands(world, operation.id);
}

/** Somebody was first, or the card is old: the truth as it is now. */
export async function asItStands(world: World, id: string): Promise<Answered> {
  const operation = await world.store.operation(id);
  return operation
    ? toEveryone(world, operation)
    : toClicker(world, {
        code: 'unknownCard',
        understood: 'This card',
        why: 'I no longer know what this card was about, so the click did nothing.',
        instead: 'Type the command again, or status to see what is under way.',
      });
}
