import { edit, react, remove } from './amend.ts';
import type { ActionMark } from './cards.ts';
import type { SayOptions } from './compose.ts';
import type { ConnectorCall } from './connector/gate.ts';
import type { Faults } from './faults.ts';
import { addApp, openRoom, removeApp } from './install.ts';
import type { InvokeAnswer } from './invoke.ts';
import type { StoredMessage } from './messages.ts';
import { press } from './press.ts';
import type { BotAnswer } from './protocol.ts';
import { lookAround } from './refresh.ts';
import { placeFor } from './rooms.ts';
import type { PersonKey, RoomKey } from './rooms.ts';
import { say } from './say.ts';
import type { Delivery } from './say.ts';
import { view } from './view.ts';
import type { ChatMessage } from './view.ts';
import type { World } from './world.ts';

/** The page's misbehaviour panel: set the fields, call the deeds. */
export interface FaultSwitches extends Faults {
  /** Removes the app from the room (a channel means its team) and tells the bot; from then on it gets 403 there. */
  removeApp(room: RoomKey, who?: PersonKey): Promise<BotAnswer[]>;
  /** Adds it, or tells of it once more. */
  addApp(room: RoomKey, who?: PersonKey): Promise<BotAnswer[]>;
  /** Clients lose what invokes had been answered to them alone, as by a reload. */
  forgetViews(): void;
}

/** What people do in the window, and what can be seen of it, for tests and drivers. */
export interface Controls {
  /** As typed in the window. Resolves when the bot has answered the POST. */
  say(who: PersonKey, room: RoomKey, text: string, options?: SayOptions): Promise<Delivery>;
  /** As clicked, on the card as this person sees it. Rejects where a client would send nothing. */
  press(
    who: PersonKey,
    room: RoomKey,
    messageId: string,
    action: ActionMark,
    inputs?: Record<string, unknown>,
  ): Promise<InvokeAnswer>;
  /** Opens the room: tells the bot of the installation the first time, and refreshes cards that ask for it. */
  open(who: PersonKey, room: RoomKey): Promise<InvokeAnswer[]>;
  /** Rewrites an own message. Undefined when the bot does not hear of it. */
  edit(
    who: PersonKey,
    room: RoomKey,
    messageId: string,
    text: string,
    options?: SayOptions,
  ): Promise<BotAnswer | undefined>;
  /** Takes an own message back. */
  remove(who: PersonKey, room: RoomKey, messageId: string): Promise<BotAnswer | undefined>;
  /** Gives a reaction (`like`, `heart` …) or takes it back. */
  react(who: PersonKey, room: RoomKey, messageId: string, reaction: string): Promise<BotAnswer | undefined>;
  /** Raw. `token`: this one; `''` none; left out, a proper one when tokens are signed. */
  deliver(activity: object, token?: string): Promise<Response>;
  /** The room now, edits and deletions included: as `viewer` sees it, or as it stands (of `personal`: all chats). */
  messages(room: RoomKey, viewer?: PersonKey): ChatMessage[];
  faults: FaultSwitches;
  /** Every call that the bot made of the connector, in the order of their answers. */
  connectorCalls(): ConnectorCall[];
  /** Resolves when no delivery or call is under way and nothing has changed for a moment. */
  idle(): Promise<void>;
  /** Resolves as soon as the room is as `predicate` wants it; rejects after `timeoutMs` (5000), telling what is there. */
  until(
    room: RoomKey,
    predicate: (messages: ChatMessage[]) => boolean,
    timeoutMs?: number,
    viewer?: PersonKey,
  ): Promise<ChatMessage[]>;
}

function switches(world: World): FaultSwitches {
  return Object.assign(world.faults, {
    removeApp: (room: RoomKey, who: PersonKey = 'alex') => removeApp(world, room, who),
    addApp: (room: RoomKey, who: PersonKey = 'alex') => addApp(world, room, who),
    forgetViews: () => world.messages.forgetViewers(),
  });
}

export function controls(world: World, calls: ConnectorCall[]): Controls {
  const seen = (who: PersonKey, room: RoomKey, id: string): StoredMessage => {
    const message = world.messages.find(placeFor(room, who), id);
    if (!message) throw new Error(`No message ${id} in ${room} for ${who}`);
    return message;
  };
  const messages = (room: RoomKey, viewer?: PersonKey) =>
    world.messages.in(room, viewer).map((message) => view(world, message, viewer));
  return {
    say: (who, room, text, options) => say(world, who, room, text, options),
    press: async (who, room, id, action, inputs) => press(world, who, seen(who, room, id), action, inputs),
    open: async (who, room) => {
      await openRoom(world, who, room);
      return lookAround(world, who, room);
    },
    edit: async (who, room, id, text, options) => edit(world, who, seen(who, room, id), text, options),
    remove: async (who, room, id) => remove(world, who, seen(who, room, id)),
    react: async (who, room, id, reaction) => react(world, who, seen(who, room, id), reaction),
    deliver: (activity, token) => world.bot.deliver(activity, token),
    messages,
    faults: switches(world),
    connectorCalls: () => [...calls],
    idle: () => world.changes.idle(),
    until: (room, predicate, timeoutMs = 5000, viewer) =>
      world.changes.until(
        () => [messages(room, viewer)].find(predicate),
        timeoutMs,
        () => `After ${timeoutMs} ms, ${room} still holds only:\n${JSON.stringify(messages(room, viewer), null, 1)}`,
      ),
  };
}
