import { createHash, timingSafeEqual } from 'node:crypto';
import type { Pressed } from '../doors.ts';
import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import type { Refusal } from '../model/refusal.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compared by digest and in constant time, so that answering times tell nothing. */
const sameToken = (given: unknown, kept: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(kept));

export const isAsker = (person: Person, asker: Person): boolean =>
  person.id === asker.id && person.tenantId === asker.tenantId;

/** Is this click the asker's own, on the card that was sent, in the place where it was sent? Undefined: yes. Pure. */
export function refuseForeignClick(
  pressed: Pressed,
  offered: { readonly asker: Person; readonly place: Place; readonly token: string },
  understood: string,
  deeds: string,
): Refusal | undefined {
  const { asker, place, token } = offered;
  if (!isAsker(pressed.person, asker))
    return {
      code: 'notYours',
      understood,
      why: `Only ${asker.name}, who asked for it, can ${deeds}. ${pressed.person.name}’s click did nothing.`,
      instead: 'Whoever else wants it can type the command.',
    };
  if (sameToken(pressed.data['token'], token) && pressed.place.id === place.id) return undefined;
  return {
    code: 'altered',
    understood,
    why: 'This click does not belong to the card that I sent. It did nothing.',
    instead: 'Type the command again.',
  };
}
