import type { DeliveryStatus, ItemPhase, Phase } from './phases.ts';

const second = 1_000;
const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Waits two seconds for the device, which then takes two more. */
export const goesWell: readonly Phase[] = [
  { afterMs: 0, state: 'pending' },
  { afterMs: 2 * second, state: 'active' },
  { afterMs: 4 * second, state: 'done' },
];

/** Waits, then ends as told. */
export const endsAs = (state: Phase['state']): readonly Phase[] => [
  { afterMs: 0, state: 'pending' },
  { afterMs: 3 * second, state },
];

export const staysPending: readonly Phase[] = [{ afterMs: 0, state: 'pending' }];

export const longActive: readonly Phase[] = [
  { afterMs: 0, state: 'pending' },
  { afterMs: 2 * second, state: 'active' },
  { afterMs: 2 * hour, state: 'done' },
];

/** Accepted, and never heard of again: 204 promises no more (microsoft-graph-docs issues 12963, 12964). */
export const neverAppears: readonly Phase[] = [];

const step = (afterMs: number, delivery: DeliveryStatus, state: Phase['state'] = 'pending', errorCode = 0): Phase => ({
  afterMs,
  state,
  delivery,
  errorCode,
});

const toTheServer: readonly Phase[] = [
  step(0, 'unknown'),
  step(1 * second, 'pendingDelivery'),
  step(2 * second, 'deliveredToConnectorService'),
  step(3 * second, 'deliveredToOnPremisesServer', 'active'),
];

/** The whole delivery chain, then the client's word: 0 or what went wrong there. */
export const clientSays = (state: 'done' | 'failed', errorCode: number): readonly Phase[] => [
  ...toTheServer,
  step(4 * second, 'deliveredToOnPremisesServer', state, errorCode),
];

export const connectorUnreachable: readonly Phase[] = [
  step(0, 'unknown'),
  step(1 * second, 'pendingDelivery'),
  step(3 * second, 'failedToDeliverToConnectorService', 'failed'),
];

/** The two axes disagree: done, though nobody says it was ever delivered. */
export const doneUndelivered: readonly Phase[] = [step(0, 'unknown'), step(3 * second, 'unknown', 'done')];

export const itemRemoved: readonly ItemPhase[] = [
  { afterMs: 0, status: 'initiated' },
  { afterMs: 1 * second, status: 'inProgress' },
  { afterMs: 4 * second, status: 'removed' },
];

export const itemRestored: readonly ItemPhase[] = [
  { afterMs: 0, status: 'initiated' },
  { afterMs: 1 * second, status: 'inProgress' },
  { afterMs: 4 * second, status: 'succeeded' },
];

export const itemFails = (errorCode: number, message: string): readonly ItemPhase[] => [
  { afterMs: 0, status: 'initiated' },
  { afterMs: 1 * second, status: 'inProgress' },
  { afterMs: 3 * second, status: 'error', errorCode, message },
];

export const itemStuck: readonly ItemPhase[] = [
  { afterMs: 0, status: 'initiated' },
  { afterMs: 1 * second, status: 'inProgress' },
];
