import type { Heard } from '../doors.ts';
import { cut } from '../model/text.ts';
import type { Asked } from './propose.ts';

/** The delivery itself: what comes with the same origin was handled already. */
export const originOf = ({ place, id }: Heard): string => `${place.id}/${id}`;

export const askedIn = (heard: Heard, ticket: string | undefined): Asked => ({
  asker: heard.person,
  place: heard.place,
  words: cut(heard.text, 500),
  origin: originOf(heard),
  ticket,
});
