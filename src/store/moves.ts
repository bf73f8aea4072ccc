import { choreAt, confirmedAt, lookAt } from '../model/operation.ts';
import type { Operation } from '../model/operation.ts';
import type { Instant } from '../model/person.ts';
import type { Along } from '../outboxPort.ts';
import type { Move } from '../storePort.ts';
import type { Sql } from './engine.ts';
import { append } from './journal.ts';
import { endedAt, offerKeyOf } from './operationRow.ts';
import { list, partsOf, tuples } from './placeholders.ts';
import { queue } from './queue.ts';
import { keepSecret } from './secrets.ts';

/** What most moves leave as it was. SQLite would touch every index that has to do with it, even where nothing changes. */
const standing = `state = o.state, action = o.action, confirmed_at = o.confirmed_at, ended_at = o.ended_at,
    ticket = o.ticket,`;

/** Times and offers that a move leaves as they were stay as they are written: they may be leased, or given up. */
const moved = (changes: 'a little' | 'much') => `
  UPDATE operation SET version = operation.version + 1, data = o.data, ${changes === 'much' ? standing : ''}
    look_at = CASE WHEN o.new_look = 1 THEN o.look_at ELSE operation.look_at END,
    owner = CASE WHEN o.new_look = 1 THEN NULL ELSE operation.owner END,
    chore_at = CASE WHEN o.new_chore = 1 THEN o.chore_at ELSE operation.chore_at END,
    chore_owner = CASE WHEN o.new_chore = 1 THEN NULL ELSE operation.chore_owner END,
    offer = CASE WHEN o.new_offer = 1 THEN o.offer ELSE operation.offer END
  FROM o WHERE operation.id = o.id AND operation.version = o.version RETURNING operation.id AS id`;

const columns = {
  id: 'TEXT',
  version: 'BIGINT',
  state: 'TEXT',
  new_look: 'BIGINT',
  look_at: 'BIGINT',
  new_chore: 'BIGINT',
  chore_at: 'BIGINT',
  new_offer: 'BIGINT',
  offer: 'TEXT',
  action: 'TEXT',
  confirmed_at: 'BIGINT',
  ended_at: 'BIGINT',
  ticket: 'TEXT',
  data: 'TEXT',
} as const;
const names = Object.keys(columns).join(', ');
const types = Object.values(columns);

type Step = Pick<Move, 'from' | 'to'>;

function rowOf({ from, to }: Step, taken: Set<string>) {
  const wanted = offerKeyOf(to);
  const newOffer = wanted !== offerKeyOf(from);
  // An offer that was changed into one that stands elsewhere is not the one to be found.
  const offer = newOffer && wanted !== undefined && taken.has(wanted) ? undefined : wanted;
  if (newOffer && offer !== undefined) taken.add(offer);
  return [
    from.id,
    from.version,
    to.state.is,
    Number(lookAt(to) !== lookAt(from)),
    lookAt(to),
    Number(choreAt(to) !== choreAt(from)),
    choreAt(to),
    Number(newOffer),
    offer,
    to.action,
    confirmedAt(to),
    endedAt(to),
    to.ticket,
    JSON.stringify(to),
  ];
}

/** Of the offers that these moves change something into, those that stand already. */
async function takenBy(sql: Sql, steps: readonly Step[]): Promise<Set<string>> {
  const wanted = steps
    .filter(({ from, to }) => offerKeyOf(to) !== offerKeyOf(from))
    .flatMap(({ to }) => offerKeyOf(to) ?? []);
  if (wanted.length === 0) return new Set();
  const rows = await sql.all<{ offer: string }>(
    `SELECT offer FROM operation WHERE offer IN (${list(wanted.length)})`,
    wanted,
  );
  return new Set(rows.map(({ offer }) => offer));
}

/** In the order of ids, as whoever claims does it; a single row needs no order. */
async function lock(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 1)
    await sql.all(`/*pg:SELECT id FROM operation WHERE id IN (${list(ids.length)}) ORDER BY id FOR UPDATE*/`, ids);
}

/** Looked at and found as it was, or only a message of it moved. */
const isLittle = ({ from, to }: Step): boolean =>
  from.state.is === to.state.is &&
  from.ticket === to.ticket &&
  confirmedAt(from) === confirmedAt(to) &&
  endedAt(from) === endedAt(to);

async function update(sql: Sql, steps: readonly Step[], changes: 'a little' | 'much', taken: Set<string>) {
  if (steps.length === 0) return [];
  const rows = await sql.all<{ id: string }>(
    `WITH o (${names}) AS (VALUES ${tuples(steps.length, types)}) ${moved(changes)}`,
    steps.flatMap((step) => rowOf(step, taken)),
  );
  return rows.map(({ id }) => id);
}

/** Moves of different operations; answers the ids of those that were still as their `from` says. */
async function moveEach(sql: Sql, steps: readonly Step[]): Promise<ReadonlySet<string>> {
  await lock(
    sql,
    steps.map(({ from }) => from.id),
  );
  const taken = await takenBy(sql, steps);
  const little = steps.filter(isLittle);
  const much = steps.filter((step) => !isLittle(step));
  const ids = [...(await update(sql, little, 'a little', taken)), ...(await update(sql, much, 'much', taken))];
  return new Set(ids);
}

/** The first move of each operation, and the others. */
function divide<T extends Step>(steps: readonly T[]): { first: readonly T[]; rest: readonly T[] } {
  const ids = steps.map(({ from }) => from.id);
  const first = steps.filter(({ from }, index) => ids.indexOf(from.id) === index);
  return { first, rest: steps.filter((step) => !first.includes(step)) };
}

/** Each move that nobody was faster than, in one statement; one answer per move, in order. */
export async function moveAll(sql: Sql, steps: readonly Step[]): Promise<readonly (Operation | undefined)[]> {
  const written = new Map<Step, Operation>();
  for (let rest = steps; rest.length > 0;) {
    const round = divide(rest);
    for (const part of partsOf(round.first)) {
      const ids = await moveEach(sql, part);
      for (const step of part)
        if (ids.has(step.from.id)) written.set(step, { ...step.to, version: step.from.version + 1 });
    }
    rest = round.rest;
  }
  return steps.map((step) => written.get(step));
}

/** What goes with changes that were made: secrets, tellings, then the journal, whose head is locked for as short as can be. */
export async function writeAlong(sql: Sql, along: readonly Along[], now: Instant): Promise<void> {
  for (const { secret } of along) if (secret) await keepSecret(sql, secret, now);
  await queue(
    sql,
    along.flatMap(({ tell }) => tell ?? []),
    now,
  );
  await append(
    sql,
    along.flatMap(({ entry }) => entry ?? []),
  );
}
