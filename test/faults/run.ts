import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFaults } from './harness.ts';
import type { Outcome } from './harness.ts';
import { engines } from './engines.ts';
import { casesOf } from './report.ts';
import type { Case, Report } from './report.ts';

/*
 * npm run faults -- --engine sqlite|postgres --kills 200 [--processes n] [--operations n] [--seed n] [--keep folder]
 *
 * Kills the bot again and again while people work, and counts what was done twice, forgotten or not told. In the
 * folder it leaves what it saw, and what the bot printed.
 */

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '200' },
    processes: { type: 'string', default: '1' },
    operations: { type: 'string', default: '0' },
    keep: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

const isEngine = (name: string): name is keyof typeof engines => name in engines;
const numbers = [values.kills, values.operations, values.seed, values.processes].map(Number);
const [kills, operations, seed, processes] = numbers;
if (!isEngine(values.engine) || numbers.some((count) => !Number.isInteger(count))) {
  console.error(
    'Usage: npm run faults -- --engine sqlite|postgres --kills 200 [--processes n] [--operations n] [--seed n]',
  );
  process.exit(2);
}

const listedOnce = (all: readonly string[]) => all.map((one) => `“${one}”`).join(', ') || 'none';

/** What must be zero. */
const zeros = [
  'sentTwice',
  'forgotten',
  'cardsMissing',
  'repliesMissing',
  'untrue',
] as const satisfies (keyof Report)[];

const percentile = (times: readonly number[], part: number) =>
  times.toSorted((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;

const listed = (counts: Iterable<readonly [string, unknown]>) =>
  [...counts].map(([name, count]) => `${name} ${String(count)}`).join(', ') || 'none';

function rowsOf({
  report,
  kills: fell,
  crashes,
  complaints,
  startTimes,
  seconds,
}: Outcome): [string, string | number][] {
  const { took } = report;
  return [
    [
      'commands asked (refused, no at the click, unanswered)',
      `${report.asked} (${report.refused}, ${report.declined}, ${report.unanswered})`,
    ],
    ['confirmed operations (clicked again)', `${report.confirmed} (${report.clickedAgain})`],
    ['deliveries to the bot', report.deliveries],
    ['writes at Graph', report.sent],
    ['sent twice', report.sentTwice.length],
    ['forgotten', report.forgotten.length],
    ['result cards missing', report.cardsMissing.length],
    ['replies missing', report.repliesMissing.length],
    ['told "not sent" though it was', report.untrue.length],
    ['ended unproven', report.unproven],
    ['sent once more, for nobody knew whether it had left', report.resent],
    ['ended as not sent', report.notSent],
    [
      'duplicate cards (typed again, left in an old state)',
      `${report.duplicateCards} (${report.cardsAnew}, ${report.staleCopies})`,
    ],
    ['duplicate replies', report.duplicateReplies],
    ['click to end: median, 95 %, most', `${took.p50}, ${took.p95}, ${took.most} ms`],
    ['start to ready: median, 95 %', `${percentile(startTimes, 0.5)}, ${percentile(startTimes, 0.95)} ms`],
    ['kills fell beside', listed(Object.entries(fell))],
    ['ends that nobody asked for', crashes.length],
    ['warnings and errors', listed(complaints)],
    ['took', `${seconds} s`],
  ];
}

console.log(`engine ${values.engine}, processes ${String(processes)}, ${String(kills)} kills, seed ${String(seed)}`);
const outcome = await runFaults({
  engine: await engines[values.engine](),
  ...{ kills: kills!, operations: operations!, seed: seed!, processes: processes! },
  log: (line) => console.log(`  ${line}`),
});
for (const [name, value] of rowsOf(outcome)) console.log(`${name.padEnd(56)} ${String(value)}`);
/** What can be seen of one operation, in a line. */
const seenOf = ({ cards, replies, writes }: Case) =>
  [
    `cards ${listedOnce(cards.map(({ status }) => status))}`,
    `replies ${listedOnce(replies.map(({ text = '' }) => text))}`,
    `writes ${listedOnce(writes.map(({ status }) => String(status)))}`,
  ].join('; ');

const cases = casesOf(outcome.facts);
for (const name of zeros)
  for (const what of outcome.report[name]) {
    const found = cases.find((one) => one.name === what);
    console.log(`${name}: ${what}${found ? `: ${seenOf(found)}` : ''}`);
  }
for (const crash of outcome.crashes) console.log(`It ended by itself: ${crash}`);
if (values.keep !== undefined) {
  mkdirSync(values.keep, { recursive: true });
  writeFileSync(join(values.keep, 'facts.json'), JSON.stringify(outcome.facts, null, 1));
  writeFileSync(join(values.keep, 'bot.log'), outcome.printed.join('\n'));
}
const isWell = zeros.every((name) => outcome.report[name].length === 0) && outcome.crashes.length === 0;
process.exit(isWell ? 0 : 1);
