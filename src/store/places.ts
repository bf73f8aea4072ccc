import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import type { Subscription } from '../model/subscription.ts';
import { baseOf, laneOf } from '../model/telling.ts';
import type { Store } from '../storePort.ts';
import type { Backing } from './backing.ts';
import { canonical } from './chain.ts';
import type { Sql } from './engine.ts';

/** What is alive when this person is met there: the conversation with all its threads, and who is alone with us in it. */
const basesOf = (place: Place, person: Person): readonly [string, string] => {
  const base = baseOf(place.id);
  return [base, place.kind === 'personal' ? laneOf({ is: 'person', person, near: place }) : base];
};

const dead = 'FROM lane WHERE dead_at IS NOT NULL AND base IN ($1, $2)';

const isSame = (place: Place, json: string | null | undefined): boolean =>
  typeof json === 'string' && canonical(JSON.parse(json)) === canonical(place);

/** What waited there is due again; a lane that is just leased comes back when the lease ends. */
async function revive(sql: Sql, bases: readonly [string, string], now: number): Promise<void> {
  const rows = await sql.all<{ id: string }>(`SELECT id ${dead} ORDER BY id /*pg:FOR UPDATE*/`, bases);
  for (const { id } of rows)
    await sql.all(
      `UPDATE lane SET dead_at = NULL, due_at = CASE
         WHEN due_at IS NOT NULL THEN due_at
         WHEN EXISTS (SELECT 1 FROM telling WHERE telling.lane = lane.id) THEN CAST($2 AS BIGINT) END
       WHERE id = $1`,
      [id, now],
    );
}

interface SubscriptionRow {
  readonly id: string;
  readonly data: string;
}

const isElsewhere =
  ({ serviceUrl }: Place) =>
  ({ data }: SubscriptionRow): boolean =>
    (JSON.parse(data) as Subscription).place.serviceUrl !== serviceUrl;

const subscriptionsAt = 'SELECT id, data FROM subscription WHERE base = $1';

/** What was subscribed to there is told by the address that the conversation has now. */
async function readdress(sql: Sql, place: Place): Promise<void> {
  const rows = await sql.all<SubscriptionRow>(`${subscriptionsAt} ORDER BY id /*pg:FOR NO KEY UPDATE*/`, [
    baseOf(place.id),
  ]);
  for (const { id, data } of rows.filter(isElsewhere(place))) {
    const subscription = JSON.parse(data) as Subscription;
    const moved = { ...subscription, place: { ...subscription.place, serviceUrl: place.serviceUrl } };
    await sql.all('UPDATE subscription SET data = $2 WHERE id = $1', [id, JSON.stringify(moved)]);
  }
}

type Places = Pick<Store, 'rememberPlace' | 'personalPlace'>;

/** Where people can be met. */
export const placesOn = ({ engine, clock }: Backing): Places => ({
  async rememberPlace(place, person) {
    const own = place.kind === 'personal' ? place : undefined;
    const bases = basesOf(place, person);
    const [known] = await engine.read<{ data: string | null; dead: number }>(
      `SELECT (SELECT data FROM place WHERE person_id = $3) AS data, (SELECT COUNT(*) ${dead}) AS dead`,
      [...bases, person.id],
    );
    const isNew = own !== undefined && !isSame(own, known?.data);
    const here = await engine.read<SubscriptionRow>(subscriptionsAt, [baseOf(place.id)]);
    const isMoved = here.some(isElsewhere(place));
    if (!isNew && !isMoved && known?.dead === 0) return;
    await engine.transaction(async (sql) => {
      if (isNew)
        await sql.all(
          `INSERT INTO place (person_id, data) VALUES ($1, $2)
           ON CONFLICT (person_id) DO UPDATE SET data = excluded.data`,
          [person.id, JSON.stringify(own)],
        );
      await revive(sql, bases, clock.now());
      if (isMoved) await readdress(sql, place);
    });
  },
  async personalPlace(personId) {
    const [row] = await engine.read<{ data: string }>('SELECT data FROM place WHERE person_id = $1', [personId]);
    return row && (JSON.parse(row.data) as Place);
  },
});
