/**
 * What a turn costs, against a bare echo: `node bench/turn.ts`.
 * `--write` puts the table into bench/README.md; `--smoke` only shows that it runs; `--runs 5` instead of three.
 */
import { parseArgs } from 'node:util';
import { crowd, machine, writeBlock } from './page.ts';
import { run, type Plan, type Run } from './turnRun.ts';
import { turnTable } from './turnTable.ts';

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
  },
});

const full: Plan = { people: 300, warmUp: 300, turns: { 1: 75, 16: 96 }, rounds: 2, rest: 5_000 };
const smoke: Plan = { people: 16, warmUp: 8, turns: { 1: 4, 16: 16 }, rounds: 1, rest: 250 };

const plan = values.smoke ? smoke : full;
const before = crowd();
const runs: Run[] = [];
for (let number = 1; number <= (values.smoke ? 1 : Number(values.runs)); number += 1) {
  runs.push(await run(plan, number % 2 === 0));
  console.log(`run ${number}\n\n${turnTable(runs.slice(-1))}\n`);
}

const turns = `${runs.length} runs of ${plan.rounds} × ${plan.turns[1]} turns alone and ${plan.rounds} × ${plan.turns[16]} in sixteens`;
const told = `${turnTable(runs)}\n\n${machine()}; ${turns}, after ${plan.warmUp} to warm up; load average before: ${before}.`;
if (runs.length > 1) console.log(told);
if (values.write) await writeBlock('turn', told);
