import type { Cards } from '../cards.ts';
import type { Catalogue } from '../catalogue.ts';
import type { TenantSettings } from '../model/action.ts';
import type { Errands } from './errands.ts';
import type { Policy } from '../model/policy.ts';
import type { Clock, Graph, Log, Messenger, Vault } from '../ports.ts';
import type { BudgetRule, Store } from '../storePort.ts';

/** All that the steps of the journey are given; nothing in `flow/` reaches further. */
export interface World {
  readonly graph: Graph;
  readonly store: Store;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
  readonly catalogue: Catalogue;
  readonly cards: Cards;
  readonly settings: Settings;
  /** Who may do what, as it stands now: the file can change under a running process. */
  policy(): Policy;
  readonly vault: Vault;
  /** What takes long and must not hold up the clock, keyed by operation. */
  readonly errands: Errands;
  /** Something waits to be told. */
  nudge(): void;
  /** A new unguessable id, at least 128 bits: for operations and their one-time tokens. */
  newId(): string;
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>;
  /** 0 to 1, for waits that shall not fall together. */
  random(): number;
}

/** All durations in milliseconds. */
export interface Settings {
  readonly tenant: TenantSettings;
  readonly patience: Patience;
  /** How long a confirmation card may be confirmed. */
  readonly confirmWithin: number;
  /** How long a secret stays on its card. */
  readonly secretFor: number;
  /** How long a sealed secret is kept in the store. */
  readonly secretKeptFor: number;
  /** How often is asked what was done elsewhere. */
  readonly auditsEvery: number;
  /** How long work claimed by one process is left alone by the others. */
  readonly lease: number;
  /** How long whoever was confirmed to act may take before others look what became of it. */
  readonly settleAfter: number;
  readonly rates: Rates;
}

/** How much may be asked and said. */
export interface Rates {
  /** Looks at Graph, of all processes together. */
  readonly looks: BudgetRule;
  /** Messages in one conversation; each rule holds in any window of its length. */
  readonly conversation: readonly BudgetRule[];
  /** Messages of all processes in all conversations together. */
  readonly messages: BudgetRule;
}

/** When to look, and when to stop looking. All durations in milliseconds. */
export interface Patience {
  /** Waits between looks; the last one repeats. Never empty. */
  readonly intervals: readonly number[];
  /** How long a lost answer is looked for. */
  readonly unsureFor: number;
  /** How long an accepted action is followed. */
  readonly waitFor: number;
  /** How far Graph's clock may be behind ours when an entry is still taken for ours. */
  readonly skew: number;
}
