import type { Engine } from '../../src/store/engine.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { storeOn } from '../../src/store/store.ts';
import type { JournalEntry, Store } from '../../src/storePort.ts';
import { cardOf, entry, Hands, proposed, question, running, said } from '../store/fixtures.ts';
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

/** Something in every table, some of it leased. */
export async function fill(store: Store): Promise<void> {
  for (const id of ['one', 'two']) await store.create(proposed(id), { entry, tell: [cardOf(id)] });
  await store.create(running('three', noon), { entry, tell: [said(foreign, channel)] });
  await store.ask(question, []);
  await store.rememberPlace(personal, alex);
  await store.claimLooks(noon, 10, noon + minute);
  await store.claimLanes(noon, 1, noon + minute);
  for (const one of entries(20)) await store.journal(one);
}

/** An empty database in memory, with its schema. */
export async function emptyEngine(): Promise<Engine> {
  const { engine } = openSqlite(':memory:');
  await migrate(engine);
  return engine;
}

export const storeOf = (engine: Engine): Store => storeOn(engine, new Hands(), silent);
