import { setTimeout as wait } from 'node:timers/promises';
import { startChat } from '../../src/sandbox/chat/server.ts';
import type { RunningChat } from '../../src/sandbox/chat/server.ts';
import { roomKeys } from '../../src/sandbox/chat/rooms.ts';
import type { PersonKey, RoomKey } from '../../src/sandbox/chat/rooms.ts';
import { startTenant } from '../../src/sandbox/tenant/server.ts';
import type { RunningTenant } from '../../src/sandbox/tenant/server.ts';
import { work } from './agent.ts';
import type { Shift } from './agent.ts';
import { Bell } from './bell.ts';
import { Bot } from './bot.ts';
import { Chance } from './chance.ts';
import type { Engine } from './engines.ts';
import { isWrite, startGraphLine } from './graphLine.ts';
import type { GraphLine } from './graphLine.ts';
import { startFront } from './front.ts';
import { killOften } from './killer.ts';
import type { Errand, Facts } from './ledger.ts';
import { Menu } from './menu.ts';
import { reportOf } from './report.ts';
import type { Report } from './report.ts';
import { freePort } from '../freePort.ts';

export interface FaultsOptions {
  /** Stopped when all is over. */
  readonly engine: Engine;
  /** How many processes of the bot share the store; 1 unless told otherwise. */
  readonly processes?: number;
  /** How often one of them is killed. */
  readonly kills: number;
  /** People go on asking until at least so many operations are confirmed, also when all kills are over. */
  readonly operations?: number;
  readonly seed: number;
  readonly log?: (line: string) => void;
}

export interface Outcome {
  readonly report: Report;
  readonly facts: Facts;
  /** What the kills fell beside. */
  readonly kills: Readonly<Partial<Record<string, number>>>;
  /** How the bot ended by itself; there should be none. */
  readonly crashes: readonly string[];
  /** The last lines that the bot printed, over all its lives. */
  readonly printed: readonly string[];
  /** The bot's warnings and errors, by what they say. */
  readonly complaints: ReadonlyMap<string, number>;
  /** Milliseconds from each start until it was ready. */
  readonly startTimes: readonly number[];
  readonly seconds: number;
}

const staff: readonly (readonly [PersonKey, RoomKey])[] = [
  ['alex', 'personal'],
  ['megan', 'personal'],
  ['isaiah', 'personal'],
  ['alex', 'group'],
  ['megan', 'channel:general'],
  ['isaiah', 'channel:incidents'],
  ['alex', 'channel:general'],
  ['megan', 'channel:incidents'],
];
/** Milliseconds after the last kill by which everything that was confirmed must have ended. */
const longestEnd = 90_000;
/** How much faster than life the tenant's devices are. */
const speed = 3;

const settings = {
  SANDBOX_CHAT: 'off',
  SETTLE_TIME: '3s',
  LOG_LEVEL: 'warn',
  TRACKING_INTERVALS: '200ms,500ms,1s',
  TRACKING_PATIENCE: '10m',
  UNSURE_PATIENCE: '5s',
};

/**
 * The bot as a process of its own, killed again and again, between a Graph and a Teams that survive. Rejects when it
 * cannot be started, and answers what was seen of everything else.
 */
export async function runFaults(options: FaultsOptions): Promise<Outcome> {
  const chance = new Chance(options.seed);
  const bell = new Bell();
  const tenant = await startTenant({ speed });
  const line = await startGraphLine(tenant.url, bell, chance.branch());
  const environment = { ...settings, ...options.engine.environment, SANDBOX_GRAPH_URL: line.url };
  const ports = await Promise.all(Array.from({ length: options.processes ?? 1 }, freePort));
  const bots = ports.map((port) => new Bot(port, environment));
  const front = await startFront(bots);
  const chat = await startChat({ botUrl: `${front.url}/api/messages` });
  try {
    return await live(options, { chance, bell, tenant, line, bots, chat });
  } finally {
    await Promise.all(bots.map((bot) => bot.kill()));
    await Promise.all([chat.stop(), front.stop(), line.stop(), tenant.stop()]);
    await options.engine.stop();
  }
}

interface Stage {
  readonly chance: Chance;
  readonly bell: Bell;
  readonly tenant: RunningTenant;
  readonly line: GraphLine;
  readonly bots: readonly Bot[];
  readonly chat: RunningChat;
}

async function live(options: FaultsOptions, { chance, bell, tenant, line, bots, chat }: Stage): Promise<Outcome> {
  const { kills, operations = 0, log = () => undefined } = options;
  const from = Date.now();
  const errands: Errand[] = [];
  let killed = false;
  let lateAt = Infinity;
  const confirmed = () => errands.filter(({ confirmedAt }) => confirmedAt !== undefined).length;
  const shift: Shift = {
    ...{ chat, bell, menu: new Menu(), errands },
    isOver: () => killed && (confirmed() >= operations || Date.now() >= lateAt),
    isLate: () => Date.now() >= lateAt,
  };
  for (const bot of bots) {
    bot.start();
    if (!(await bot.ready())) throw new Error(`The bot does not start:\n${bot.printed.join('\n')}`);
  }
  const working = staff.map(([who, room]) => work(shift, who, room, chance.branch()));
  const fell = await killOften(bots, chat, bell, chance.branch(), kills, log);
  await Promise.all(bots.map((bot) => bot.ready()));
  killed = true;
  lateAt = Date.now() + longestEnd;
  log(`all kills are over, ${confirmed()} operations are confirmed`);
  await Promise.all(working);
  const facts = () => factsOf(errands, line, tenant, chat);
  await settled(chat, facts, lateAt);
  await Promise.all(bots.map((bot) => bot.stop()));
  const seen = facts();
  const seconds = Math.round((Date.now() - from) / 1000);
  return { report: reportOf(seen), facts: seen, kills: fell, seconds, ...together(bots) };
}

function together(bots: readonly Bot[]) {
  const complaints = new Map<string, number>();
  for (const [words, count] of bots.flatMap((bot) => [...bot.complaints]))
    complaints.set(words, (complaints.get(words) ?? 0) + count);
  return {
    complaints,
    crashes: bots.flatMap((bot) => bot.crashes),
    startTimes: bots.flatMap((bot) => bot.startTimes),
    printed: bots.flatMap((bot) => bot.printed),
  };
}

const factsOf = (errands: readonly Errand[], line: GraphLine, tenant: RunningTenant, chat: RunningChat): Facts => ({
  errands: structuredClone(errands),
  writes: structuredClone(line.writes),
  writesAtTenant: tenant.requests().filter(isWrite).length,
  messages: roomKeys.flatMap((room) => chat.messages(room)),
});

/** Until all is told, and for a moment nothing more comes, which would be a second reply. */
async function settled(chat: RunningChat, facts: () => Facts, until: number): Promise<void> {
  const count = () => roomKeys.reduce((sum, room) => sum + chat.messages(room).length, 0);
  const isTold = () => {
    const { cardsMissing, repliesMissing } = reportOf(facts());
    return cardsMissing.length + repliesMissing.length === 0;
  };
  for (let before = -1; Date.now() < until;) {
    const now = count();
    if (now === before && isTold()) return;
    before = now;
    await wait(2_000);
  }
}
