import type { Place } from '../../model/place.ts';
import { baseOf } from '../../model/telling.ts';

/** The conversation itself, not one of its threads: what is said there is a post of its own. */
export const conversationOf = (place: Place): Place => ({ ...place, id: baseOf(place.id) });

/** As people call it. */
export const nameOfKind: Readonly<Record<Place['kind'], string>> = {
  personal: 'this chat',
  groupChat: 'this group chat',
  channel: 'this channel',
};
