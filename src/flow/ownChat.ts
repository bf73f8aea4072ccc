import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import { Unreachable } from '../ports.ts';
import type { Content } from '../ports.ts';
import type { Next } from './next.ts';
import { presentRefusal } from './presentTalk.ts';
import type { World } from './world.ts';

/** Where this person can be spoken to alone; undefined where they do not have the app. */
export async function ownChatOf(world: World, person: Person, near: Place): Promise<Place | undefined> {
  if (near.kind === 'personal') return near;
  const known = await world.store.personalPlace(person.id);
  if (known) return known;
  try {
    return await world.messenger.privately(person, near);
  } catch (fault) {
    if (fault instanceof Unreachable) return undefined;
    throw fault;
  }
}

/**
 * What colleagues did, and when, is told in the own chat of whoever asked, wherever they asked: the role that was checked
 * is theirs, and in a group or channel others read along who may have none.
 */
export async function inOwnChat(
  world: World,
  person: Person,
  place: Place,
  heading: string,
  content: Content,
): Promise<Next> {
  if (place.kind === 'personal') return { draw: () => content };
  const own = await ownChatOf(world, person, place);
  if (!own) return { draw: () => noOwnChat(world, place, heading) };
  return {
    draw: () => sentThere(world, heading),
    then: [{ to: { is: 'place', place: own }, what: { is: 'said', content } }],
  };
}

const noOwnChat = (world: World, place: Place, heading: string): Content =>
  presentRefusal(world, {
    code: 'noOwnChat',
    understood: heading,
    why: 'It names people, so I show it to you alone, and you have no chat with me yet.',
    instead: `Search for ${place.bot.name} under Apps, open the chat, and type it there.`,
  });

function sentThere(world: World, heading: string): Content {
  const status = 'It names people, so I show it to you alone: it is in your own chat with me.';
  const view = { heading, status, tone: 'accent', facts: [], hasFacts: false, operations: [] };
  return { card: world.cards.fill('status', { ...view, plain: { summary: heading } }), summary: heading };
}
