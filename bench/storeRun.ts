import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOf, fill } from './storeFill.ts';
import type { Durable, Filling } from './storeFill.ts';
import { latenciesAt } from './storeLatency.ts';
import type { Latency, Rounds, Stand } from './storeLatency.ts';
import type { Server } from './storeServer.ts';
import { throughputOf } from './storeThroughput.ts';
import type { Amounts, Throughputs } from './storeThroughput.ts';
import type { Report } from './storeTracker.ts';
import { track } from './storeTracking.ts';

/** How much lies in a store. */
export interface Level {
  readonly open: number;
  readonly finished: number;
}

/** How much is done in one run. */
export interface Plan {
  /** The least first. */
  readonly levels: readonly Level[];
  readonly amounts: Amounts;
  readonly rounds: Rounds;
  /** Operations that are followed while CPU is measured, and while memory and start are. */
  readonly tracked: number;
  readonly crowd: number;
  /** Milliseconds of following before it is measured, and while it is. */
  readonly settle: number;
  readonly watch: number;
}

/** What one engine cost in one run. */
export interface Measured {
  readonly throughput: Throughputs;
  /** One per level of the plan. */
  readonly latencies: readonly Latency[];
  readonly tracking: Report;
  /** With nothing open, and with the crowd. */
  readonly empty: Report;
  readonly crowded: Report;
}

/** One engine with all that was filled for it. */
export interface Contender {
  readonly name: 'SQLite' | 'PostgreSQL';
  readonly serverPid: number | undefined;
  /** An empty place. */
  fresh(): Promise<Durable>;
  readonly stands: readonly Stand[];
  readonly crowd: Durable;
  /** Bytes on disk per operation of the crowd. */
  readonly diskBytes: number;
}

/** As many as may be looked for in a second come due in each. */
const step = 20;

const nobody = { open: 0, finished: 0 };

async function filled(where: Durable, level: Level): Promise<Stand> {
  const filling: Filling = { ...level, first: Date.now(), step };
  await fill(where, filling);
  return { where, filling, now: filling.first };
}

/** An engine, filled at all levels. */
export async function contender(plan: Plan, server: Server | undefined, folder: string): Promise<Contender> {
  const fresh = async (): Promise<Durable> =>
    server
      ? { is: 'postgres', url: await server.freshUrl() }
      : { is: 'sqlite', folder: mkdtempSync(join(folder, 'store-')) };
  const bare = await filled(await fresh(), nobody);
  const crowd = await filled(await fresh(), { open: plan.crowd, finished: 0 });
  const diskBytes = ((await bytesOf(crowd.where)) - (await bytesOf(bare.where))) / plan.crowd;
  const stands: Stand[] = [];
  for (const level of plan.levels) stands.push(await filled(await fresh(), level));
  const name = server ? 'PostgreSQL' : 'SQLite';
  return { name, serverPid: server?.pid, fresh, stands, crowd: crowd.where, diskBytes };
}

/** Runs `work` with a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'device-desk-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

type Alone = Pick<Measured, 'throughput' | 'latencies' | 'tracking'>;

/** What has the machine to itself. */
async function alone(one: Contender, plan: Plan): Promise<Alone> {
  const throughput = await throughputOf(await one.fresh(), plan.amounts);
  const latencies = await latenciesAt(one.stands, plan.rounds, one.serverPid);
  const { where } = await filled(await one.fresh(), { open: plan.tracked, finished: 0 });
  const tracking = await track({ where, serverPid: one.serverPid, settle: plan.settle, watch: plan.watch });
  return { throughput, latencies, tracking };
}

/** Memory does not care who else runs; start does, so one waits for the other to stand. */
async function beside(one: Contender, { settle, watch }: Plan): Promise<Pick<Measured, 'empty' | 'crowded'>> {
  const order = { serverPid: one.serverPid, settle, watch };
  const where = await one.fresh();
  const crowded = track({ ...order, where: one.crowd });
  const [empty] = await Promise.all([track({ ...order, where, settle: settle + 500 }), crowded]);
  return { empty, crowded: await crowded };
}

/** All engines, one after the other; from run to run their order changes. */
export async function run(contenders: readonly Contender[], plan: Plan, backwards: boolean): Promise<Measured[]> {
  const measured = new Map<Contender, Alone>();
  for (const one of backwards ? contenders.toReversed() : contenders) measured.set(one, await alone(one, plan));
  const memories = await Promise.all(contenders.map((one) => beside(one, plan)));
  return contenders.flatMap((one, index) => {
    const [first, memory] = [measured.get(one), memories[index]];
    return first && memory ? [{ ...first, ...memory }] : [];
  });
}
