import { median, short, spread, table } from './figures.ts';
import type { Contender, Level, Measured, Plan } from './storeRun.ts';

type Read = (measured: Measured) => number;

type Row = readonly [name: string, read: Read];

const count = (value: number): string => value.toLocaleString('en');

const levelName = ({ open, finished }: Level): string =>
  finished > 0 ? `${count(open)} open beside ${count(finished)} finished` : `${count(open)} open`;

const throughputRows = (what: 'create' | 'cycle' | 'cycles', name: string): readonly Row[] => [
  [`${name}: per second`, ({ throughput }) => throughput[what].perSecond],
  [`${name}: p50, ms`, ({ throughput }) => throughput[what].p50],
  [`${name}: p99, ms`, ({ throughput }) => throughput[what].p99],
];

const latencyRows = (index: number): readonly Row[] => {
  const at = ({ latencies }: Measured) => latencies[index]!;
  return [
    [`claim 20, p50, ms`, (measured) => at(measured).claim.p50],
    [`claim 20, p99, ms`, (measured) => at(measured).claim.p99],
    [`record 20, p50, ms`, (measured) => at(measured).record.p50],
    [`record 20, p99, ms`, (measured) => at(measured).record.p99],
    [`record 20 that end, p50, ms`, (measured) => at(measured).recordEnds.p50],
    [`record 20 that end, p99, ms`, (measured) => at(measured).recordEnds.p99],
    [`CPU per operation claimed and recorded, ms`, (measured) => at(measured).cpu],
  ];
};

const megabyte = 1_000_000;

const trackingRows = ({ tracked, crowd }: Plan): readonly Row[] => [
  [`${count(tracked)} followed: looks per second`, ({ tracking }) => tracking.looksPerSecond],
  [`${count(tracked)} followed: CPU of the bot, % of one core`, ({ tracking }) => tracking.nodeCpu],
  [`${count(tracked)} followed: CPU of the database server, % of one core`, ({ tracking }) => tracking.serverCpu],
  [`start with ${count(crowd)} open: store open, ms`, ({ crowded }) => crowded.open],
  [`start with ${count(crowd)} open: first claim of 20, ms`, ({ crowded }) => crowded.firstClaim],
  ['memory of the bot, nothing open, MB', ({ empty }) => empty.resident / megabyte],
  [`memory of the bot, ${count(tracked)} open, MB`, ({ tracking }) => tracking.resident / megabyte],
  [`memory of the bot, ${count(crowd)} open, MB`, ({ crowded }) => crowded.resident / megabyte],
  ['memory per open operation, bytes: resident', ({ empty, crowded }) => (crowded.resident - empty.resident) / crowd],
  ['memory per open operation, bytes: heap', ({ empty, crowded }) => (crowded.heap - empty.heap) / crowd],
];

/** Within one run, so that a slow hour slows down both sides. */
const ratioRows = ({ levels }: Plan): readonly Row[] =>
  [
    [2, 0],
    [3, 1],
  ].flatMap(([more = 0, less = 0]): readonly Row[] => {
    const name = `${levelName(levels[more]!)}, against ${levelName(levels[less]!)}`;
    const ratio =
      (read: (latency: Measured['latencies'][number]) => number): Read =>
      ({ latencies }) =>
        read(latencies[more]!) / read(latencies[less]!);
    return [
      [`${name}: claim and record, p50`, ratio(({ round }) => round.p50)],
      [`${name}: CPU per operation`, ratio(({ cpu }) => cpu)],
    ];
  });

const cells = (runs: readonly (readonly Measured[])[], index: number, [, read]: Row): string =>
  spread(runs.map((measured) => read(measured[index]!)));

/** Medians of the runs with the least and the greatest: tables with one column per engine. */
export function storeTables(
  contenders: readonly Contender[],
  runs: readonly (readonly Measured[])[],
  plan: Plan,
): readonly string[] {
  const part = (rows: readonly Row[], prefix = '') =>
    rows.map((row) => [row[0], ...contenders.map((_, index) => `${prefix}${cells(runs, index, row)}`)]);
  const titled = (title: string, rows: readonly (readonly string[])[]) =>
    table([title, ...contenders.map(({ name }) => name)], rows);
  return [
    titled('Durable writes', [
      ...part(throughputRows('create', 'create')),
      ...part(throughputRows('cycle', 'whole cycle')),
      ...part(throughputRows('cycles', 'whole cycle, 16 at a time')),
    ]),
    ...plan.levels.map((level, index) => titled(levelName(level), part(latencyRows(index)))),
    titled('Growth', part(ratioRows(plan), '× ')),
    titled('Following', [
      ...part(trackingRows(plan)),
      ['disk per open operation, bytes', ...contenders.map(({ diskBytes }) => diskBytes.toFixed(0))],
    ]),
  ];
}

/** The greatest growth seen, for the last line: medians. */
export const growths = (contenders: readonly Contender[], runs: readonly (readonly Measured[])[], plan: Plan): string =>
  contenders
    .map(({ name }, index) => {
      const ratios = ratioRows(plan).map(([, read]) => median(runs.map((measured) => read(measured[index]!))));
      return `${name} × ${short(Math.max(...ratios))}`;
    })
    .join(', ');
