import type { Role } from '../model/policy.ts';
import type { Refusal } from '../model/refusal.ts';
import { rulesAbout } from './may/decide.ts';
import type { Wanted } from './may/decide.ts';
import type { Next } from './next.ts';
import { parse } from './parse.ts';
import type { Understood } from './parse.ts';
import { presentRefusal } from './presentTalk.ts';
import type { World } from './world.ts';

/** The action that a command is about; undefined: none, it is `status` or the like. */
export function actionIn(world: World, command: string): Wanted | undefined {
  const understood = parse({ text: command, mentions: [] }, world.catalogue);
  return understood.is === 'wish' && understood.wish.is === 'act' ? { action: understood.wish.action } : undefined;
}

/** What was not understood, or not all of it: commands to type instead, of those that somebody with these roles may use. */
export function suggest(
  world: World,
  heading: string,
  understood: Extract<Understood, { is: 'unknown' | 'incomplete' }>,
  roles: readonly Role[],
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
  const commands = understood.commands.filter((command) => {
    const wanted = actionIn(world, command);
    return !wanted || rulesAbout(roles, wanted.action).length > 0;
  });
  const instead = understood.near ? 'Did you mean this?' : 'This is what I can do, for example. Type help for all.';
  const refusal: Refusal = {
    code: 'notUnderstood',
    understood: heading,
    why: 'I do not know this command.',
    instead: commands.length > 0 ? instead : 'Type help to see what I can do for you.',
  };
  return { draw: () => presentRefusal(world, refusal, undefined, commands) };
}
