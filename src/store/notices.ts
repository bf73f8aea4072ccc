import type { Instant } from '../model/person.ts';
import type { Notice } from '../model/subscription.ts';
import { baseOf } from '../model/telling.ts';
import type { Notices, Telling, ToldAlong } from '../outboxPort.ts';
import { aboutOf, keyOf } from './about.ts';
import type { Backing } from './backing.ts';
import type { Sql } from './engine.ts';
import { list, partsOf, tuples } from './placeholders.ts';

type ToHear = Required<ToldAlong>['notify'][number];

/**
 * Those whose places still subscribe to something. Until this transaction is over, nobody can take the last subscription
 * of a place away: whoever does so after it takes the notices, too.
 */
export async function stillSubscribed(sql: Sql, places: readonly ToHear[]): Promise<readonly ToHear[]> {
  const bases = [...new Set(places.map(({ place }) => baseOf(place.id)))].sort();
  const found = new Set<string>();
  for (const part of partsOf(bases)) {
    const rows = await sql.all<{ base: string }>(
      `SELECT base FROM subscription WHERE base IN (${list(part.length)}) ORDER BY base, id /*pg:FOR KEY SHARE*/`,
      part,
    );
    for (const { base } of rows) found.add(base);
  }
  return places.filter(({ place }) => found.has(baseOf(place.id)));
}

export const bulletinTo = ({ place }: ToHear): Telling => ({ to: { is: 'place', place }, what: { is: 'bulletin' } });

const byKey = (one: readonly (string | number)[], other: readonly (string | number)[]): number =>
  String(one.slice(0, 2)) < String(other.slice(0, 2)) ? -1 : 1;

const noticeTypes = ['TEXT', 'TEXT', 'BIGINT', 'BIGINT', 'BIGINT', 'BIGINT'] as const;

/** There is something new to tell in these places. Rows are locked in the order of their keys. */
export async function raiseNotices(sql: Sql, places: readonly ToHear[], now: Instant): Promise<void> {
  const rows = new Map(
    places.map(({ place, about }) => {
      const [base, key] = [baseOf(place.id), keyOf(about)];
      return [JSON.stringify([base, key]), [base, key, 1, 1, now, now]];
    }),
  );
  for (const part of partsOf([...rows.values()].sort(byKey)))
    await sql.all(
      `INSERT INTO notice (base, about, wish, due, at, used_at) VALUES ${tuples(part.length, noticeTypes)}
       ON CONFLICT (base, about) DO UPDATE SET wish = notice.wish + 1, due = 1, used_at = excluded.used_at`,
      part.flat(),
    );
}

const shownTypes = ['TEXT', 'TEXT', 'BIGINT'] as const;

/** `card` shows these notices as they were read; of what was raised since, it shows too little. */
export async function showNotices(
  sql: Sql,
  { card, notices, drawn }: Required<ToldAlong>['shown'],
  now: Instant,
): Promise<void> {
  const rows = notices.map(({ base, about, wish }) => [base, keyOf(about), wish]).sort(byKey);
  for (const part of partsOf(rows)) {
    const keys = part.map(([base = '', about = '']) => [base, about]).flat();
    await sql.all(
      `/*pg:SELECT about FROM notice WHERE (base, about) IN (${tuples(part.length, ['TEXT', 'TEXT'])})
         ORDER BY base, about FOR UPDATE*/`,
      keys,
    );
    const next = part.length * shownTypes.length + 1;
    await sql.all(
      `WITH n (base, about, wish) AS (VALUES ${tuples(part.length, shownTypes)})
       UPDATE notice SET card = CAST($${next} AS TEXT), used_at = CAST($${next + 1} AS BIGINT),
         drawn = CAST($${next + 2} AS TEXT),
         due = CASE WHEN notice.wish = n.wish THEN 0 ELSE notice.due END
       FROM n WHERE notice.base = n.base AND notice.about = n.about`,
      [...part.flat(), card, now, drawn],
    );
  }
}

/** Throws away the notices of those places that subscribe to nothing any more. */
export async function dropNotices(sql: Sql, bases: readonly string[]): Promise<void> {
  for (const part of partsOf([...new Set(bases)])) {
    const silent = `base IN (${list(part.length)})
      AND NOT EXISTS (SELECT 1 FROM subscription WHERE subscription.base = notice.base)`;
    await sql.all(`/*pg:SELECT about FROM notice WHERE ${silent} ORDER BY base, about FOR UPDATE*/`, part);
    await sql.all(`DELETE FROM notice WHERE ${silent}`, part);
  }
}

interface NoticeRow {
  readonly base: string;
  readonly about: string;
  readonly wish: number;
  readonly due: number;
  readonly card: string | null;
  readonly drawn: string | null;
  readonly at: number;
}

const noticeOf = ({ about, due, card, drawn, ...rest }: NoticeRow): Notice => ({
  ...rest,
  about: aboutOf(about),
  due: due === 1,
  ...(card === null ? {} : { card }),
  ...(drawn === null ? {} : { drawn }),
});

const columns = 'base, about, wish, due, card, drawn, at';

/** What places were told. */
export const noticesOn = ({ engine }: Backing): Pick<Notices, 'dueNotices' | 'noticesOn' | 'noticesOf'> => ({
  async dueNotices(base, limit) {
    const rows = await engine.read<NoticeRow>(
      `SELECT ${columns} FROM notice WHERE base = $1 AND due = 1 ORDER BY at, about LIMIT $2`,
      [base, limit],
    );
    return rows.map(noticeOf);
  },
  async noticesOn(base, card, limit) {
    const rows = await engine.read<NoticeRow>(
      `SELECT ${columns} FROM notice WHERE base = $1 AND card = $2 ORDER BY at, about LIMIT $3`,
      [base, card, limit],
    );
    return rows.map(noticeOf);
  },
  async noticesOf(about) {
    // By base, so that the key is of use.
    const rows = await engine.read<NoticeRow>(
      `SELECT ${columns} FROM notice WHERE base IN (SELECT base FROM subscription) AND about = $1 ORDER BY base`,
      [keyOf(about)],
    );
    return rows.map(noticeOf);
  },
});
