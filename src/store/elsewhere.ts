import type { Instant } from '../model/person.ts';
import { endedStates, hasEnded } from '../model/subscription.ts';
import type { Elsewhere } from '../model/subscription.ts';
import type { Notices, Telling } from '../outboxPort.ts';
import type { Backing } from './backing.ts';
import type { Engine, Sql } from './engine.ts';
import { list, partsOf, tuples } from './placeholders.ts';
import { queue } from './queue.ts';
import type { Upkeep } from './upkeep.ts';

const newsOf = ({ id }: Elsewhere): Telling => ({
  to: { is: 'subscribers' },
  what: { is: 'news', about: { is: 'elsewhere', id } },
});

/** Whether this state is taken for a step on from that one. */
const goesOn = (from: Pick<Elsewhere, 'state'>, to: Pick<Elsewhere, 'state'>): boolean =>
  from.state !== to.state && (hasEnded(to) || !hasEnded(from));

function newestOf(seen: readonly Elsewhere[]): Map<string, Elsewhere> {
  const newest = new Map<string, Elsewhere>();
  for (const one of seen) {
    const before = newest.get(one.id);
    if (!before || goesOn(before, one)) newest.set(one.id, one);
  }
  return newest;
}

/** What is new, or in another state than what is written down; each once, by its id. */
async function changedOf(engine: Engine, seen: readonly Elsewhere[]): Promise<readonly Elsewhere[]> {
  const newest = newestOf(seen);
  for (const part of partsOf([...newest.keys()])) {
    const rows = await engine.read<{ id: string; state: string }>(
      `SELECT id, state FROM elsewhere WHERE id IN (${list(part.length)})`,
      part,
    );
    for (const { id, state } of rows) {
      const now = newest.get(id);
      if (now && !goesOn({ state }, now)) newest.delete(id);
    }
  }
  return [...newest.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

const ended = endedStates.map((state) => `'${state}'`).join(', ');

const elsewhereOf = ({ data }: { readonly data: string }): Elsewhere => JSON.parse(data) as Elsewhere;

const types = ['TEXT', 'TEXT', 'BIGINT', 'TEXT', 'TEXT'] as const;

/** Of several who learn the same at once, one writes it down, and has it told. */
async function note(sql: Sql, seen: readonly Elsewhere[], now: Instant): Promise<void> {
  const news: Telling[] = [];
  for (const part of partsOf(seen)) {
    const rows = await sql.all<{ id: string }>(
      `INSERT INTO elsewhere (id, device_id, at, state, data) VALUES ${tuples(part.length, types)}
       ON CONFLICT (id) DO UPDATE SET at = excluded.at, state = excluded.state, data = excluded.data
         WHERE elsewhere.state <> excluded.state AND (excluded.state IN (${ended}) OR elsewhere.state NOT IN (${ended}))
       RETURNING id`,
      part.flatMap((one) => [one.id, one.deviceId, now, one.state, JSON.stringify(one)]),
    );
    const ids = new Set(rows.map(({ id }) => id));
    news.push(...part.filter(({ id }) => ids.has(id)).map(newsOf));
  }
  await queue(sql, news, now);
}

type ElsewhereStore = Pick<Notices, 'noteElsewhere' | 'elsewhere' | 'elsewheres' | 'openElsewhere'>;

/** What was done elsewhere. Costs no write when nothing is new. */
export const elsewhereOn = ({ engine }: Backing, upkeep: Upkeep): ElsewhereStore => ({
  async noteElsewhere(seen, now) {
    const changed = await changedOf(engine, seen);
    if (changed.length === 0) return;
    await engine.transaction((sql) => note(sql, changed, now));
    await upkeep.after(now);
  },
  async elsewhere(id) {
    const [row] = await engine.read<{ data: string }>('SELECT data FROM elsewhere WHERE id = $1', [id]);
    return row && elsewhereOf(row);
  },
  async elsewheres(ids) {
    const found: Elsewhere[] = [];
    for (const part of partsOf([...new Set(ids)])) {
      const rows = await engine.read<{ data: string }>(
        `SELECT data FROM elsewhere WHERE id IN (${list(part.length)})`,
        part,
      );
      found.push(...rows.map(elsewhereOf));
    }
    return found;
  },
  async openElsewhere(since) {
    const rows = await engine.read<{ data: string }>(
      `SELECT data FROM elsewhere WHERE at >= $1 AND state NOT IN (${ended})`,
      [since],
    );
    return rows.map(elsewhereOf);
  },
});
