import type { Place } from '../../model/place.ts';
import type { Notice } from '../../model/subscription.ts';
import { baseOf } from '../../model/telling.ts';
import type { Pace } from '../../model/telling.ts';
import type { ToldAlong } from '../../outboxPort.ts';
import { drawableOf, noticeEntry } from './drawable.ts';
import { stillShown } from './stillMay.ts';
import { subjectsOf } from './subject.ts';
import { heardIn, post, redraw } from './tellNotices.ts';
import type { Room, Shown, ToTell } from './tellNotices.ts';
import type { World } from '../world.ts';

/** Notices read at a time. */
const atATime = 100;
/** Notices on one card: only in a rush, or after a long absence, are they so many. */
const mostOnCard = 1_000;
/** Up to so many that wait are told on a card each, where no more than that was said lately. */
const mostSingle = 3;
/** Milliseconds. */
const lately = 60_000;

/**
 * Finds out what one message's worth of what waits in this place is, oldest first: a card that is out of date is drawn
 * anew, or what is new is told, on a card of its own while it is little, all on one card otherwise. Answers what is to be
 * written down; or, where something must be said, what says it and then answers that.
 */
export async function prepareBulletin(
  world: World,
  place: Place,
  pace: Pace,
): Promise<ToldAlong | (() => Promise<ToldAlong>)> {
  const base = baseOf(place.id);
  const due = await world.store.dueNotices(base, atATime);
  const [first] = due;
  if (!first) return {};
  const room = { place, subscriptions: await world.store.subscriptions(base) };
  const toTell = first.card
    ? await standing(world, room, await world.store.noticesOn(base, first.card, mostOnCard), first.card)
    : await fresh(world, room, await whole(world, base, due), isQuiet(world, pace));
  if (typeof toTell !== 'function') return along(place, due, toTell);
  return async () => along(place, due, await toTell());
}

const whole = async (world: World, base: string, due: readonly Notice[]): Promise<readonly Notice[]> =>
  due.length < atATime ? due : world.store.dueNotices(base, mostOnCard);

/** With another bulletin, as long as something waits. */
function along(place: Place, due: readonly Notice[], { shown, entry }: Shown): ToldAlong {
  const done = new Set(shown.notices.map(({ about }) => about.id));
  const isMore = due.length === atATime || due.some(({ about }) => !done.has(about.id));
  return {
    shown,
    ...(entry ? { entry } : {}),
    ...(isMore ? { tell: [{ to: { is: 'place', place }, what: { is: 'bulletin' } }] } : {}),
  };
}

const without = (notices: readonly Notice[], told: readonly { readonly notice: Notice }[]): readonly Notice[] => {
  const ids = new Set(told.map(({ notice }) => notice.about.id));
  return notices.filter(({ about }) => !ids.has(about.id));
};

/** A card as it is now. What may not be shown there any more, or cannot, leaves it. */
async function standing(world: World, room: Room, notices: readonly Notice[], card: string): Promise<ToTell> {
  const drawable = drawableOf(world, room.place, await subjectsOf(world, notices));
  const isShown = await stillShown(world, room.subscriptions);
  const told = drawable.filter(({ facts }) => isShown(facts));
  const over = without(notices, told).filter(({ due }) => due);
  return over.length > 0 ? passOver(world, room, over, drawable) : redraw(world, room, card, told);
}

/** With the message that it would be. */
const isQuiet = ({ clock }: World, { recent }: Pace): boolean =>
  recent.filter((at) => at > clock.now() - lately).length < mostSingle;

/** What is new. What nobody here hears now, because it is muted or was stopped, is passed over. */
async function fresh(world: World, room: Room, due: readonly Notice[], quiet: boolean): Promise<ToTell> {
  const untold = due.filter(({ card }) => !card);
  const drawable = drawableOf(world, room.place, await subjectsOf(world, untold));
  const heard = await heardIn(world, room, drawable);
  if (heard.length > (quiet ? mostSingle : 1)) return () => post(world, room, heard);
  const over = without(untold, heard);
  const [next] = heard;
  return next && over.length === 0 ? () => post(world, room, [next]) : passOver(world, room, over, drawable);
}

/** Shown by no card. What could not be drawn is written down; what was forgotten, or nobody hears, is nobody's loss. */
async function passOver(
  world: World,
  { place }: Room,
  notices: readonly Notice[],
  drawable: readonly { readonly notice: Notice }[],
): Promise<Shown> {
  const lost = await subjectsOf(world, without(notices, drawable));
  const shown = { card: '', notices };
  if (lost.length === 0) return { shown };
  return {
    shown,
    entry: noticeEntry(
      world,
      'notTold',
      place,
      lost.map(({ notice }) => notice),
    ),
  };
}
