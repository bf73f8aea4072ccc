import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../ports.ts';
import type { JournalEntry, Store } from '../storePort.ts';
import type { Backing } from './backing.ts';
import { budgetsOn } from './budgets.ts';
import type { Engine } from './engine.ts';
import { append, entriesOf } from './journal.ts';
import { leasesOn } from './leases.ts';
import { changesOn } from './operations.ts';
import { outboxOn } from './outbox.ts';
import { placesOn } from './places.ts';
import { questionsOn } from './questions.ts';
import { readinessOf, Watched } from './readiness.ts';
import { Upkeep } from './upkeep.ts';
import { viewsOn } from './views.ts';
import { Workers } from './workers.ts';

const none = () => Promise.resolve([]);
const notYet = {
  entriesOf: none,
  secretOf: () => Promise.resolve(undefined),
  subscribe: () => Promise.resolve(),
  subscriptions: none,
  unsubscribe: () => Promise.resolve(0),
  claimSummaries: none,
  dueNotices: none,
  noticesOn: none,
  noteElsewhere: () => Promise.resolve(),
  elsewhere: () => Promise.resolve(undefined),
  confirmedSince: none,
};

interface Readable {
  /** The whole journal, in order; for tests and tools. */
  entries(): Promise<readonly JournalEntry[]>;
}

/** A store on a database whose schema is up to date. */
export function storeOn(unwatched: Engine, clock: Clock, log: Log): Store & Readable {
  const engine = new Watched(unwatched);
  const backing: Backing = { engine, clock, log, owner: randomUUID() };
  const upkeep = new Upkeep(backing);
  const workers = new Workers(backing);
  return {
    ...changesOn(backing, upkeep),
    ...leasesOn(backing, workers),
    ...viewsOn(backing),
    ...outboxOn(backing, upkeep, workers),
    ...budgetsOn(engine),
    ...questionsOn(backing, upkeep),
    ...placesOn(backing),
    ...notYet,
    journal: (entry) => engine.transaction((sql) => append(sql, [entry])),
    entries: () => entriesOf(engine),
    ready: () => readinessOf(engine, clock),
    close: () => engine.close(),
  };
}
