import { randomUUID } from 'node:crypto';
import type { Clock, Log } from '../ports.ts';
import type { JournalEntry } from '../model/journalEntry.ts';
import type { Store } from '../storePort.ts';
import type { Backing } from './backing.ts';
import { budgetsOn } from './budgets.ts';
import { elsewhereOn } from './elsewhere.ts';
import type { Engine } from './engine.ts';
import { allEntries, append, entriesOf } from './journal.ts';
import { leasesOn } from './leases.ts';
import { noticesOn } from './notices.ts';
import { changesOn } from './operations.ts';
import { outboxOn } from './outbox.ts';
import { placesOn } from './places.ts';
import { questionsOn } from './questions.ts';
import { readinessOf, Watched } from './readiness.ts';
import { secretsOn } from './secrets.ts';
import { subscriptionsOn } from './subscriptions.ts';
import { Upkeep } from './upkeep.ts';
import { viewsOn } from './views.ts';
import { Workers } from './workers.ts';

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
    ...secretsOn(backing),
    ...subscriptionsOn(backing, workers),
    ...noticesOn(backing),
    ...elsewhereOn(backing, upkeep),
    journal: (entry) => engine.transaction((sql) => append(sql, [entry])),
    entriesOf: (operationIds) => entriesOf(engine, operationIds),
    entries: () => allEntries(engine),
    ready: () => readinessOf(engine, clock),
    close: () => engine.close(),
  };
}
