import type { Answered, Pressed } from '../../doors.ts';
import { isWhyNot } from '../../model/refusal.ts';
import type { Refusal } from '../../model/refusal.ts';
import { toClicker } from '../answers.ts';
import { readPlace } from './historyPlace.ts';
import { tellHistory } from './showHistory.ts';
import type { World } from '../world.ts';

const unreadable: Refusal = {
  code: 'altered',
  understood: 'This page',
  why: 'This click does not belong to a card that I sent. It did nothing.',
  instead: 'Type history.',
};

const notHere: Refusal = {
  code: 'notPrivate',
  understood: 'This page',
  why: 'I show history only where nobody reads along.',
  instead: 'Open your own chat with me and type history.',
};

/** "Older" and "Newer": the same card with another page. What the button carries says where to look, not who may. */
export async function turnHistory(world: World, pressed: Pressed): Promise<Answered> {
  if (pressed.place.kind !== 'personal') return toClicker(notHere);
  const place = readPlace(pressed.data['page']);
  if (!place) return toClicker(unreadable);
  const told = await tellHistory(world, pressed.person, place);
  return isWhyNot(told) ? toClicker(told) : { content: told, audience: 'client' };
}
