import { people } from '../company.ts';
import type { Activity, ChannelAccount, Mention } from './protocol.ts';
import type { PersonKey, RoomKey } from './rooms.ts';
import { clientInfo } from './inbound.ts';
import type { World } from './world.ts';

/** How a message is typed. */
export interface SayOptions {
  /** People mentioned: `@Lynne Robbins` or `@lynne` in the text becomes the mention, else it is put at the end. */
  mention?: PersonKey[];
  /** In a channel: id of the root message whose thread is answered; without it, a new post. */
  thread?: string;
  /** Whether the bot is mentioned: by default in the group chat and in channels. */
  mentionBot?: boolean;
  /** The text arrives as HTML writes it (`&lt;`, `&amp;`, `&nbsp;`), as some clients send it. */
  html?: boolean;
  /** The message's id, in place of the next one. */
  id?: string;
}

export interface Composed {
  text: string;
  mentions: Mention[];
  mentionsBot: boolean;
  /** Of the client that it was typed on (IANA). */
  zone: string;
}

const escapeHtml = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\u00a0/g, '&nbsp;');

const tags = /(<at>.*?<\/at>)/;

function weave(text: string, account: ChannelAccount, names: string[], end: 'front' | 'back'): string {
  const tag = `<at>${account.name}</at>`;
  const written = names.find((name) => text.toLowerCase().includes(`@${name.toLowerCase()}`));
  if (text.includes(tag)) return text;
  if (written === undefined) return end === 'front' ? `${tag} ${text}` : `${text} ${tag}`;
  const at = text.toLowerCase().indexOf(`@${written.toLowerCase()}`);
  return text.slice(0, at) + tag + text.slice(at + written.length + 1);
}

/** Turns what was typed into Teams' text and its mention entities. */
export function compose(world: World, room: RoomKey, typed: string, options: SayOptions = {}): Composed {
  const { bot } = world.directory;
  const mentionsBot = options.mentionBot ?? room !== 'personal';
  const accounts: ChannelAccount[] = (options.mention ?? []).map((who) => world.directory.account(who));
  const keys = options.mention ?? [];
  let text = typed;
  keys.forEach((who) => {
    text = weave(text, world.directory.account(who), [people[who].displayName, who], 'back');
  });
  if (mentionsBot) text = weave(text, bot, [bot.name], 'front');
  const mentioned = mentionsBot ? [bot, ...accounts] : accounts;
  const mentions = mentioned.map(({ id, name = '' }): Mention => ({
    type: 'mention',
    mentioned: { id, name },
    text: `<at>${name}</at>`,
  }));
  return { text, mentions, mentionsBot, zone: world.zone };
}

/**
 * The fields of a message activity. Teams makes the blank after a picked mention an nbsp, but not always; here every
 * second message that mentions somebody has it, told by `nbsp`.
 */
export function messageFields({ text, mentions, zone }: Composed, html = false, nbsp = false): Partial<Activity> {
  const spoken = nbsp ? text.replace('</at> ', '</at>\u00a0') : text;
  const encode = (plain: string) =>
    plain
      .split(tags)
      .map((piece) => (tags.test(piece) ? piece : escapeHtml(piece)))
      .join('');
  let index = 0;
  const copy = encode(spoken)
    .replace(
      /<at>(.*?)<\/at>/g,
      (_tag, name: string) =>
        `<span itemscope itemtype="http://schema.skype.com/Mention" itemid="${index++}">${escapeHtml(name)}</span>`,
    )
    .replaceAll('\n', '<br>');
  return {
    text: html ? encode(spoken) : spoken,
    textFormat: 'plain',
    attachments: [{ contentType: 'text/html', content: `<p>${copy}</p>` }],
    entities: [...mentions.map((mention) => ({ ...mention })), clientInfo(zone)],
  };
}
