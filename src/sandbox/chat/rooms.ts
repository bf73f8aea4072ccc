import { createHash } from 'node:crypto';
import { people, tenantId } from '../company.ts';
import type { SandboxPerson } from '../company.ts';
import type { ChannelAccount, Json } from './protocol.ts';

export type PersonKey = keyof typeof people;
export const personKeys = Object.keys(people) as PersonKey[];

/** `personal` is each person's own chat with the bot; the others hold everybody. */
export type RoomKey = 'personal' | 'group' | 'channel:general' | 'channel:incidents';
export const roomKeys: readonly RoomKey[] = ['personal', 'group', 'channel:general', 'channel:incidents'];

/** General's id is the team's id in Teams; the directory group's GUID is another thing and stands in `aadGroupId`. */
export const team = {
  id: '19:Qk7c1sD4vN0bXe5RzY2uLwT8hPgJ6mFa9oKi3xVtHs1@thread.tacv2',
  aadGroupId: '2f6a1a5e-54a8-4c0e-9d0b-7d1f0c6b9e55',
  name: 'Service Desk',
};

const groupConversation = '19:6d1c0f3a9b7e4852a0c4e1f7d2b85396@thread.v2';

export const channels = {
  'channel:general': { id: team.id, name: 'General' },
  'channel:incidents': { id: '19:c1a7e0f95d3b4b6f8e2d6a40b7f91c35@thread.tacv2', name: 'Incidents' },
} as const;

/** What a person sees above the room. */
export const roomTitles: Record<RoomKey, string> = {
  personal: 'Device Desk',
  group: 'Laptop refresh',
  'channel:general': channels['channel:general'].name,
  'channel:incidents': channels['channel:incidents'].name,
};

/** Where something is said: a room; whose personal chat it is; in channels the thread, by its root message's id. */
export interface Place {
  room: RoomKey;
  owner?: PersonKey;
  thread?: string;
}

export const isChannel = (room: RoomKey): room is keyof typeof channels => room in channels;
export const isPerson = (key: unknown): key is PersonKey => typeof key === 'string' && key in people;

/** The room as one person finds it. */
export const placeFor = (room: RoomKey, who: PersonKey, thread?: string): Place => ({
  room,
  ...(room === 'personal' && { owner: who }),
  ...(isChannel(room) && thread !== undefined && { thread }),
});

/** Everybody's ids as one bot knows them: Teams gives each bot its own `29:` ids (MRIs) and `a:` conversations. */
export class Directory {
  readonly bot: ChannelAccount & { name: string };

  constructor(botId: string, botName: string) {
    this.bot = { id: botId, name: botName };
  }

  #idFor(prefix: string, who: PersonKey): string {
    return prefix + createHash('sha384').update(`${prefix} ${this.bot.id} ${people[who].id}`).digest('base64url');
  }

  mri(who: PersonKey): string {
    return this.#idFor('29:1', who);
  }

  account(who: PersonKey): Required<ChannelAccount> {
    return { id: this.mri(who), name: people[who].displayName, aadObjectId: people[who].id };
  }

  /** Finds by MRI, Entra object id or user principal name, as the roster endpoints do. */
  find(id: string): PersonKey | undefined {
    return personKeys.find((key) => {
      const person: SandboxPerson = people[key];
      return [this.mri(key), person.id, person.userPrincipalName].includes(id);
    });
  }

  conversationId({ room, owner, thread }: Place): string {
    if (room === 'personal') return this.#idFor('a:1', owner ?? 'alex');
    if (room === 'group') return groupConversation;
    return channels[room].id + (thread === undefined ? '' : `;messageid=${thread}`);
  }

  placeOf(conversationId: string): Place | undefined {
    const [base, thread] = conversationId.split(';messageid=');
    const owner = personKeys.find((key) => this.#idFor('a:1', key) === conversationId);
    if (owner) return { room: 'personal', owner };
    if (conversationId === groupConversation) return { room: 'group' };
    const room = (Object.keys(channels) as (keyof typeof channels)[]).find((key) => channels[key].id === base);
    return room && { room, ...(thread !== undefined && { thread }) };
  }

  /** `conversation` of an activity. */
  conversation(place: Place): Json {
    const { room } = place;
    const conversationType = room === 'personal' ? 'personal' : room === 'group' ? 'groupChat' : 'channel';
    return {
      ...(room !== 'personal' && { isGroup: true }),
      conversationType,
      tenantId,
      id: this.conversationId(place),
    };
  }
}
