import type { Place } from '../../model/place.ts';
import type { Notice, Subscription } from '../../model/subscription.ts';
import { NotNow, Unreachable } from '../../ports.ts';
import type { Content } from '../../ports.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { ToldAlong } from '../../outboxPort.ts';
import { hashOf, noticeEntry } from './drawable.ts';
import type { Drawable } from './drawable.ts';
import { hears } from './hears.ts';
import { presentNotices } from './presentNotice.ts';
import { stillMay } from './stillMay.ts';
import { isMuted } from './subscribe.ts';
import type { World } from '../world.ts';

/** Where notices are told, and what that place subscribes to. */
export interface Room {
  readonly place: Place;
  readonly subscriptions: readonly Subscription[];
}

/** What became of notices: by which message they are shown, or by none. */
export interface Shown {
  readonly shown: Required<ToldAlong>['shown'];
  readonly entry?: JournalEntry;
}

/** What there was to be done, or where something must be said, how. */
export type ToTell = Shown | (() => Promise<Shown>);

const noticesOf = (told: readonly Drawable[]) => told.map(({ notice }) => notice);

/** Those that somebody there wants to hear of, and may, now. */
export async function heardIn(world: World, { subscriptions }: Room, all: readonly Drawable[]): Promise<Drawable[]> {
  const now = world.clock.now();
  const listening = (await stillMay(world, subscriptions)).filter((one) => !isMuted(one, now));
  const isHeard = ({ facts }: Drawable) =>
    listening.some(({ wants }) => wants.is === 'notices' && hears(wants.filter, facts));
  return all.filter(isHeard);
}

/** They stay untold for good, and that is written down. */
function giveUp(world: World, { place }: Room, card: string, notices: readonly Notice[], fault: unknown): Shown {
  world.log.error({ lane: place.id, notices: notices.length, fault: String(fault) }, 'a notice was given up');
  return { shown: { card, notices }, entry: noticeEntry(world, 'notTold', place, notices) };
}

/** On a card of their own. What the chat will never take is passed over, and holds up nothing else. */
export async function post(world: World, room: Room, told: readonly Drawable[]): Promise<Shown> {
  const notices = noticesOf(told);
  try {
    const content = presentNotices(world, told);
    const { id } = await world.messenger.post(room.place, content);
    return { shown: { card: id, notices, drawn: hashOf(content) } };
  } catch (fault) {
    if (fault instanceof NotNow || fault instanceof Unreachable) throw fault;
    return giveUp(world, room, '', notices, fault);
  }
}

/** On the card where they are; nothing need be said where it would show what it shows. */
export function redraw(world: World, room: Room, card: string, told: readonly Drawable[]): ToTell {
  const notices = noticesOf(told);
  try {
    const content = presentNotices(world, told);
    const drawn = hashOf(content);
    if (notices.every((notice) => notice.drawn === drawn)) return { shown: { card, notices, drawn } };
    return () => edit(world, room, card, told, content);
  } catch (fault) {
    return giveUp(world, room, card, notices, fault);
  }
}

async function edit(
  world: World,
  room: Room,
  card: string,
  told: readonly Drawable[],
  content: Content,
): Promise<Shown> {
  try {
    const now = await update(world, room, card, content);
    return { shown: { card: now, notices: noticesOf(told), drawn: hashOf(content) } };
  } catch (fault) {
    if (fault instanceof NotNow) throw fault;
    world.log.warn({ lane: room.place.id, card, fault: String(fault) }, 'a notice cannot be edited');
    return anew(world, room, told);
  }
}

/** In a channel, a post is addressed by its thread. */
async function update(world: World, { place }: Room, card: string, content: Content): Promise<string> {
  const at = place.kind === 'channel' ? { ...place, id: `${place.id};messageid=${card}` } : place;
  return (await world.messenger.update({ place: at, id: card }, content)).id;
}

/**
 * The card cannot be edited. That says nothing about the place: what has changed leaves that card, and is told like
 * something new; only where a new post is refused, too, is the place out of reach.
 */
async function anew(world: World, room: Room, told: readonly Drawable[]): Promise<Shown> {
  const changed = told.filter(({ notice }) => notice.due);
  const heard = await heardIn(world, room, changed);
  const entry = noticeEntry(world, 'notUpdated', room.place, noticesOf(changed));
  if (heard.length === 0) return { shown: { card: '', notices: noticesOf(changed) }, entry };
  return { entry, ...(await post(world, room, heard)) };
}
