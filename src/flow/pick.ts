import type { Answered, Pressed } from '../doors.ts';
import type { Question } from '../model/question.ts';
import type { Refusal } from '../model/refusal.ts';
import { GraphFault } from '../ports.ts';
import { toClicker } from './answers.ts';
import { authorise } from './may/authorise.ts';
import { refuseReading } from './fault.ts';
import { presentRefusal } from './presentTalk.ts';
import type { Next } from './next.ts';
import { fulfil, headingOf } from './pursue.ts';
import { refuseForeignClick } from './token.ts';
import type { World } from './world.ts';

const settled: Omit<Refusal, 'understood'> = {
  code: 'settled',
  why: 'A device was picked here already, or the card is too old. This click did nothing.',
  instead: 'Type the command again.',
};

function refusePick(world: World, pressed: Pressed, question: Question | undefined): Refusal | undefined {
  if (!question || world.clock.now() >= question.expiresAt) return { understood: 'This card', ...settled };
  return refuseForeignClick(pressed, question, headingOf(world, question.wish, 'a device'), 'pick');
}

async function questionOf(world: World, pressed: Pressed) {
  const id = pressed.data['question'];
  const question = typeof id === 'string' ? await world.store.question(id) : undefined;
  const no = refusePick(world, pressed, question);
  return question && !no ? { question } : { no: no ?? { understood: 'This card', ...settled } };
}

/** A device was picked among those that the card offered: the same card goes on as confirmation or status. */
export async function pick(world: World, pressed: Pressed): Promise<Answered> {
  const { question, no } = await questionOf(world, pressed);
  if (!question) return toClicker(no);
  const device = question.candidates.find(({ id }) => id === pressed.data['device']);
  const heading = headingOf(world, question.wish, device?.name ?? 'a device');
  if (!device) return toClicker({ understood: heading, ...settled, code: 'altered' });
  const wanted = question.wish.is === 'act' ? { action: question.wish.action, device } : undefined;
  const { refusal } = await authorise(world, pressed.person, heading, wanted);
  if (refusal) return toClicker(refusal);
  return fulfilPick(world, pressed, question, device, heading);
}

async function fulfilPick(
  world: World,
  pressed: Pressed,
  question: Question,
  device: Question['candidates'][number],
  heading: string,
): Promise<Answered> {
  const { asker, place, words, id, ticket } = question;
  try {
    const card = pressed.message.id ? { message: pressed.message } : {};
    const asked = { asker, place, words, origin: `question:${id}`, ticket, ...card };
    const next = await fulfil(world, asked, question.wish, device);
    // Only now: the operation's origin lets no second one be made, and what dies before can be picked again.
    await world.store.settle(question.id);
    return next ? inPlaceOf(world, pressed, next) : toClicker({ understood: heading, ...settled });
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    return inPlaceOf(world, pressed, { draw: () => presentRefusal(world, refuseReading(world, heading, fault)) });
  }
}

/** For the clicker at once, and for everyone by way of the queue. */
async function inPlaceOf(
  world: World,
  { place, message }: Pressed,
  { draw, queued, then = [] }: Next,
): Promise<Answered> {
  const now = world.clock.now();
  const content = draw();
  const what = { is: 'said', content, on: message.id } as const;
  for (const telling of [...(queued ? [] : [{ to: { is: 'place', place } as const, what }]), ...then])
    await world.store.tell(telling, now);
  world.nudge();
  return { content, audience: 'everyone' };
}

/** "None of these". */
export async function dismiss(world: World, pressed: Pressed): Promise<Answered> {
  const { question, no } = await questionOf(world, pressed);
  if (!question) return toClicker(no);
  await world.store.settle(question.id);
  const refusal: Refusal = {
    code: 'dismissed',
    understood: headingOf(world, question.wish, 'a device'),
    why: 'You picked none of the devices. Nothing was done.',
    instead: 'Type the command with the device’s serial number, or with another name.',
  };
  return inPlaceOf(world, pressed, { draw: () => presentRefusal(world, refusal) });
}
