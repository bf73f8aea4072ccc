import { noPace } from '../../src/model/telling.ts';
import type { Engine } from '../../src/store/engine.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { storeOn } from '../../src/store/store.ts';
import type { JournalEntry } from '../../src/model/journalEntry.ts';
import type { Store } from '../../src/storePort.ts';
import {
  aboutOperation,
  audit,
  cardOf,
  entry,
  general,
  Hands,
  newsOf,
  proposed,
  question,
  running,
  said,
  subscription,
  summary,
} from '../store/fixtures.ts';
import { alex, channel, noon, personal, silent } from '../world.ts';

/** Names as they come, and as they should not. */
const foreign = 'Zoë’s\u2028iPhone, "new"\r\n=1+1\0 👩‍💻';

export const minute = 60_000;

/** Entries a minute apart, in two tenants by turns. */
export const entries = (count: number, from = 0): readonly JournalEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    at: noon + (from + index) * minute,
    event: `event-${from + index}`,
    tenantId: (from + index) % 2 === 0 ? 'tenant-a' : 'tenant-b',
    personId: 'alex-id',
    operationId: 'operation-1',
    deviceId: 'device-1',
    action: 'remoteLock',
    note: foreign,
  }));

async function notify(store: Store): Promise<void> {
  const about = aboutOperation('one');
  await store.tell(newsOf(about), noon);
  const lanes = await store.claimLanes(noon, 10, noon + minute);
  for (const lane of lanes) {
    const [news] = lane.deliveries.filter(({ telling }) => telling.what.is === 'news');
    if (news) await store.told(news, noPace, { notify: [{ place: general, about }] });
    await store.leave(lane, noon, noPace);
  }
}

/** Something in every table, some of it leased. */
export async function fill(store: Store): Promise<void> {
  for (const id of ['one', 'two']) await store.create(proposed(id), { entry, tell: [cardOf(id)] });
  await store.create(running('three', noon), { entry, tell: [said(foreign, channel)] });
  await store.ask(question, []);
  await store.rememberPlace(personal, alex);
  await store.create(proposed('four', { ticket: 'INC0012' }), { secret: { operationId: 'four', sealed: foreign } });
  await store.subscribe(subscription('a'), entry);
  await store.subscribe(summary('b', noon), entry);
  await notify(store);
  await store.noteElsewhere([audit('a')], noon);
  await store.claimSummaries(noon, 10, noon + minute);
  await store.claimLooks(noon, 10, noon + minute);
  await store.claimLanes(noon, 1, noon + minute);
  for (const one of entries(20)) await store.journal(one);
}

/** An empty database in memory, with its schema. */
export async function emptyEngine(): Promise<Engine> {
  const engine = openSqlite(':memory:');
  await migrate(engine);
  return engine;
}

export const storeOf = (engine: Engine): Store => storeOn(engine, new Hands(), silent);
