/**
 * What remembering and following cost, on both engines: `node bench/store.ts`.
 * `--engine sqlite`, `postgres` or `both`; `--write` puts the table into bench/README.md; `--smoke` only shows that it
 * runs; `--runs 5` instead of three.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { short } from './figures.ts';
import { machine, writeBlock } from './page.ts';
import { sizes } from './storeFill.ts';
import { contender, inFolder, run } from './storeRun.ts';
import type { Contender, Measured, Plan } from './storeRun.ts';
import { startServer } from './storeServer.ts';
import { growths, storeTables } from './storeTable.ts';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    smoke: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
  },
});

const full: Plan = {
  levels: [
    { open: 100, finished: 0 },
    { open: 10_000, finished: 0 },
    { open: 100_000, finished: 0 },
    { open: 10_000, finished: 1_000_000 },
  ],
  amounts: { warmUp: 200, creates: 1_500, cycles: 500 },
  rounds: { turns: 6, warmUp: 60, uneventful: 60, ending: 10 },
  tracked: 10_000,
  crowd: 100_000,
  settle: 5_000,
  watch: 55_000,
};

const smoke: Plan = {
  levels: [
    { open: 40, finished: 0 },
    { open: 200, finished: 0 },
    { open: 400, finished: 0 },
    { open: 200, finished: 1_000 },
  ],
  amounts: { warmUp: 5, creates: 20, cycles: 20 },
  rounds: { turns: 2, warmUp: 2, uneventful: 5, ending: 3 },
  tracked: 200,
  crowd: 400,
  settle: 300,
  watch: 1_000,
};

const plan = values.smoke ? smoke : full;
const wanted = (engine: string) => values.engine === engine || values.engine === 'both';
if (!wanted('sqlite') && !wanted('postgres')) throw new Error('--engine takes sqlite, postgres or both');
// Whatever ends it, the server and the folders go: they hang on `exit`.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const [load = 0] = loadavg();
const server = wanted('postgres') ? await startServer() : undefined;
if (wanted('postgres') && !server) console.log('PostgreSQL is not installed here, and is left out.');

await inFolder(async (folder) => {
  const contenders: Contender[] = [];
  if (wanted('sqlite')) contenders.push(await contender(plan, undefined, folder));
  if (server) contenders.push(await contender(plan, server, folder));
  const runs: Measured[][] = [];
  for (let number = 1; number <= (values.smoke ? 1 : Number(values.runs)); number += 1) {
    runs.push(await run(contenders, plan, number % 2 === 0));
    console.log(
      `run ${number}, load ${short(loadavg()[0] ?? 0)}\n\n${storeTables(contenders, runs.slice(-1), plan).join('\n\n')}\n`,
    );
  }
  const versions = `SQLite ${process.versions.sqlite}${server ? `, PostgreSQL ${server.version}` : ''}`;
  const json = `JSON of an open operation has ${sizes.open} bytes, of a finished one ${sizes.finished}`;
  const { rounds, amounts, watch } = plan;
  const done = `${runs.length} runs of ${amounts.creates} creates, ${amounts.cycles} cycles, ${rounds.turns * rounds.uneventful} claims and records per level, and ${watch / 1_000} s of following`;
  const tables = storeTables(contenders, runs, plan);
  const told = `${machine()}, ${versions}, load average ${short(load)} when it began; ${done}. ${json}.`;
  console.log(`${runs.length > 1 ? `${tables.join('\n\n')}\n\n` : ''}${told}`);
  console.log(`\nGreatest growth of the cost per operation: ${growths(contenders, runs, plan)}.`);
  if (values.write) await writeBlock('store', [...tables, told].join('\n\n<!-- prettier-ignore -->\n'));
});
server?.stop();
