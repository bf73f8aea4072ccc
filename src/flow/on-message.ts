import type { Heard } from '../doors.ts';
import type { Refusal } from '../model/refusal.ts';
import { cut } from '../model/text.ts';
import { GraphFault } from '../ports.ts';
import { authorise } from './authorise.ts';
import { refuseReading } from './fault.ts';
import type { Next } from './next.ts';
import { parse } from './parse.ts';
import type { Understood } from './parse.ts';
import { presentHelp, presentRefusal } from './presentTalk.ts';
import { headingOf, nameOf, pursue } from './pursue.ts';
import { showMine } from './status.ts';
import { talks } from './talks.ts';
import type { World } from './world.ts';

/** The first door: somebody said something to us. It is always answered. */
export async function onMessage(world: World, heard: Heard): Promise<void> {
  await world.store.rememberPlace(heard.place, heard.person);
  const understood = parse(heard, world.catalogue, talks);
  const next = await answer(world, heard, understood);
  if (next) await reply(world, heard, next);
}

/** A message that was delivered twice is answered once. */
async function reply(world: World, heard: Heard, { draw, queued, then = [] }: Next): Promise<void> {
  const now = world.clock.now();
  const here = { is: 'place', place: heard.place } as const;
  if (!queued && !(await world.store.tell({ to: here, what: { is: 'said', content: draw() } }, now, originOf(heard))))
    return;
  for (const telling of then) await world.store.tell(telling, now);
  world.nudge();
}

const originOf = ({ place, id }: Heard): string => `${place.id}/${id}`;

type Parsed = ReturnType<typeof parse>;

async function answer(world: World, heard: Heard, understood: Parsed): Promise<Next | undefined> {
  if (understood.is === 'help' || understood.is === 'empty')
    return { draw: () => presentHelp(world, heard.place.bot.name) };
  const heading = headingFor(world, heard, understood);
  const no = await authorise(world, heard.person, heading);
  if (no) return { draw: () => presentRefusal(world, no) };
  if (understood.is === 'unknown' || understood.is === 'incomplete') return suggest(world, heading, understood);
  if (understood.is === 'status') return showMine(world, heard.person);
  return reading(world, heading, () =>
    understood.is === 'talk' ? understood.talk.answer(world, heard, understood.meant) : seek(world, heard, understood),
  );
}

function seek(
  world: World,
  heard: Heard,
  { wish, target, ticket }: Extract<Parsed, { is: 'wish' }>,
): Promise<Next | undefined> {
  const { person: asker, place } = heard;
  const asked = { asker, place, words: cut(heard.text, 500), origin: originOf(heard), ticket };
  return pursue(world, asked, wish, target);
}

/** What Graph would not let us read is told as such. */
async function reading(
  world: World,
  heading: string,
  work: () => Promise<Next | undefined>,
): Promise<Next | undefined> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof GraphFault)) throw fault;
    return { draw: () => presentRefusal(world, refuseReading(world, heading, fault)) };
  }
}

function headingFor(world: World, heard: Heard, understood: Understood): string {
  if (understood.is === 'talk') return understood.talk.heading(understood.meant);
  if (understood.is === 'wish') {
    const { wish, target } = understood;
    return headingOf(world, wish, nameOf(target));
  }
  return understood.is === 'status' ? 'Your latest actions' : `“${cut(heard.text.trim(), 80)}”`;
}

function suggest(
  world: World,
  heading: string,
  understood: Extract<Understood, { is: 'unknown' | 'incomplete' }>,
): Next {
  if (understood.is === 'incomplete') {
    const refusal: Refusal = {
      code: 'incomplete',
      understood: heading,
      why: 'I need to know which device.',
      instead: 'For example:',
    };
    return { draw: () => presentRefusal(world, refusal, undefined, [understood.example]) };
  }
  const instead = understood.near ? 'Did you mean this?' : 'This is what I can do, for example. Type help for all.';
  const refusal: Refusal = { code: 'notUnderstood', understood: heading, why: 'I do not know this command.', instead };
  return { draw: () => presentRefusal(world, refusal, undefined, understood.commands) };
}
