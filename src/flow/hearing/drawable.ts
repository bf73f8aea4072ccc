import { createHash } from 'node:crypto';
import type { Place } from '../../model/place.ts';
import type { Notice } from '../../model/subscription.ts';
import { cut } from '../../model/text.ts';
import type { Content } from '../../ports.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { Facts } from './hears.ts';
import { canDraw } from './presentNotice.ts';
import { factsAbout } from './subject.ts';
import type { Told } from './subject.ts';
import type { World } from '../world.ts';

/** Something to tell, and what filters may ask about it. */
export interface Drawable extends Told {
  readonly facts: Facts;
}

/** Those that can be told; of the others the log knows why not, so that one of them holds up nothing else. */
export function drawableOf(world: World, place: Place, told: readonly Told[]): readonly Drawable[] {
  return told.flatMap((one) => {
    try {
      canDraw(world, one);
      return [{ ...one, facts: factsAbout(world, one.subject) }];
    } catch (fault) {
      const { about } = one.notice;
      world.log.error({ lane: place.id, ...about, fault: String(fault) }, 'a notice cannot be drawn');
      return [];
    }
  });
}

/** Says whether a card would change at all. */
export const hashOf = (content: Content): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** A journal line about notices of which a place was not told, or not in the way it should. */
export const noticeEntry = (
  { clock }: World,
  event: 'notTold' | 'notUpdated',
  { tenantId }: Place,
  notices: readonly Notice[],
): JournalEntry => {
  const about = notices.map(({ about: { is, id } }) => `${is}/${id}`).join(', ');
  const base = notices[0]?.base ?? '';
  return { at: clock.now(), event, tenantId, personId: '', note: cut(`bulletin in ${base}: ${about}`, 300) };
};
