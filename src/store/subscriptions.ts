import type { Instant } from '../model/person.ts';
import type { Subscription } from '../model/subscription.ts';
import { baseOf } from '../model/telling.ts';
import type { JournalEntry } from '../model/journalEntry.ts';
import type { Subscriptions } from '../outboxPort.ts';
import type { Backing } from './backing.ts';
import type { Sql } from './engine.ts';
import { append } from './journal.ts';
import { dropNotices } from './notices.ts';
import { list } from './placeholders.ts';
import type { Workers } from './workers.ts';

interface SubscriptionRow {
  readonly data: string;
}

const subscriptionOf = ({ data }: SubscriptionRow): Subscription => JSON.parse(data) as Subscription;

/** A summary whose next time stays as it was may be leased, and stays so. */
const upsert = `
  INSERT INTO subscription (id, base, next_at, due_at, at, data) VALUES ($1, $2, $3, $3, $4, $5)
  ON CONFLICT (id) DO UPDATE SET base = excluded.base, next_at = excluded.next_at, at = excluded.at, data = excluded.data,
    due_at = CASE WHEN subscription.next_at = excluded.next_at THEN subscription.due_at ELSE excluded.due_at END,
    owner = CASE WHEN subscription.next_at = excluded.next_at THEN subscription.owner END`;

const rowOf = (subscription: Subscription) => {
  const { id, place, wants, at } = subscription;
  return [id, baseOf(place.id), wants.is === 'summary' ? wants.nextAt : undefined, at, JSON.stringify(subscription)];
};

/**
 * Locks all subscriptions of the places that these are of: of two who take the last ones away at the same time, the second
 * sees that none is left. In the order in which `stillSubscribed` does.
 */
const lock = (sql: Sql, ids: readonly string[]) =>
  sql.all(
    `/*pg:SELECT id FROM subscription WHERE base IN (SELECT base FROM subscription WHERE id IN (${list(ids.length)}))
       ORDER BY base, id FOR UPDATE*/`,
    ids,
  );

async function unsubscribeIn(sql: Sql, ids: readonly string[], entry: JournalEntry): Promise<number> {
  await lock(sql, ids);
  const gone = await sql.all<{ base: string }>(
    `DELETE FROM subscription WHERE id IN (${list(ids.length)}) RETURNING base`,
    ids,
  );
  if (gone.length === 0) return 0;
  await dropNotices(
    sql,
    gone.map(({ base }) => base),
  );
  await append(sql, [entry]);
  return gone.length;
}

/** Passes over those that somebody is just claiming, or changing. */
const dueRows = `SELECT id, data FROM subscription WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2
  /*pg:FOR UPDATE SKIP LOCKED*/`;

async function leaseDue(sql: Sql, due: readonly [now: Instant, limit: number], lease: readonly [Instant, string]) {
  const rows = await sql.all<SubscriptionRow & { id: string }>(dueRows, due);
  if (rows.length > 0)
    await sql.all(`UPDATE subscription SET due_at = $1, owner = $2 WHERE id IN (${list(rows.length, 3)})`, [
      ...lease,
      ...rows.map(({ id }) => id),
    ]);
  return rows.map(subscriptionOf);
}

/** What places want to hear about. */
export const subscriptionsOn = ({ engine, owner }: Backing, workers: Workers): Subscriptions => ({
  subscribe: (subscription, entry) =>
    engine.transaction(async (sql) => {
      await sql.all(upsert, rowOf(subscription));
      await append(sql, [entry]);
    }),
  amendSubscription: (id, change, entry) =>
    engine.transaction(async (sql) => {
      const [row] = await sql.all<SubscriptionRow>('SELECT data FROM subscription WHERE id = $1 /*pg:FOR UPDATE*/', [
        id,
      ]);
      if (!row) return false;
      await sql.all(upsert, rowOf(change(subscriptionOf(row))));
      await append(sql, [entry]);
      return true;
    }),
  async subscriptions(base) {
    const rows = await engine.read<SubscriptionRow>(
      `SELECT data FROM subscription ${base === undefined ? '' : 'WHERE base = $1'} ORDER BY at, id`,
      base === undefined ? [] : [base],
    );
    return rows.map(subscriptionOf);
  },
  unsubscribe: async (ids, entry) =>
    ids.length === 0 ? 0 : engine.transaction((sql) => unsubscribeIn(sql, ids, entry)),
  async claimSummaries(now, limit, leaseUntil) {
    await workers.beat(now);
    const [some] = await engine.read('SELECT id FROM subscription WHERE due_at <= $1 LIMIT 1', [now]);
    if (!some) return [];
    return engine.transaction((sql) => leaseDue(sql, [now, limit], [leaseUntil, owner]));
  },
});
