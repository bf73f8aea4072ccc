import type { Place } from '../../model/place.ts';
import type { Notice, Subscription } from '../../model/subscription.ts';
import { baseOf } from '../../model/telling.ts';
import type { Pace } from '../../model/telling.ts';
import { NotNow, Unreachable } from '../../ports.ts';
import type { Content } from '../../ports.ts';
import type { ToldAlong } from '../../storePort.ts';
import { hears } from './hears.ts';
import { presentNotices } from './presentNotice.ts';
import { stillMay } from './stillMay.ts';
import { factsAbout, subjectsOf } from './subject.ts';
import type { Told } from './subject.ts';
import { isMuted } from './subscribe.ts';
import type { World } from '../world.ts';

/** Notices read at a time. */
const atATime = 100;
/** Notices on one card: only in a rush, or after a long absence, are they so many. */
const mostOnCard = 1_000;
/** Up to so many that wait are told on a card each, where no more than that was said lately. */
const mostSingle = 3;
/** Milliseconds. */
const lately = 60_000;

/** What one message of a place tells, and what is thereby told. `card`: the message that shows it already. */
interface Bulletin {
  readonly card?: string | undefined;
  readonly notices: readonly Notice[];
  readonly told: readonly Told[];
}

/**
 * Tells one message's worth of what waits in this place, oldest first: a card that is out of date is drawn anew, or what
 * is new is told, on a card of its own while it is little, all on one card otherwise.
 */
export async function carryBulletin(world: World, place: Place, pace: Pace): Promise<ToldAlong> {
  const base = baseOf(place.id);
  const due = await world.store.dueNotices(base, atATime);
  const [first] = due;
  if (!first) return {};
  const bulletin = first.card
    ? await standing(world, base, first.card)
    : await fresh(world, base, due, isQuiet(world, pace));
  const card = bulletin.told.length > 0 ? await show(world, place, bulletin) : (bulletin.card ?? '');
  const done = new Set(bulletin.notices.map(({ about }) => about.id));
  const isMore = due.length === atATime || due.some(({ about }) => !done.has(about.id));
  return {
    shown: { card, notices: bulletin.notices },
    ...(isMore ? { tell: [{ to: { is: 'place', place }, what: { is: 'bulletin' } }] } : {}),
  };
}

async function standing(world: World, base: string, card: string): Promise<Bulletin> {
  const notices = await world.store.noticesOn(base, card, mostOnCard);
  return { card, notices, told: await subjectsOf(world, notices) };
}

/** Counts the message that is just drawn. */
const isQuiet = ({ clock }: World, { recent }: Pace): boolean =>
  recent.filter((at) => at > clock.now() - lately).length <= mostSingle;

/** What is new. What nobody here hears now, because it is muted or was stopped, is passed over. */
async function fresh(world: World, base: string, due: readonly Notice[], quiet: boolean): Promise<Bulletin> {
  const now = world.clock.now();
  const all = due.length < atATime ? due : await world.store.dueNotices(base, mostOnCard);
  const untold = all.filter(({ card }) => !card);
  const here = await stillMay(world, await world.store.subscriptions(base));
  const listening = here.filter((subscription) => !isMuted(subscription, now));
  const told = await subjectsOf(world, untold);
  const heard = told.filter((one) => isHeard(world, listening, one));
  if (heard.length > (quiet ? mostSingle : 1)) return { notices: untold, told: heard };
  const [next] = heard;
  const passedOver = untold.filter(({ about }) => !heard.some(({ notice }) => notice.about.id === about.id));
  // Passing over costs no message, but says by which card they are shown: by none.
  if (!next || passedOver.length > 0) return { notices: passedOver, told: [] };
  return { notices: [next.notice], told: [next] };
}

const isHeard = (world: World, listening: readonly Subscription[], { subject }: Told): boolean => {
  const facts = factsAbout(world, subject);
  return listening.some(({ wants }) => wants.is === 'notices' && hears(wants.filter, facts));
};

/** Answers by which message it is shown. What the chat will never take is passed over, so that it holds up nothing else. */
async function show(world: World, place: Place, { card, told }: Bulletin): Promise<string> {
  const content = presentNotices(world, told);
  try {
    return card ? await update(world, place, card, content) : (await world.messenger.post(place, content)).id;
  } catch (fault) {
    if (fault instanceof NotNow || fault instanceof Unreachable) throw fault;
    world.log.error({ lane: place.id, notices: told.length, fault: String(fault) }, 'a notice was given up');
    return card ?? '';
  }
}

/** In a channel, a post is addressed by its thread. */
async function update(world: World, place: Place, card: string, content: Content): Promise<string> {
  const at = place.kind === 'channel' ? { ...place, id: `${place.id};messageid=${card}` } : place;
  return (await world.messenger.update({ place: at, id: card }, content)).id;
}
