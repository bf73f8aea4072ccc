import { setTimeout as wait } from 'node:timers/promises';
import type { RunningChat } from '../../src/sandbox/chat/server.ts';
import type { PersonKey, RoomKey } from '../../src/sandbox/chat/rooms.ts';
import type { ChatMessage } from '../../src/sandbox/chat/view.ts';
import type { Bell } from './bell.ts';
import type { Chance } from './chance.ts';
import type { Errand } from './ledger.ts';
import type { Menu, Wish } from './menu.ts';
import { isRefusal, standingOf } from './reading.ts';
import { clickOften, typeOften } from './deliveries.ts';

/** Where somebody works, and until when. */
export interface Shift {
  readonly chat: RunningChat;
  readonly bell: Bell;
  readonly menu: Menu;
  /** Everything that anybody asked so far. */
  readonly errands: Errand[];
  /** Nothing new is begun. */
  isOver(): boolean;
  /** What is begun is not waited for any longer. */
  isLate(): boolean;
}

const glance = 200;
/** Milliseconds after which a person types again: when it was taken, and when the chat showed that it was not. */
const patience = { taken: 8_000, lost: 1_500 };
/** Milliseconds after which a person turns to other things; whether it ends is still asked when all is over. */
const longestWatch = 60_000;

/** A person of the helpdesk at work: types, confirms, waits for the end, and does the next. */
export async function work(shift: Shift, who: PersonKey, place: RoomKey, chance: Chance): Promise<void> {
  while (!shift.isOver()) {
    const room = place === 'personal' && chance.happens(0.2) ? 'channel:incidents' : place;
    const wish = shift.menu.take(who, room, chance);
    if (!wish) {
      await wait(glance);
      continue;
    }
    // A device whose operation has not ended is not given to another: its writes could not be told apart.
    if (await new Task(shift, who, room, chance, wish).run()) shift.menu.giveBack(wish);
    await wait(chance.between(50, 500));
  }
}

/** One errand from the first word to its end. */
class Task {
  readonly #shift: Shift;
  readonly #chance: Chance;
  readonly #errand: Errand;
  readonly #from = Date.now();

  constructor(shift: Shift, who: PersonKey, room: RoomKey, chance: Chance, { text, device }: Wish) {
    this.#shift = shift;
    this.#chance = chance;
    this.#errand = { who, room, text, device, sayings: 0, deliveries: 0, presses: 0 };
    shift.errands.push(this.#errand);
  }

  /** True when nothing of it is under way any more. */
  async run(): Promise<boolean> {
    const offer = await this.#ask();
    if (!offer) return true;
    const watchedUntil = Date.now() + longestWatch;
    const isPatient = () => Date.now() < watchedUntil && !this.#shift.isLate();
    await this.#confirm(offer, isPatient);
    if (this.#errand.declined !== undefined) return true;
    while (isPatient() && !this.#standing()?.ended) await wait(glance);
    if (!this.#standing()?.ended) return false;
    this.#errand.endedAt = Date.now();
    return true;
  }

  /** Types until a card to confirm is there; undefined when there is none to come. */
  async #ask(): Promise<ChatMessage | undefined> {
    const errand = this.#errand;
    while (!this.#shift.isLate()) {
      errand.sayings += 1;
      const taken = await typeOften(this.#shift.chat, errand, this.#chance);
      const until = Date.now() + (taken ? patience.taken : patience.lost);
      while (Date.now() < until && !this.#shift.isLate()) {
        const offer = this.#seen().findLast((message) => standingOf(message)?.offered);
        if (offer) return offer;
        if (this.#seen().some(isRefusal)) {
          errand.refused = true;
          return undefined;
        }
        await wait(glance);
      }
    }
    return undefined;
  }

  /** Cards in this place about this device since it was first asked, as this person sees them. */
  #seen(): ChatMessage[] {
    const { who, room, thread, device } = this.#errand;
    return this.#shift.chat
      .messages(room, who)
      .filter((message) => message.from === 'bot' && message.at >= this.#from && message.card !== undefined)
      .filter((message) => thread === undefined || message.thread === thread)
      .filter(({ card }) => JSON.stringify(card).includes(device));
  }

  /** Clicks until the click was heard, or was answered with the same words three times. */
  async #confirm({ id, card }: ChatMessage, isPatient: () => boolean): Promise<void> {
    const errand = this.#errand;
    const { operation, button } = standingOf({ card: card!, deleted: false })!;
    Object.assign(errand, { message: id, operation, button });
    await wait(this.#chance.between(0, 600));
    for (let told: string[] = []; isPatient();) {
      errand.presses += 1;
      errand.confirmedAt ??= Date.now();
      const clicked = await clickOften(this.#shift.chat, this.#shift.bell, errand, this.#chance);
      if (clicked.is === 'heard' || this.#standing()?.offered === false) {
        errand.heardAt = Date.now();
        return;
      }
      // A slow Graph, or an old client, says nothing of what the click came to.
      if (clicked.is === 'told' && !clicked.words.startsWith('Working on it'))
        told = [...told, clicked.words].slice(-3);
      if (told.length === 3 && new Set(told).size === 1) {
        Object.assign(errand, { declined: told[0], confirmedAt: undefined });
        return;
      }
      await wait(this.#chance.between(200, 900));
    }
  }

  /** The card as it stands for everybody: what one client was answered proves nothing. */
  #standing() {
    const card = this.#shift.chat.messages(this.#errand.room).find(({ id }) => id === this.#errand.message);
    return card && standingOf(card);
  }
}
