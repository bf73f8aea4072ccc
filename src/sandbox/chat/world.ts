import type { Bot } from './bot.ts';
import type { Changes } from './changes.ts';
import type { Faults } from './faults.ts';
import type { Messages } from './messages.ts';
import { isChannel } from './rooms.ts';
import type { Directory, Place } from './rooms.ts';

/** How long Teams waits for the bot, in ms. */
export interface Patience {
  /** A card's click: no limit is documented for adaptiveCard/action; reports lie between 5 and 15 s. */
  invoke: number;
  /** A message that is not answered by then is sent once more (MicrosoftDocs/msteams-docs #6084: 15 s). */
  message: number;
}

/** Everything that the window's parts share. */
export interface World {
  directory: Directory;
  messages: Messages;
  changes: Changes;
  faults: Faults;
  bot: Bot;
  /** Scopes (see `scopeOf`) in which the app is installed. */
  installed: Set<string>;
  /** Scopes of whose installation the bot has been told. */
  announced: Set<string>;
  patience: Patience;
  /** Aborts whatever waits when the window closes. */
  stopped: AbortSignal;
  /** What everybody's clients are set to (IANA): the zone of whoever opened the page last. */
  zone: string;
  serviceUrl(): string;
  now(): number;
}

/** An app is installed for one person, in one chat, or in a whole team. */
export const scopeOf = ({ room, owner }: Place): string =>
  room === 'personal' ? `personal:${owner}` : isChannel(room) ? 'team' : room;
