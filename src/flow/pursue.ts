import type { Device } from '../model/device.ts';
import type { Question, Wish } from '../model/question.ts';
import { isWhyNot } from '../model/refusal.ts';
import { cut } from '../model/text.ts';
import type { Next } from './next.ts';
import type { Target } from './parse.ts';
import { presentOperation } from './present.ts';
import { presentQuestion, presentRefusal } from './presentTalk.ts';
import { propose } from './propose.ts';
import type { Asked } from './propose.ts';
import { resolve } from './resolve.ts';
import { showHistory } from './history/showHistory.ts';
import { showStatus } from './status.ts';
import type { World } from './world.ts';

/** The heading under which everything about a wish is told. */
export const headingOf = (world: World, wish: Wish, name: string): string =>
  wish.is === 'act'
    ? world.catalogue.action(wish.action).deed(name, wish.options)
    : `${wish.is === 'status' ? 'Status' : 'History'} of ${name}`;

/** What a target is called in a heading: a device's name, or whose device it is. */
export function nameOf(target: Target): string {
  if (target.is === 'person') return `a device of ${cut(target.mention.name, 80)}`;
  return target.text.includes('@') ? `a device of ${cut(target.text, 80)}` : cut(target.text, 80);
}

/** From a wish and a target to a card: confirmation, devices to pick from, status, history or refusal. Undefined: handled already. Throws `GraphFault`. */
export async function pursue(world: World, asked: Asked, wish: Wish, target: Target): Promise<Next | undefined> {
  const heading = headingOf(world, wish, nameOf(target));
  const resolved = await resolve(world, asked, target, heading);
  if (resolved.is === 'none')
    return { draw: () => presentRefusal(world, resolved.refusal, undefined, resolved.commands) };
  if (resolved.is === 'one') return fulfil(world, asked, wish, resolved.device);
  const question = questionOf(world, asked, wish, resolved.devices);
  const content = presentQuestion(world, question, heading, resolved.why);
  const here = { is: 'place', place: asked.place } as const;
  if (!(await world.store.ask(question, [{ to: here, what: { is: 'said', content } }]))) return undefined;
  return { draw: () => content, queued: true };
}

/** The device is known: offer the action on it, or show its status or history. Throws `GraphFault`. */
export async function fulfil(world: World, asked: Asked, wish: Wish, device: Device): Promise<Next | undefined> {
  if (wish.is === 'status') return showStatus(world, asked, device);
  if (wish.is === 'history') {
    const filter = { deviceId: device.id, did: wish.did, ticket: asked.ticket };
    return showHistory(world, asked, filter, { device: device.name });
  }
  const operation = await propose(world, asked, wish, device);
  if (!operation) return undefined;
  if (isWhyNot(operation)) return { draw: () => presentRefusal(world, operation, device) };
  return { draw: () => presentOperation(world, operation), queued: true };
}

const questionOf = (world: World, asked: Asked, wish: Wish, candidates: readonly Device[]): Question => ({
  id: world.newId(),
  token: world.newId(),
  asker: asked.asker,
  place: asked.place,
  wish,
  words: asked.words,
  origin: asked.origin,
  ...(asked.ticket === undefined ? {} : { ticket: asked.ticket }),
  candidates,
  askedAt: world.clock.now(),
  expiresAt: world.clock.now() + world.settings.confirmWithin,
});
