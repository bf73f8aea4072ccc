import { median, short, spread, table } from './figures.ts';
import { widths, type Measured, type Run, type Width } from './turnRun.ts';

const megabytes = (bytes: number) => bytes / 1_000_000;

type Read = (measured: Measured) => number;

type Row = readonly [name: string, read: Read];

const at = (width: Width): string => (width === 1 ? 'alone' : `${width} at once`);

/** One kind of turn at one width. */
const turnRows = (what: 'command' | 'click', name: string, width: Width): readonly Row[] => [
  [`${name}, ${at(width)}: CPU per turn, ms`, (measured) => measured.at[width][what].cpu],
  [`${name}, ${at(width)}: p50, ms`, (measured) => measured.at[width][what].p50],
  [`${name}, ${at(width)}: p99, ms`, (measured) => measured.at[width][what].p99],
];

const graphRows = (width: Width): readonly Row[] => [
  [`click → Graph, ${at(width)}: p50, ms`, (measured) => measured.at[width].toGraph.p50],
  [`click → Graph, ${at(width)}: p99, ms`, (measured) => measured.at[width].toGraph.p99],
];

const effortRows = (what: 'command' | 'click'): readonly Row[] => [
  [`requests to Graph per ${what}`, (measured) => measured.at[16][what].graph],
  [`requests to Teams per ${what}`, (measured) => measured.at[16][what].teams],
];

const rows: readonly Row[] = [
  ...widths.flatMap((width) => turnRows('command', 'command → card', width)),
  ...widths.flatMap((width) => turnRows('click', 'click → answer', width)),
  ...widths.flatMap(graphRows),
  ...effortRows('command'),
  ...effortRows('click'),
  ['start to ready, ms', ({ readyMs }) => readyMs],
  ['memory after start, MB', ({ memoryAtStart }) => megabytes(memoryAtStart)],
  ['memory at rest after the load, MB', ({ memoryAfter }) => megabytes(memoryAfter)],
  ['CPU at rest, ms per second', ({ restMs }) => restMs],
];

/** Medians of the runs with the least and the greatest; the ratio is that of the medians. */
export function turnTable(runs: readonly Run[]): string {
  return table(
    ['', 'Device Desk', 'bare echo', 'ratio'],
    rows.map(([name, read]) => {
      const bot = runs.map(({ bot: measured }) => read(measured));
      const echo = runs.map(({ echo: measured }) => read(measured));
      const ratio = median(bot) / median(echo);
      return [name, spread(bot), Number.isFinite(median(echo)) ? spread(echo) : '', ratioOf(ratio)];
    }),
  );
}

const ratioOf = (ratio: number): string => (Number.isFinite(ratio) ? `× ${short(ratio)}` : '');
