import type { Answered, Pressed } from '../../doors.ts';
import type { Operation } from '../../model/operation.ts';
import type { Person } from '../../model/person.ts';
import { isWhyNot } from '../../model/refusal.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Content } from '../../ports.ts';
import { toClicker } from '../answers.ts';
import { presentOpen } from './presentOpen.ts';
import { readershipOf } from '../may/readership.ts';
import { reachesTo } from './tend.ts';
import { isAsker } from '../token.ts';
import type { World } from '../world.ts';

export const openHeading = 'What is open';

/** What the last click on the card came to. */
export interface Clicked {
  readonly status?: string;
  /** The operation of which is asked whether to stop watching it. */
  readonly sure?: string;
}

/** Counted no further; then it says "more". */
const most = 50;

const open = new Set(['proposed', 'claimed', 'running']);
const isOpen = ({ state }: Operation): boolean => open.has(state.is);

/** What is under way of this person's, and of others' where they may read it; or why not. */
export async function tellOpen(world: World, reader: Person, clicked: Clicked = {}): Promise<Content | Refusal> {
  const readership = await readershipOf(world, reader, openHeading);
  if (readership.is === 'refused') return readership.refusal;
  const own = await world.store.operationsOf({ personId: reader.id, open: true }, most);
  const all = readership.is === 'all' ? await world.store.operationsOf({ open: true }, most) : [];
  return presentOpen(world, {
    ...clicked,
    own: own.filter(isOpen),
    others: all.filter((operation) => isOpen(operation) && !isAsker(reader, operation.asker)),
    isTeam: readership.is === 'all',
    mayTend: (operation) => isAsker(reader, operation.asker) || reachesTo(world, readership.roles, operation),
  });
}

/** The card anew, for the one who clicked. */
export async function showOpen(world: World, pressed: Pressed, clicked: Clicked = {}): Promise<Answered> {
  const told = await tellOpen(world, pressed.person, clicked);
  return isWhyNot(told) ? toClicker(told) : { content: told, audience: 'client' };
}
