import type { Answered, Pressed } from '../doors.ts';
import type { Claimed, Dropped, Operation, OperationIn, Proposed } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import { write } from './amend.ts';
import { asItStands, toClicker, toEveryone } from './answers.ts';
import { authorise } from './may/authorise.ts';
import { ceilingsOf } from './may/ceilings.ts';
import { dispatch } from './dispatch.ts';
import { unreadWarnings } from './secrets/guard.ts';
import { entryOf } from './journal.ts';
import { moveFrom } from './move.ts';
import { deedOf } from './present.ts';
import { chosen } from './propose.ts';
import { askToSignIn, isAsPerson } from './signIn.ts';
import { tellingsOf } from './tellings.ts';
import { refuseForeignClick } from './token.ts';
import { isRivalOf, lostRival, refuseRival } from './twin.ts';
import type { World } from './world.ts';

type Offered = OperationIn<Proposed>;

/** Is this click the asker's own, on this card, in this place, in time? Undefined: yes. Pure. */
export function refuseClick(
  pressed: Pressed,
  operation: Offered,
  now: number,
  understood: string,
): Refusal | undefined {
  const { asker, place, state } = operation;
  const { token, expiresAt } = state;
  const foreign = refuseForeignClick(pressed, { asker, place, token }, understood, 'confirm or cancel');
  if (foreign || now < expiresAt) return foreign;
  return {
    code: 'expired',
    understood,
    why: 'This card is too old to be confirmed. Nothing was done.',
    instead: 'Type the command again.',
  };
}

/** The click that starts it. One click wins; every other gets the card as it stands. */
export async function confirm(world: World, pressed: Pressed, offered: Offered): Promise<Answered> {
  const understood = deedOf(world, offered);
  const no = refuseClick(pressed, offered, world.clock.now(), understood);
  if (no) return toClicker(no);
  const { refusal, rule } = await authorise(world, pressed.person, understood, offered);
  if (refusal) return toClicker(refusal);
  const choice = chosen(world.catalogue.action(offered.action), offered, pressed.inputs);
  if (choice.no) return toClicker({ understood, ...choice.no });
  const warned = await warnAnew(world, offered);
  if (warned) return warned;
  const operation = { ...offered, options: choice.options };
  const { assertion } = pressed;
  if (isAsPerson(world, operation) && assertion === undefined) return askToSignIn(world, operation);
  const to = claimed(world, pressed, operation);
  const entry = entryOf('confirmed', operation, world.clock.now(), pressed.person, rule?.name);
  const along = { entry, tell: tellingsOf(world, offered, to) };
  const ceilings = rule ? ceilingsOf(rule, world.clock.now()) : [];
  const twin = (rival: Operation) => {
    const reason = refuseRival(world, deedOf(world, operation), rival, pressed.person);
    return drop(world, pressed, offered, { why: 'duplicate', reason }, confirm);
  };
  const lost = await lostRival(world, operation);
  if (lost) return twin(lost);
  const claim = await world.store.claim(offered, to, isRivalOf(world, operation), along, ceilings);
  // Beyond a ceiling: the click is judged anew, and told when the ceiling is free again.
  if (claim.is === 'late' || claim.is === 'ceiling') return late(world, pressed, offered, confirm);
  if (claim.is === 'rival') return twin(claim.rival);
  world.nudge();
  return { ...toEveryone(world, claim.operation), afterwards: () => dispatch(world, claim.operation.id, assertion) };
}

/** A warning that the card did not have when it was read: it gets it now, and the click is to be made again. */
async function warnAnew(world: World, { id, state, ...offered }: Offered): Promise<Answered | undefined> {
  const found = await unreadWarnings(world, { id, ...offered });
  const fresh = found.filter((warning) => !state.beware.includes(warning));
  if (fresh.length === 0) return undefined;
  await moveFrom(world, id, 'proposed', (now) => ({
    ...now,
    state: { ...now.state, beware: [...now.state.beware, ...fresh] },
  }));
  return toClicker({
    code: 'warnedAnew',
    understood: deedOf(world, { id, state, ...offered }),
    why: `Since I sent this card, something has changed, so I did nothing yet. ${fresh.join(' ')}`,
    instead: 'If you still want it, press the button again.',
  });
}

/** Phones may not say which message the click was on; then the one that is known stays. */
const cardOf = (pressed: Pressed, { message }: Operation) => {
  const card = pressed.message.id ? pressed.message : message;
  return card ? { message: card } : {};
};

function claimed(world: World, pressed: Pressed, operation: Offered): Operation {
  const at = world.clock.now();
  const state: Claimed = {
    is: 'claimed',
    by: pressed.person,
    at,
    standing: operation.state.standing,
    overdueAt: at + world.settings.settleAfter,
    ...(isAsPerson(world, operation) ? { asPerson: true as const } : {}),
  };
  return {
    ...operation,
    ...cardOf(pressed, operation),
    steps: [...operation.steps, { is: 'confirmed', at, by: pressed.person.name, note: '' }],
    state,
  };
}

export async function cancel(world: World, pressed: Pressed, operation: Offered): Promise<Answered> {
  const no = refuseClick(pressed, operation, world.clock.now(), deedOf(world, operation));
  return no ? toClicker(no) : drop(world, pressed, operation, { why: 'cancelled' }, cancel);
}

async function drop(
  world: World,
  pressed: Pressed,
  operation: Offered,
  end: Pick<Dropped, 'why' | 'reason'>,
  again: typeof confirm,
): Promise<Answered> {
  const at = world.clock.now();
  const moved = await write(
    world,
    operation,
    {
      ...operation,
      ...cardOf(pressed, operation),
      steps: [...operation.steps, { is: 'dropped', at, by: pressed.person.name, note: end.why }],
      state: { is: 'dropped', at, ...end },
    },
    entryOf(end.why, operation, at, pressed.person),
  );
  return moved ? toEveryone(world, moved) : late(world, pressed, operation, again);
}

/** Something was written first. If it was only where the card stands, the click still counts; otherwise it came too late. */
async function late(
  world: World,
  pressed: Pressed,
  { id }: Offered,
  click: (world: World, pressed: Pressed, operation: Offered) => Promise<Answered>,
): Promise<Answered> {
  const operation = await world.store.operation(id);
  if (operation?.state.is !== 'proposed') return asItStands(world, pressed, id);
  return click(world, pressed, { ...operation, state: operation.state });
}
