import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, type Child } from './child.ts';
import { startFakeGraph } from './fakeGraph.ts';
import { nudge, personNumber, startFakeTeams } from './fakeTeams.ts';
import { percentile } from './figures.ts';
import { poster } from './http.ts';
import {
  botAt,
  clicks,
  commands,
  echoAt,
  quiet,
  type Job,
  type Outside,
  type Rhythm,
  type Target,
} from './turnLoad.ts';

/** How much is done in one run. */
export interface Plan {
  /** Each has a personal chat of their own. */
  readonly people: number;
  /** Commands, and clicks on their cards, before anything is measured. */
  readonly warmUp: number;
  /** Commands, and clicks on their cards, per round, by how many there are at the same moment. */
  readonly turns: Readonly<Record<Width, number>>;
  readonly rounds: number;
  /** Milliseconds for which the processes are left alone, to see what they cost at rest. */
  readonly rest: number;
}

export const widths = [1, 16] as const;
/** One message per command, two per click: within what Teams allows one bot in one tenant, see `src/teams/limits.ts`. */
const rhythms = {
  command: { 1: { width: 1, every: 50 }, 16: { width: 16, every: 1_000 } },
  click: { 1: { width: 1, every: 60 }, 16: { width: 16, every: 1_000 } },
};
const allAtOnce: Rhythm = { width: 8, every: 0 };
/** Turns at the same moment. */
export type Width = (typeof widths)[number];

/** What one process cost in one run. Times in milliseconds, memory in bytes. */
export interface Measured {
  readonly readyMs: number;
  readonly memoryAtStart: number;
  readonly memoryAfter: number;
  /** CPU per second of rest, once it is warm. */
  readonly restMs: number;
  readonly at: Readonly<Record<Width, Costs>>;
}

export interface Costs {
  readonly command: Cost & Effort;
  readonly click: Cost & Effort;
  readonly toGraph: Cost;
}

export interface Cost {
  readonly p50: number;
  readonly p99: number;
}

/** What a turn took, with all that it left behind. */
export interface Effort {
  /** User and system time of the measured process, less what it would have spent at rest meanwhile. */
  readonly cpu: number;
  /** HTTP requests to Graph; a $batch is one. */
  readonly graph: number;
  /** HTTP requests to the connector. */
  readonly teams: number;
}

/** One of the two that are compared, while it runs. */
interface Contender {
  readonly child: Child;
  readonly target: Target;
  readonly memoryAtStart: number;
  /** CPU per millisecond of rest, once it is warm. */
  rest: number;
  readonly ledger: Readonly<Record<Width, Account>>;
}

interface Account {
  turns: number;
  readonly commandEffort: Mutable<Effort>;
  readonly clickEffort: Mutable<Effort>;
  readonly command: number[];
  readonly click: number[];
  readonly toGraph: number[];
}

type Mutable<T> = { -readonly [Property in keyof T]: T[Property] };

export interface Run {
  readonly bot: Measured;
  readonly echo: Measured;
}

