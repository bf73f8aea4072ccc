import type { Operation } from '../../model/operation.ts';
import type { MessageRef, Place } from '../../model/place.ts';
import type { Pace, Recipient } from '../../model/telling.ts';
import { Unreachable } from '../../ports.ts';
import type { Content } from '../../ports.ts';
import type { Delivery, Telling, ToldAlong } from '../../storePort.ts';
import { carryBulletin } from '../hearing/bulletin.ts';
import { carryNews } from '../hearing/news.ts';
import { presentOperation, summaryOf } from '../present.ts';
import { presentSecretNotice } from '../presentTalk.ts';
import { withoutSecret } from '../secrets/reveal.ts';
import { tellingsOf } from '../tellings.ts';
import type { World } from '../world.ts';

/** What is to be noted of a telling that went out. */
interface Carried {
  note(operation: Operation): Operation;
}

/**
 * Sends one telling, drawn at this moment, and takes it out of the queue together with what is to be noted of it. Throws
 * what the chat throws: then it stays where it is.
 */
export async function carry(world: World, delivery: Delivery, pace: Pace, along: ToldAlong): Promise<void> {
  const notices = await carryNotices(world, delivery.telling, pace);
  if (notices) return spread(world, delivery, pace, { ...along, ...notices });
  const operation = await operationOf(world, delivery.telling);
  const carried = await send(world, delivery.telling, operation);
  if (!operation || !carried) return void (await world.store.told(delivery, pace, along));
  await noteDown(world, delivery, pace, along, operation, carried);
}

/** What subscribers hear. Undefined: it is none of that. */
async function carryNotices(world: World, { to, what }: Telling, pace: Pace): Promise<ToldAlong | undefined> {
  if (what.is === 'news') return carryNews(world, what.about);
  return what.is === 'bulletin' && to.is === 'place' ? carryBulletin(world, to.place, pace) : undefined;
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
  { note }: Carried,
): Promise<void> {
  for (let from: Operation | undefined = first; from; from = await world.store.operation(first.id)) {
    const to = note(from);
    const tell = tellingsOf(world, from, to);
    const isTold = await world.store.told(delivery, pace, {
      ...along,
      tell,
      ...(to === from ? {} : { move: { from, to } }),
    });
    if (isTold && tell.length > 0) world.nudge();
    if (isTold) return;
  }
}

/** Undefined: there was nothing to send any more. */
async function send(world: World, { to, what }: Telling, operation?: Operation): Promise<Carried | undefined> {
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
    case 'news':
    case 'bulletin':
      return undefined;
  }
}

async function said(world: World, to: Recipient, content: Content, on: string | undefined): Promise<undefined> {
  const place = await placeOf(world, to);
  if (on) await world.messenger.update({ place, id: on }, content);
  else await world.messenger.post(place, content);
}

/** Where it stands; a card that is gone is sent again. */
async function drawCard(world: World, operation: Operation): Promise<Carried> {
  const content = presentOperation(world, operation);
  const now = operation.message
    ? await world.messenger.update(operation.message, content)
    : await world.messenger.post(operation.place, content);
  return { note: (latest) => (isSame(latest.message, now) ? latest : { ...latest, message: now }) };
}

async function offer(world: World, place: Place, operation: Operation): Promise<Carried> {
  const privately = await world.messenger.post(place, presentSecretNotice(world, operation));
  return { note: (latest) => ({ ...latest, privately }) };
}

/** The message shows what it showed before the secret, on every client. */
async function hide(world: World, operation: Operation): Promise<Carried | undefined> {
  const shown = operation.secretShown;
  if (!shown) return undefined;
  const now = await world.messenger.update(shown.on, withoutSecret(world, operation, shown.on.id));
  if (now.id !== shown.on.id)
    // The message was gone: nothing more can be done to it, and somebody must know.
    world.log.error({ operation: operation.id }, 'the message that showed a secret is gone');
  return {
    note: (latest) => {
      const { secretShown, ...rest } = latest;
      return isSame(secretShown?.on, shown.on) && secretShown?.until === shown.until ? rest : latest;
    },
  };
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
