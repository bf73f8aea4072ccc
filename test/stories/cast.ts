import type { Messenger, Content } from '../../src/ports.ts';
import { Unreachable } from '../../src/ports.ts';
import type { Person } from '../../src/model/person.ts';
import type { MessageRef, Place } from '../../src/model/place.ts';
import { noteSaid } from '../leaks/ledger.ts';
import { people, tenantId } from '../../src/sandbox/company.ts';

export type Name = keyof typeof people;

/** Where people talk in stories. `personal` is the own chat of whoever speaks. */
export type Room = 'personal' | 'group' | 'channel';

export const person = (name: Name): Person => ({
  id: people[name].id,
  tenantId,
  name: people[name].displayName,
  chatId: `29:${name}`,
});

const base = { tenantId, serviceUrl: 'http://127.0.0.1:1/', bot: { id: '28:device-desk', name: 'Device Desk' } };

export function place(room: Room, name: Name): Place {
  if (room === 'personal') return { ...base, kind: 'personal', id: `a:${name}` };
  return room === 'group'
    ? { ...base, kind: 'groupChat', id: '19:group@unq.gbl.spaces' }
    : { ...base, kind: 'channel', id: '19:general@thread.tacv2;messageid=1' };
}

/** One message of the bot's, as it stands now. */
export interface Shown {
  readonly ref: MessageRef;
  content: Content;
  /** Everything that it ever showed, oldest first. */
  readonly past: Content[];
}

/** A chat that only remembers: what the bot said where. Isaiah has no own chat with it until he opens one. */
export class Stage implements Messenger {
  readonly shown: Shown[] = [];
  readonly log: string[] = [];
  readonly gone = new Set<string>();
  readonly #tell: (line: string, content: Content, id: string) => void;

  constructor(tell: (line: string, content: Content, id: string) => void) {
    this.#tell = tell;
  }

  async post(at: Place, content: Content): Promise<MessageRef> {
    if (this.gone.has(at.id)) throw new Unreachable('the app was removed');
    if (at.kind !== 'personal') noteSaid('a group chat or channel', JSON.stringify(content));
    const ref = { place: at, id: `m${this.shown.length + 1}` };
    this.shown.push({ ref, content, past: [content] });
    this.#tell(`Device Desk says in ${at.id} (${ref.id})`, content, ref.id);
    return ref;
  }

  async update(message: MessageRef, content: Content): Promise<MessageRef> {
    if (this.gone.has(message.place.id)) throw new Unreachable('the app was removed');
    const shown = this.shown.find(({ ref }) => ref.id === message.id);
    if (!shown) return this.post(message.place, content);
    if (message.place.kind !== 'personal') noteSaid('a group chat or channel', JSON.stringify(content));
    shown.content = content;
    shown.past.push(content);
    this.#tell(`Device Desk changes ${message.id}`, content, message.id);
    return message;
  }

  async change(message: MessageRef, content: Content): Promise<boolean> {
    if (!this.shown.some(({ ref }) => ref.id === message.id)) return false;
    await this.update(message, content);
    return true;
  }

  async privately(who: Person): Promise<Place | undefined> {
    return who.id === people.isaiah.id ? undefined : place('personal', nameOf(who));
  }

  async whoIs(_at: Place, chatId: string) {
    const found = Object.entries(people).find(([name]) => chatId === `29:${name}`)?.[1];
    return found && { id: found.id, userPrincipalName: found.userPrincipalName, name: found.displayName };
  }
}

const nameOf = (who: Person): Name =>
  (Object.keys(people) as Name[]).find((name) => people[name].id === who.id) ?? 'alex';
