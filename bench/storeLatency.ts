import type { Operation } from '../src/model/operation.ts';
import type { Move } from '../src/storePort.ts';
import { openStore } from '../src/store/open.ts';
import type { SqlStore } from '../src/store/open.ts';
import { percentile } from './figures.ts';
import type { Durable, Filling } from './storeFill.ts';
import { entryOf, finished, lookedFor, tellingOf } from './storeOperations.ts';
import { serverCpuMs } from './storeServer.ts';

/** As many as one tick takes. */
const full = 20;

/** How many rounds, each of twenty claimed and recorded, per turn of a stand. */
export interface Rounds {
  readonly turns: number;
  /** Before the first turn. */
  readonly warmUp: number;
  readonly uneventful: number;
  readonly ending: number;
}

/** A store that was filled, and the hour it is there: it goes on from run to run. */
export interface Stand {
  readonly where: Durable;
  readonly filling: Filling;
  now: number;
}

export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** Milliseconds. */
export interface Latency {
  readonly claim: Times;
  readonly record: Times;
  /** Claim and record together. */
  readonly round: Times;
  /** Of node and server, per operation that was claimed and recorded. */
  readonly cpu: number;
  /** Twenty that are over, each with an entry and two tellings. */
  readonly recordEnds: Times;
}

const timesOf = (values: readonly number[]): Times => ({ p50: percentile(values, 0.5), p99: percentile(values, 0.99) });

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Goes on to the time at which twenty are due, and claims them. */
async function claim(store: SqlStore, stand: Stand): Promise<readonly Operation[]> {
  stand.now += full * stand.filling.step;
  const claimed = await store.claimLooks(stand.now, full, stand.now + 60_000);
  if (claimed.length !== full) throw new Error(`${claimed.length} were due instead of ${full}`);
  return claimed;
}

/** Each is due again when all others were. */
const again = ({ filling: { open, step } }: Stand, operation: Operation): number =>
  (operation.state.is === 'running' ? operation.state.nextLookAt : 0) + open * step;

async function timed<T>(list: number[], work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  list.push(performance.now() - begun);
  return result;
}

async function written(store: SqlStore, moves: readonly Move[]): Promise<readonly Operation[]> {
  const operations = (await store.record(moves)).filter((each) => each !== undefined);
  if (operations.length !== moves.length) throw new Error('somebody else moved an operation');
  return operations;
}

/** Nothing new was seen of any. */
async function uneventful(store: SqlStore, stand: Stand, rounds: number) {
  const times = { claim: [] as number[], record: [] as number[], round: [] as number[] };
  for (let round = 0; round < rounds; round += 1)
    await timed(times.round, async () => {
      const claimed = await timed(times.claim, () => claim(store, stand));
      const moves = claimed.map((from) => ({ from, to: lookedFor(from, again(stand, from)) }));
      await timed(times.record, () => written(store, moves));
    });
  return times;
}

/** All are over; afterwards, beside the clock, they are opened again, so that there are always as many. */
async function ending(store: SqlStore, stand: Stand, rounds: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const claimed = await claim(store, stand);
    const moves = claimed.map((from): Move => {
      const to = finished(from);
      return { from, to, entry: entryOf('finished', to, 'done'), tell: [tellingOf('card', to), tellingOf('end', to)] };
    });
    const over = await timed(times, () => written(store, moves));
    const reopened = over.map((from, index) => {
      const before = claimed[index] ?? from;
      return { from, to: lookedFor(before, again(stand, before)) };
    });
    await written(store, reopened);
  }
  return times;
}

/** What was seen at one stand so far. */
interface Seen {
  readonly store: SqlStore;
  readonly claim: number[];
  readonly record: number[];
  readonly round: number[];
  readonly ends: number[];
  cpu: number;
}

async function part(stand: Stand, seen: Seen, rounds: Rounds, serverPid: number | undefined): Promise<void> {
  const before = { node: process.cpuUsage(), server: serverCpuMs(serverPid) };
  const times = await uneventful(seen.store, stand, rounds.uneventful);
  const server = serverCpuMs(serverPid) - before.server;
  const { user, system } = process.cpuUsage(before.node);
  seen.cpu += (user + system) / 1_000 + server;
  seen.claim.push(...times.claim);
  seen.record.push(...times.record);
  seen.round.push(...times.round);
  seen.ends.push(...(await ending(seen.store, stand, rounds.ending)));
}

async function opened(stand: Stand, { warmUp }: Rounds): Promise<Seen> {
  const store = await openStore(stand.where, { now: () => stand.now }, silent);
  await uneventful(store, stand, warmUp);
  return { store, claim: [], record: [], round: [], ends: [], cpu: 0 };
}

/**
 * How long claims and records take in stores that were filled, as they are in the bot but for Graph. The stands take
 * turns, so that a machine that slows down slows down all of them. One answer per stand, in order.
 */
export async function latenciesAt(
  stands: readonly Stand[],
  rounds: Rounds,
  serverPid: number | undefined,
): Promise<readonly Latency[]> {
  const all = new Map<Stand, Seen>();
  try {
    for (const stand of stands) all.set(stand, await opened(stand, rounds));
    for (let turn = 0; turn < rounds.turns; turn += 1)
      for (const [stand, seen] of turn % 2 === 0 ? all : [...all].reverse()) await part(stand, seen, rounds, serverPid);
    return [...all.values()].map(({ claim, record, round, ends, cpu }) => ({
      claim: timesOf(claim),
      record: timesOf(record),
      round: timesOf(round),
      cpu: cpu / (round.length * full),
      recordEnds: timesOf(ends),
    }));
  } finally {
    for (const { store } of all.values()) await store.close();
  }
}
