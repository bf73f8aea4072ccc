import { randomBytes } from 'node:crypto';
import { loadCards } from './cards.ts';
import { loadCatalogue } from './catalogue.ts';
import type { Desk } from './doors.ts';
import { createDesk } from './flow/desk.ts';
import { createErrands } from './flow/errands.ts';
import { fullTick } from './flow/on-tick.ts';
import type { Settings } from './flow/world.ts';
import { startHeartbeat } from './heartbeat.ts';
import { lostKeys, tellLostKeys } from './lostKeys.ts';
import type { Policy } from './model/policy.ts';
import { iso } from './model/text.ts';
import type { Clock, Graph, Log, Messenger, Vault } from './ports.ts';
import type { Store } from './storePort.ts';

/** What the world outside is made of, in one process. */
export interface Parts {
  readonly graph: Graph;
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly policy: () => Policy;
  readonly vault: Vault;
  /** Hears and speaks; `listen` answers the port. */
  readonly chat: {
    readonly messenger: Messenger;
    listen(desk: Desk): Promise<{ readonly port: number }>;
    stop(): Promise<void>;
  };
}

export interface Running {
  readonly port: number;
  /** Takes nothing new, finishes what is under way, and closes. */
  stop(): Promise<void>;
}

/** Milliseconds that a stopping process goes on telling; what is left is told by the next one. */
const longestFarewell = 10_000;
/** Milliseconds between two beats of one kind, and between two rounds of the courier, that found nothing to do. */
const tickEvery = 250;
/** Conversations that make a full round: then the next one follows at once. */
const fullRound = 10;

/** Opens the doors onto these parts, and lets time pass. */
export async function assemble({ graph, store, log, clock, settings, policy, vault, chat }: Parts): Promise<Running> {
  const [catalogue, cards] = await Promise.all([loadCatalogue(), loadCards()]);
  const newId = () => randomBytes(16).toString('base64url');
  const errands = createErrands(log);
  const bell: { ring: () => void } = { ring: () => undefined };
  const desk = createDesk({
    graph,
    store,
    messenger: chat.messenger,
    clock,
    log,
    catalogue,
    cards,
    settings,
    policy,
    vault,
    errands,
    nudge: () => bell.ring(),
    newId,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
    random: Math.random,
  });
  await tellLostKeys(store, vault, log);
  const { port } = await chat.listen(desk);
  const courier = startHeartbeat(() => desk.deliver(), fullRound, tickEvery, log);
  bell.ring = () => courier.wake();
  const clockwork = desk.beats.map((beat) => startHeartbeat(beat, fullTick, tickEvery, log));
  return {
    port,
    stop: async () => {
      await chat.stop();
      await Promise.all(clockwork.map((heart) => heart.stop()));
      await within(longestFarewell, errands.idle());
      await courier.stop();
      await within(longestFarewell, desk.delivered());
      await store.close();
    },
  };
}

const within = (milliseconds: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, milliseconds).unref())]);

/** Whether store and Graph can be reached, for `/readyz`; what is wrong with policy and keys is told beside it. */
export const healthOf = (
  graph: Graph,
  store: Store,
  vault: Vault,
  policyFault: () => string | undefined = () => undefined,
) => ({
  ready: async () => {
    const [atGraph, atStore, secrets] = await Promise.all([graph.ready(), store.ready(), lostKeys(store, vault)]);
    const policy = policyFault();
    const deniedSince = graph.auditsDeniedSince();
    const reasons = {
      ...(atGraph ? { graph: atGraph } : {}),
      ...(atStore ? { store: atStore } : {}),
      // Told, and no reason to be taken out of service: the version before it stays in force, the other secrets open.
      ...(policy ? { policy } : {}),
      ...(secrets ? { secrets } : {}),
      ...(deniedSince === undefined ? {} : { audits: `Graph refuses remoteActionAudits since ${iso(deniedSince)}` }),
    };
    return { ok: !atGraph && !atStore, reasons };
  },
});
