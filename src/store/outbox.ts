import type { Instant } from '../model/person.ts';
import { laneOf } from '../model/telling.ts';
import type { Pace } from '../model/telling.ts';
import type { Delivery, Lane, Outbox, ToldAlong } from '../outboxPort.ts';
import type { Backing } from './backing.ts';
import type { Sql } from './engine.ts';
import { hear } from './heard.ts';
import { endLease, leaseLanes } from './lanes.ts';
import { moveAll, writeAlong } from './moves.ts';
import { bulletinTo, raiseNotices, showNotices, stillSubscribed } from './notices.ts';
import { lockLanes, queue } from './queue.ts';
import type { Upkeep } from './upkeep.ts';
import type { Workers } from './workers.ts';

/** Far more than anybody asks for at once; a statement per lane is joined into one. */
const mostLanes = 200;

/** It leaves the queue, unless it was told anew since it was claimed. False: it was not there any more. */
async function takeOut(sql: Sql, { lane, number, wish }: Delivery): Promise<boolean> {
  const gone = await sql.all('DELETE FROM telling WHERE lane = $1 AND number = $2 AND wish = $3 RETURNING number', [
    lane,
    number,
    wish,
  ]);
  if (gone.length > 0) return true;
  const kept = await sql.all('UPDATE telling SET tries = 0 WHERE lane = $1 AND number = $2 RETURNING number', [
    lane,
    number,
  ]);
  return kept.length > 0;
}

const setPace = 'UPDATE lane SET pace = $3, used_at = $4 WHERE id = $1 AND owner = $2';

/** The lane's row, locked, if the lease is still the one that was given. */
async function isHeld(sql: Sql, { id, leaseUntil }: Lane, owner: string): Promise<boolean> {
  const rows = await sql.all('SELECT id FROM lane WHERE id = $1 AND owner = $2 AND due_at = $3 /*pg:FOR UPDATE*/', [
    id,
    owner,
    leaseUntil,
  ]);
  return rows.length > 0;
}

/** What is to be told in its place, and what became of notices; tellings are locked before notices, always. */
async function tellInstead(sql: Sql, { tell = [], notify = [], shown }: ToldAlong, now: Instant): Promise<void> {
  const hearing = await stillSubscribed(sql, notify);
  await queue(sql, [...tell, ...hearing.map(bulletinTo)], now);
  await raiseNotices(sql, hearing, now);
  if (shown) await showNotices(sql, shown, now);
}

const otherLanes = ({ tell = [], notify = [] }: ToldAlong): readonly string[] => [
  ...tell.map(({ to }) => laneOf(to)),
  ...notify.map(({ place }) => place.id),
];

async function toldIn(sql: Sql, delivery: Delivery, pace: Pace, along: ToldAlong, { clock, owner }: Backing) {
  const { lane } = delivery;
  const now = clock.now();
  if (along.move && !(await moveAll(sql, [along.move]))[0]) return false;
  const others = otherLanes(along);
  // A lane alone needs no order.
  if (others.length > 0) await lockLanes(sql, [lane, ...others], now);
  const held = await sql.all(`${setPace} RETURNING id`, [lane, owner, JSON.stringify(pace), now]);
  // What somebody else has told meanwhile calls for nothing more.
  const isOurs = await takeOut(sql, delivery);
  if (isOurs) await tellInstead(sql, along, now);
  if (along.leave && held.length > 0) await endLease(sql, lane, now);
  if (isOurs) await writeAlong(sql, [{ ...along, tell: [] }], now);
  return true;
}

const triedAgain = 'UPDATE telling SET tries = tries + 1 WHERE lane = $1 AND number = $2';

type Left = Readonly<{ lane: Lane; until: Instant; pace: Pace; tried: Delivery | undefined }>;

async function leaveIn(sql: Sql, { lane, until, pace, tried }: Left, { clock, owner }: Backing) {
  const held = await isHeld(sql, lane, owner);
  if (tried) await sql.all(triedAgain, [lane.id, tried.number]);
  if (!held) return;
  await sql.all(setPace, [lane.id, owner, JSON.stringify(pace), clock.now()]);
  await endLease(sql, lane.id, until);
}

async function buryIn(sql: Sql, lane: Lane, at: Instant, { owner }: Backing) {
  if (!(await isHeld(sql, lane, owner))) return;
  await sql.all('UPDATE lane SET dead_at = COALESCE(dead_at, $2) WHERE id = $1', [lane.id, at]);
  await endLease(sql, lane.id, at);
}

/** Tellings that go out, and the leases of those who send them. */
export function outboxOn(backing: Backing, upkeep: Upkeep, workers: Workers): Outbox {
  const { engine, owner } = backing;
  return {
    async tell(telling, now, origin) {
      const told = await engine.transaction(async (sql) => {
        if (origin !== undefined && !(await hear(sql, origin, now))) return false;
        await queue(sql, [telling], now);
        return true;
      });
      await upkeep.after(now);
      return told;
    },
    async claimLanes(now, limit, leaseUntil) {
      await workers.beat(now);
      const [some] = await engine.read('SELECT id FROM lane WHERE due_at <= $1 LIMIT 1', [now]);
      if (!some) return [];
      const most = Math.min(limit, mostLanes);
      return engine.transaction((sql) => leaseLanes(sql, { now, limit: most, leaseUntil, owner }));
    },
    told: (delivery, pace, along = {}) => engine.transaction((sql) => toldIn(sql, delivery, pace, along, backing)),
    leave: (lane, until, pace, tried) =>
      engine.transaction((sql) => leaveIn(sql, { lane, until, pace, tried }, backing)),
    bury: (lane, at) => engine.transaction((sql) => buryIn(sql, lane, at, backing)),
  };
}
