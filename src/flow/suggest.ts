import type { Place } from '../model/place.ts';
import type { Role } from '../model/policy.ts';
import type { Refusal } from '../model/refusal.ts';
import { mayReadHistory } from './may/readership.ts';
import { rulesAbout } from './may/decide.ts';
import type { Wanted } from './may/decide.ts';
import type { Next } from './next.ts';
import { parse } from './parse.ts';
import type { Understood } from './parse.ts';
import { presentRefusal } from './presentTalk.ts';
import { talks } from './talks.ts';
import type { World } from './world.ts';

/** The action that a command is about; undefined: none, it is `status` or the like. */
export function actionIn(world: World, command: string): Wanted | undefined {
  const understood = parse({ text: command, mentions: [] }, world.catalogue);
  return understood.is === 'wish' && understood.wish.is === 'act' ? { action: understood.wish.action } : undefined;
}

interface Reader {
  readonly roles: readonly Role[];
  readonly place: Place;
}

/** Whether a command is of any use there to somebody with these roles. */
function isFor(world: World, command: string, { roles, place }: Reader): boolean {
  const understood = parse({ text: command, mentions: [] }, world.catalogue, talks);
  if (understood.is === 'talk') return understood.talk.isFor?.(roles, place) ?? true;
  const wanted = actionIn(world, command);
  return !wanted || rulesAbout(roles, wanted.action).length > 0;
}

/** Where they may act on nothing, examples are of what they may read. */
function commandsFor(
  world: World,
  { near, commands }: Extract<Understood, { is: 'unknown' }>,
  reader: Reader,
): readonly string[] {
  const usable = commands.filter((command) => isFor(world, command, reader));
  const mayAct = usable.some((command) => actionIn(world, command));
  return near || mayAct || !mayReadHistory(reader.roles) ? usable : [...usable, 'history', 'what’s open'];
}

/** What was not understood, or not all of it: commands to type instead, of those that somebody with these roles may use. */
export function suggest(
  world: World,
  heading: string,
  understood: Extract<Understood, { is: 'unknown' | 'incomplete' }>,
  { roles, place }: Reader,
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
  const commands = commandsFor(world, understood, { roles, place });
  const instead = understood.near ? 'Did you mean this?' : 'This is what I can do, for example. Type help for all.';
  const refusal: Refusal = {
    code: 'notUnderstood',
    understood: heading,
    why: 'I do not know this command.',
    instead: commands.length > 0 ? instead : 'Type help to see what I can do for you.',
  };
  return { draw: () => presentRefusal(world, refusal, undefined, commands) };
}