/** Bot and echo side by side in time, taking turns round by round, so that a machine that slows down slows down both. */
export async function run(plan: Plan, echoFirst: boolean): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'device-desk-bench-'));
  const outside: Outside = { teams: await startFakeTeams(), graph: await startFakeGraph() };
  const children: Child[] = [];
  try {
    // One after the other: neither is to start while the other does.
    for (const begin of [startBot, startEcho]) children.push(await begin(outside, folder));
    await sleep(1_000);
    const [bot, echo] = children as [Child, Child];
    const desk = contender(bot, botAt(bot.port, outside));
    const bare = contender(echo, echoAt(echo.port, outside));
    await contest(echoFirst ? [bare, desk] : [desk, bare], outside, plan);
    const [strange] = outside.graph.strange;
    if (strange) throw new Error(`Graph was asked for something unknown: ${strange}`);
    return { bot: concluded(desk), echo: concluded(bare) };
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await Promise.all([outside.teams.close(), outside.graph.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The bot as `npm start` runs it in sandbox mode, but with our Graph, and without looks: tracking is another bench's. */
export const startBot = ({ graph }: Outside, folder: string, flags: readonly string[] = []): Promise<Child> =>
  start({
    entry: 'src/main.ts',
    flags,
    folder,
    environment: {
      SANDBOX_CHAT: 'off',
      SANDBOX_GRAPH_URL: graph.url,
      TRACKING_INTERVALS: '1h',
      LOG_LEVEL: 'warn',
      DATA_DIR: join(folder, 'data'),
    },
    isReady: async (port) => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok,
  });

const startEcho = ({ teams }: Outside, folder: string): Promise<Child> => {
  const post = poster(1);
  return start({
    entry: 'bench/echo.ts',
    folder,
    environment: {},
    isReady: async (port) => (await post(`http://127.0.0.1:${port}/api/messages`, nudge(teams.url))).status === 200,
  });
};

function contender(child: Child, target: Target): Contender {
  const none = () => ({ cpu: 0, graph: 0, teams: 0 });
  const efforts = () => ({ commandEffort: none(), clickEffort: none() });
  const account = (): Account => ({ turns: 0, ...efforts(), command: [], click: [], toGraph: [] });
  return { child, target, memoryAtStart: child.memory(), rest: 0, ledger: { 1: account(), 16: account() } };
}

async function contest(contenders: readonly Contender[], outside: Outside, plan: Plan): Promise<void> {
  for (const one of contenders) {
    const jobs = jobsFor('W', plan.warmUp, plan.people);
    await clicks(one.target, jobs, await commands(one.target, jobs, allAtOnce), allAtOnce);
    await quiet(outside);
    const before = one.child.cpuMs();
    await sleep(plan.rest);
    one.rest = (one.child.cpuMs() - before) / plan.rest;
  }
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const one of contenders) {
      for (const width of widths) {
        await measure(one, outside, width, jobsFor(`R${round}C${width}`, plan.turns[width], plan.people));
      }
    }
  }
}

export const jobsFor = (series: string, count: number, people: number): readonly Job[] =>
  Array.from({ length: count }, (_, index) => ({
    person: personNumber(index % people),
    device: `MAC-${series}-${String(index).padStart(5, '0')}`,
  }));

async function measure(one: Contender, outside: Outside, width: Width, jobs: readonly Job[]): Promise<void> {
  const { target, ledger } = one;
  const { command, click, toGraph } = target.latencies;
  for (const list of [command, click, toGraph]) list.length = 0;
  const account = ledger[width];
  const cards = await effort(one, outside, account.commandEffort, () => commands(target, jobs, rhythms.command[width]));
  await effort(one, outside, account.clickEffort, () => clicks(target, jobs, cards, rhythms.click[width]));
  account.turns += jobs.length;
  account.command.push(...command);
  account.click.push(...click);
  account.toGraph.push(...toGraph);
}

/** Adds to `sum` what the work took until all is quiet again. */
async function effort<Result>(
  { child, rest }: Contender,
  outside: Outside,
  sum: Mutable<Effort>,
  work: () => Promise<Result>,
) {
  const { graph, teams } = outside;
  const before = { at: performance.now(), cpu: child.cpuMs(), graph: graph.count(), teams: teams.count() };
  const result = await work();
  await quiet(outside);
  sum.cpu += child.cpuMs() - before.cpu - rest * (performance.now() - before.at);
  sum.graph += graph.count() - before.graph;
  sum.teams += teams.count() - before.teams;
  return result;
}

const concluded = ({ child, memoryAtStart, rest, ledger }: Contender): Measured => ({
  readyMs: child.readyMs,
  memoryAtStart,
  memoryAfter: child.memory(),
  restMs: rest * 1_000,
  at: { 1: costsOf(ledger[1]), 16: costsOf(ledger[16]) },
});

const costsOf = ({ turns, commandEffort, clickEffort, command, click, toGraph }: Account): Costs => ({
  command: { ...perTurn(commandEffort, turns), ...latencyOf(command) },
  click: { ...perTurn(clickEffort, turns), ...latencyOf(click) },
  toGraph: latencyOf(toGraph),
});

const perTurn = ({ cpu, graph, teams }: Effort, turns: number): Effort => ({
  cpu: cpu / turns,
  graph: graph / turns,
  teams: teams / turns,
});

const latencyOf = (times: readonly number[]) => ({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) });
