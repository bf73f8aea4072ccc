import { secretsShown } from '../../model/operation.ts';
import type { Operation, SecretShown } from '../../model/operation.ts';
import type { MessageRef, Place } from '../../model/place.ts';
import type { Pace, Recipient, What } from '../../model/telling.ts';
import { Unreachable } from '../../ports.ts';
import type { Content } from '../../ports.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import type { Delivery, Telling, ToldAlong } from '../../outboxPort.ts';
import { prepareBulletin } from '../hearing/bulletin.ts';
import { carryNews } from '../hearing/news.ts';
import { entryOf } from '../journal.ts';
import { presentOperation, summaryOf } from '../present.ts';
import { presentSecretNotice } from '../presentTalk.ts';
import { redraw } from './redraw.ts';
import { withoutSecret } from '../secrets/shown.ts';
import { tellingsOf } from '../tellings.ts';
import type { World } from '../world.ts';

type Notices = Extract<What<Content>, { is: 'news' | 'bulletin' }>;
type Message = Exclude<What<Content>, Notices>;

/** What is to be noted of a telling that went out. */
interface Carried {
  readonly entry?: JournalEntry;
  note(operation: Operation): Operation;
}

/** What is to be done about one delivery. */
export interface Errand {
  /** Something is said in the chat; otherwise it costs nothing of what may be said. */
  readonly speaks: boolean;
  /**
   * Sends it, drawn at this moment, and takes it out of the queue together with what is to be noted of it. Throws what the
   * chat throws: then it stays where it is.
   */
  carry(pace: Pace, along: ToldAlong): Promise<void>;
}

/** Finds out what is to be done, as far as that can be known before it is. Says nothing. */
export async function errandOf(world: World, delivery: Delivery, pace: Pace): Promise<Errand> {
  const { to, what } = delivery.telling;
  if (what.is !== 'news' && what.is !== 'bulletin')
    return { speaks: true, carry: (now, along) => carry(world, delivery, to, what, now, along) };
  const notices = await noticesFor(world, to, what, pace);
  const speaks = typeof notices === 'function';
  const found = async () => (speaks ? notices() : notices);
  return { speaks, carry: async (now, along) => spread(world, delivery, now, { ...along, ...(await found()) }) };
}

/** What subscribers hear. */
async function noticesFor(world: World, to: Recipient, what: Notices, pace: Pace) {
  if (what.is === 'news') return carryNews(world, what.about);
  return prepareBulletin(world, await placeOf(world, to), pace);
}

async function carry(
  world: World,
  delivery: Delivery,
  to: Recipient,
  what: Message,
  pace: Pace,
  along: ToldAlong,
): Promise<void> {
  const operation = await operationOf(world, delivery.telling);
  const carried = await send(world, to, what, operation);
  if (!operation || !carried) return void (await world.store.told(delivery, pace, along));
  await noteDown(world, delivery, pace, along, operation, carried);
}

async function spread(world: World, delivery: Delivery, pace: Pace, along: ToldAlong): Promise<void> {
  await world.store.told(delivery, pace, along);
  if (along.notify || along.tell) world.nudge();
}

export const operationOf = async (world: World, { what }: Telling): Promise<Operation | undefined> =>
  'operationId' in what ? world.store.operation(what.operationId) : undefined;

/** The message stands there; whatever else moves the operation meanwhile, where it stands is noted. */
async function noteDown(
  world: World,
  delivery: Delivery,
  pace: Pace,
  along: ToldAlong,
  first: Operation,
  { note, entry }: Carried,
): Promise<void> {
  for (let from: Operation | undefined = first; from; from = await world.store.operation(first.id)) {
    const to = note(from);
    const tell = tellingsOf(world, from, to);
    const isTold = await world.store.told(delivery, pace, {
      ...along,
      entry,
      tell,
      ...(to === from ? {} : { move: { from, to } }),
    });
    if (isTold && tell.length > 0) world.nudge();
    if (isTold) return;
  }
}

/** Undefined: there was nothing to send any more. */
async function send(
  world: World,
  to: Recipient,
  what: Message,
  operation: Operation | undefined,
): Promise<Carried | undefined> {
  if (what.is === 'said') return said(world, to, what.content, what.on);
  if (!operation) return undefined;
  switch (what.is) {
    case 'card':
      return drawCard(world, operation);
    case 'end':
      await world.messenger.post(await placeOf(world, to), { text: `${summaryOf(world, operation)}.` });
      return undefined;
    case 'secretOffer':
      return offer(world, await placeOf(world, to), operation);
    case 'secretHide':
      return hide(world, operation);
  }
}

async function said(world: World, to: Recipient, content: Content, on: string | undefined): Promise<undefined> {
  const place = await placeOf(world, to);
  if (on) await redraw(world, { place, id: on }, place, content);
  else await world.messenger.post(place, content);
}

/** Where it stands; a card that is gone, or cannot be edited, is sent again. */
async function drawCard(world: World, operation: Operation): Promise<Carried> {
  const content = presentOperation(world, operation);
  const now = operation.message
    ? await redraw(world, operation.message, operation.place, content)
    : await world.messenger.post(operation.place, content);
  return { note: (latest) => (isSame(latest.message, now) ? latest : { ...latest, message: now }) };
}

async function offer(world: World, place: Place, operation: Operation): Promise<Carried> {
  const privately = await world.messenger.post(place, presentSecretNotice(world, operation));
  return { note: (latest) => ({ ...latest, privately }) };
}

/** Each message shows what it showed before the secret, on every client. */
async function hide(world: World, operation: Operation): Promise<Carried | undefined> {
  const over = secretsShown(operation).filter(({ hiding }) => hiding);
  if (over.length === 0) return undefined;
  let lost = 0;
  for (const { on } of over) {
    const now = await redraw(world, on, on.place, withoutSecret(world, operation, on.id));
    if (now.id !== on.id) lost += 1;
  }
  // Nothing more can be done to it, and somebody must know.
  if (lost > 0) world.log.error({ operation: operation.id, lost }, 'a message that showed a secret is out of reach');
  const why = 'the message is gone or cannot be edited';
  const isHidden = (each: SecretShown) =>
    each.hiding && over.some(({ on, until }) => isSame(each.on, on) && each.until === until);
  return {
    ...(lost > 0 ? { entry: entryOf('notHidden', operation, world.clock.now(), undefined, why) } : {}),
    note: (latest) =>
      standingOn(
        latest,
        secretsShown(latest).filter((each) => !isHidden(each)),
      ),
  };
}

function standingOn(operation: Operation, shown: readonly SecretShown[]): Operation {
  if (shown.length === secretsShown(operation).length) return operation;
  const { secretShown: _over, ...rest } = operation;
  return shown.length > 0 ? { ...rest, secretShown: shown } : rest;
}

const isSame = (one: MessageRef | undefined, other: MessageRef): boolean => one?.id === other.id;

/** Throws `Unreachable` where a person has no chat with us. */
async function placeOf(world: World, to: Recipient): Promise<Place> {
  if (to.is === 'place') return to.place;
  if (to.is === 'subscribers') throw new Error('subscribers are no place');
  const place =
    (await world.store.personalPlace(to.person.id)) ?? (await world.messenger.privately(to.person, to.near));
  if (!place) throw new Unreachable('no chat with this person');
  return place;
}
