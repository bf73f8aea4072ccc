import type { Operation } from '../src/model/operation.ts';
import { openStore } from '../src/store/open.ts';
import type { SqlStore } from '../src/store/open.ts';
import { percentile } from './figures.ts';
import type { Durable } from './storeFill.ts';
import type { Times } from './storeLatency.ts';
import { claimed, entryOf, finished, proposed, running, sending, someone, tellingOf } from './storeOperations.ts';

export interface Throughput extends Times {
  readonly perSecond: number;
}

/** How much is done of each. */
export interface Amounts {
  readonly warmUp: number;
  readonly creates: number;
  readonly cycles: number;
}

export interface Throughputs {
  readonly create: Throughput;
  readonly cycle: Throughput;
  /** Sixteen cycles under way at a time. */
  readonly cycles: Throughput;
}

const present = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('somebody else moved an operation');
  return value;
};

/** The offer, its line in the journal, and its card, as one. */
async function create(store: SqlStore, operation: Operation): Promise<Operation> {
  const along = { entry: entryOf('asked', operation, operation.words), tell: [tellingOf('card', operation)] };
  const { is } = await store.create(operation, along);
  if (is !== 'created') throw new Error(`an operation was not created, but ${is}`);
  return operation;
}

async function confirm(store: SqlStore, offered: Operation): Promise<Operation> {
  const to = claimed(offered);
  const along = { entry: entryOf('confirmed', to), tell: [tellingOf('card', to)] };
  const claim = await store.claim(offered, to, ({ state }) => state.is !== 'proposed', along);
  if (claim.is !== 'moved') throw new Error(`an operation was not claimed, but ${claim.is}`);
  return claim.operation;
}

/** From the words to the end: five durable writes, with five lines in the journal. */
async function cycle(store: SqlStore, number: number): Promise<void> {
  const clicked = await confirm(store, await create(store, proposed(someone(number))));
  const ready = present(await store.move(clicked, sending(clicked), { entry: entryOf('sending', clicked) }));
  const accepted = { entry: entryOf('accepted', ready, 'request'), tell: [tellingOf('card', ready)] };
  const sent = present(await store.move(ready, running(ready, Date.now()), accepted));
  const to = finished(sent);
  const tell = [tellingOf('card', to), tellingOf('end', to)];
  const [over] = await store.record([{ from: sent, to, entry: entryOf('finished', to, 'done'), tell }]);
  present(over);
}

/** Does it `count` times, `width` at a time. */
async function measure(count: number, width: number, work: (number: number) => Promise<unknown>): Promise<Throughput> {
  const times: number[] = [];
  let next = 0;
  const begun = performance.now();
  const lane = async () => {
    while (next < count) {
      const started = performance.now();
      await work(next++);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  const seconds = (performance.now() - begun) / 1_000;
  return { perSecond: count / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** How much an empty store takes, each write awaited, durable, and with its journal and tellings. */
export async function throughputOf(where: Durable, amounts: Amounts): Promise<Throughputs> {
  const store = await openStore(where, { now: Date.now }, silent);
  try {
    await measure(amounts.warmUp, 1, (number) => cycle(store, number));
    return {
      create: await measure(amounts.creates, 1, (number) => create(store, proposed(someone(number)))),
      cycle: await measure(amounts.cycles, 1, (number) => cycle(store, number)),
      cycles: await measure(amounts.cycles, 16, (number) => cycle(store, number)),
    };
  } finally {
    await store.close();
  }
}
