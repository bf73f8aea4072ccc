import { setTimeout as wait } from 'node:timers/promises';
import type { RunningChat } from '../../src/sandbox/chat/server.ts';
import { roomKeys } from '../../src/sandbox/chat/rooms.ts';
import type { ChatMessage } from '../../src/sandbox/chat/view.ts';
import type { Bell } from './bell.ts';
import type { Bot } from './bot.ts';
import type { Chance } from './chance.ts';

/** Beside what a kill is to fall, and how often. */
const aims = { start: 12, ready: 20, click: 26, write: 14, written: 14, post: 14 };
export type Aim = keyof typeof aims;

/** The most milliseconds by which a kill comes later than what it is aimed at. */
const latest: Readonly<Record<Aim, number>> = {
  start: 1_500,
  ready: 1_500,
  click: 350,
  write: 40,
  written: 60,
  post: 8,
};
/** Milliseconds that a kill waits for what it is aimed at. */
const longestAim = 5_000;

/** Kills one of them so many times, and starts it again at once. Answers what the kills fell beside. */
export async function killOften(
  bots: readonly Bot[],
  chat: RunningChat,
  bell: Bell,
  chance: Chance,
  kills: number,
  log: (line: string) => void,
): Promise<Readonly<Partial<Record<string, number>>>> {
  const fell: Record<string, number> = {};
  for (let count = 1; count <= kills; count += 1) {
    const aim = chance.weighed(aims);
    const bot = chance.of(bots);
    const found = await take(aim, bot, chat, bell);
    const late = chance.between(0, latest[aim]);
    // Half of those that follow upon something follow at once: the next write to the store is milliseconds away.
    if (late > 0 && (aim === 'start' || aim === 'ready' || chance.happens(0.5))) await wait(late);
    await bot.kill();
    const beside = found ? aim : 'nothing';
    fell[beside] = (fell[beside] ?? 0) + 1;
    bot.start();
    if (count % 20 === 0) log(`${count} kills`);
  }
  return fell;
}

/** Resolves at the moment that is aimed at; false when it did not come. */
async function take(aim: Aim, bot: Bot, chat: RunningChat, bell: Bell): Promise<boolean> {
  if (aim === 'start') return true;
  if (!(await bot.ready())) return false;
  if (aim === 'ready') return true;
  return aim === 'post' ? nextPost(chat) : bell.next(aim, longestAim);
}

/** Resolves when Teams has made a message of what the bot posted, and has not answered yet. */
async function nextPost(chat: RunningChat): Promise<boolean> {
  const posts = (messages: readonly ChatMessage[]) => messages.filter(({ from }) => from === 'bot').length;
  const waiting = roomKeys.map((room) => {
    const before = posts(chat.messages(room));
    return chat.until(room, (messages) => posts(messages) > before, longestAim);
  });
  return Promise.any(waiting).then(
    () => true,
    () => false,
  );
}
