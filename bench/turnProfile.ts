/**
 * Where the time of a turn goes: `node bench/turnProfile.ts [folder]`. Prints what costs most in a command and in a
 * click, and leaves `command.cpuprofile` and `click.cpuprofile` in the folder (default `build`) for Chromium's DevTools.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeGraph } from './fakeGraph.ts';
import { startFakeTeams, type Said } from './fakeTeams.ts';
import { short, table } from './figures.ts';
import { attach, summarise, type Ranking, type Summary } from './profiler.ts';
import { botAt, clicks, commands, quiet, type Outside } from './turnLoad.ts';
import { jobsFor, startBot } from './turnRun.ts';

const [, , to = 'build'] = process.argv;
const people = 300;
const turns = 400;
const rhythm = { width: 8, every: 0 };

const ranking = (entries: Ranking, busyMs: number, first: number): string =>
  table(
    ['', 'ms per turn', 'share'],
    entries
      .slice(0, first)
      .map(([name, ms]) => [name.replaceAll('|', '\\|'), (ms / turns).toFixed(3), `${short((100 * ms) / busyMs)} %`]),
  );

function tell(what: string, { busyMs, places, functions, ours }: Summary): void {
  console.log(`\n## ${what}: ${short(busyMs / turns)} ms on the main thread per turn\n`);
  console.log(`Own time, by package or file:\n\n${ranking(places, busyMs, 25)}\n`);
  console.log(`Own time, by function:\n\n${ranking(functions, busyMs, 25)}\n`);
  console.log(`Our functions with what they call:\n\n${ranking(ours, busyMs, 30)}`);
}

const folder = await mkdtemp(join(tmpdir(), 'device-desk-bench-'));
const outside: Outside = { teams: await startFakeTeams(), graph: await startFakeGraph() };
const bot = await startBot(outside, folder, ['--inspect=127.0.0.1:0']);
try {
  const target = botAt(bot.port, outside);
  const warmUp = jobsFor('W', people, people);
  await clicks(target, warmUp, await commands(target, warmUp, rhythm), rhythm);
  await quiet(outside);
  await mkdir(to, { recursive: true });
  const profiler = await attach(bot.printed());
  const jobs = jobsFor('P', turns, people);
  let cards: readonly Said[] = [];
  const command = await profiler.during(join(to, 'command.cpuprofile'), async () => {
    cards = await commands(target, jobs, rhythm);
    await quiet(outside);
  });
  const click = await profiler.during(join(to, 'click.cpuprofile'), async () => {
    await clicks(target, jobs, cards, rhythm);
    await quiet(outside);
  });
  profiler.close();
  tell('A command', summarise(command));
  tell('A click', summarise(click));
} finally {
  await bot.stop();
  await Promise.all([outside.teams.close(), outside.graph.close()]);
  await rm(folder, { recursive: true, force: true });
}
