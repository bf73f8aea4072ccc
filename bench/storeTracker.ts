/**
 * One bot, as far as it follows operations: heartbeats, tick, courier and store as in production, beside a Graph that
 * answers at once and a chat that nobody speaks in. Started by `storeTracking.ts`; tells what it saw, and ends.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { assemble } from '../src/assemble.ts';
import { policyOfGroup } from '../src/model/policy.ts';
import type { Graph, Looked, Messenger } from '../src/ports.ts';
import { openStore } from '../src/store/open.ts';
import { vaultOf } from '../src/vault.ts';
import { conversationRates, tenantRate } from '../src/teams/limits.ts';
import type { Durable } from './storeFill.ts';
import { lastSync, pending } from './storeOperations.ts';
import { serverCpuMs } from './storeServer.ts';

export interface Order {
  readonly where: Durable;
  /** PostgreSQL's first process. */
  readonly serverPid: number | undefined;
  /** Milliseconds of ticking before it is measured, and while it is. */
  readonly settle: number;
  readonly watch: number;
}

/** Times in milliseconds, memory in bytes, CPU in percent of one core. */
export interface Report {
  readonly open: number;
  readonly firstClaim: number;
  readonly claimed: number;
  readonly looksPerSecond: number;
  readonly nodeCpu: number;
  readonly serverCpu: number;
  /** At the end, after garbage was collected. */
  readonly resident: number;
  readonly heap: number;
}

const vault = vaultOf([Buffer.alloc(32)]);
const second = 1_000;
const minute = 60 * second;
const clock = { now: Date.now };
const log = { info: () => undefined, warn: () => undefined, error: (facts: object) => console.error(facts) };

let looks = 0;

const unasked = (what: string) => () => {
  throw new Error(`nobody should ask for ${what} here`);
};

const graph: Graph = {
  findDevices: unasked('findDevices'),
  devicesOf: unasked('devicesOf'),
  nearDevices: unasked('nearDevices'),
  cloudPcOf: unasked('cloudPcOf'),
  assignmentItems: unasked('assignmentItems'),
  inspect: unasked('inspect'),
  send: unasked('send'),
  secret: unasked('secret'),
  standing: unasked('standing'),
  audits: unasked('audits'),
  auditsDeniedSince: () => undefined,
  devicesWith: unasked('devicesWith'),
  idsOf: unasked('idsOf'),
  ready: async () => undefined,
  async look(lookups) {
    looks += lookups.length;
    return lookups.map((): Looked => ({ is: 'seen', results: [{ ...pending }], lastSync }));
  },
};

const messenger: Messenger = {
  post: unasked('post'),
  update: unasked('update'),
  change: unasked('change'),
  privately: unasked('privately'),
  whoIs: unasked('whoIs'),
};

/** What a tenant has that sets none of these. */
const settings = {
  tenant: { cloudPcApi: 'cloudPC' as const },
  patience: {
    intervals: [30 * second, minute, 2 * minute, 5 * minute, 15 * minute, 60 * minute],
    unsureFor: 15 * minute,
    waitFor: 3_650 * 1_440 * minute,
    skew: 10 * minute,
  },
  confirmWithin: 5 * minute,
  secretKeptFor: 30 * 24 * 60 * minute,
  auditsEvery: minute,
  secretFor: minute,
  lease: minute,
  settleAfter: 90 * second,
  rates: { looks: { limit: 50, window: second }, conversation: conversationRates, messages: tenantRate },
};

async function opened(where: Durable) {
  const begun = performance.now();
  const store = await openStore(where, clock, log);
  const open = performance.now() - begun;
  const due = await store.claimLooks(clock.now(), 20, clock.now() + settings.lease);
  const firstClaim = performance.now() - begun - open;
  if (due.length > 0) await store.postponeLooks(due, clock.now());
  return { store, open, firstClaim, claimed: due.length };
}

async function watched({ serverPid, watch }: Order) {
  const before = { looks, node: process.cpuUsage(), server: serverCpuMs(serverPid), at: performance.now() };
  await sleep(watch);
  const took = performance.now() - before.at;
  const { user, system } = process.cpuUsage(before.node);
  return {
    looksPerSecond: ((looks - before.looks) / took) * second,
    nodeCpu: ((user + system) / 1_000 / took) * 100,
    serverCpu: ((serverCpuMs(serverPid) - before.server) / took) * 100,
  };
}

async function report(order: Order): Promise<Report> {
  const { store, ...start } = await opened(order.where);
  const chat = { messenger, listen: async () => ({ port: 0 }), stop: async () => undefined };
  const bot = await assemble({ graph, store, log, clock, settings, policy: () => policyOfGroup('group'), vault, chat });
  await sleep(order.settle);
  const seen = await watched(order);
  for (let time = 0; time < 3; time += 1) globalThis.gc?.();
  const { rss: resident, heapUsed: heap } = process.memoryUsage();
  await bot.stop();
  return { ...start, ...seen, resident, heap };
}

const [, , order = '{}'] = process.argv;
process.send?.(await report(JSON.parse(order) as Order));
process.disconnect();
