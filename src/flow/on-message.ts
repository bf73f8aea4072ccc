import type { Heard } from '../doors.ts';
import type { Refusal } from '../model/refusal.ts';
import { cut } from '../model/text.ts';
import { GraphFault } from '../ports.ts';
import { askedIn, originOf } from './askedIn.ts';
import { authorise, rolesFor } from './may/authorise.ts';
import type { Wanted } from './may/decide.ts';
import { refuseReading } from './fault.ts';
import type { Next } from './next.ts';
import { parse } from './parse.ts';
import type { Understood } from './parse.ts';
import { presentHelp, presentRefusal } from './presentTalk.ts';
import { headingOf, nameOf, pursue } from './pursue.ts';
import { showMine } from './status.ts';
import { actionIn, suggest } from './suggest.ts';
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

type Parsed = ReturnType<typeof parse>;

async function answer(world: World, heard: Heard, understood: Parsed): Promise<Next | undefined> {
  if (understood.is === 'help' || understood.is === 'empty') return help(world, heard);
  const heading = headingFor(world, heard, understood);
  const verdict = await authorise(world, heard.person, heading, wantedIn(world, understood));
  if (verdict.refusal) return refused(world, verdict.refusal);
  if (understood.is === 'unknown' || understood.is === 'incomplete')
    return suggest(world, heading, understood, { roles: verdict.roles, place: heard.place });
  if (understood.is === 'status') return showMine(world, heard.person);
  return reading(world, heading, () =>
    understood.is === 'talk' ? understood.talk.answer(world, heard, understood.meant) : seek(world, heard, understood),
  );
}

/** Help is for everyone, and shows what this person may do. */
async function help(world: World, heard: Heard): Promise<Next> {
  const roles = await rolesFor(world, heard.person);
  return { draw: () => presentHelp(world, heard.place, talks, roles) };
}

const refused = (world: World, refusal: Refusal): Next => ({ draw: () => presentRefusal(world, refusal) });

/** The action that these words are about, before its device is known. */
function wantedIn(world: World, understood: Understood): Wanted | undefined {
  if (understood.is === 'incomplete') return actionIn(world, understood.example);
  return understood.is === 'wish' && understood.wish.is === 'act' ? { action: understood.wish.action } : undefined;
}

function seek(
  world: World,
  heard: Heard,
  { wish, target, ticket }: Extract<Parsed, { is: 'wish' }>,
): Promise<Next | undefined> {
  return pursue(world, askedIn(heard, ticket), wish, target);
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
