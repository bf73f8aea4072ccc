import type { Operation } from '../../model/operation.ts';
import type { Subscription, Wants } from '../../model/subscription.ts';
import { NotNow } from '../../ports.ts';
import type { JournalEntry } from '../../storePort.ts';
import { nextTimeOfDay } from '../localTime.ts';
import { stillMay } from './stillMay.ts';
import { presentSummary } from './presentSummary.ts';
import { isMuted } from './subscribe.ts';
import type { World } from '../world.ts';

const mostAtOnce = 20;
const page = 200;
/** Milliseconds that a summary looks back. */
export const lookBack = 24 * 60 * 60_000;
/** A day with more is told as it is counted so far: a bound on what one summary may read. */
const mostPages = 100;

type Summary = Subscription & { readonly wants: Extract<Wants, { is: 'summary' }> };
const isSummary = (subscription: Subscription): subscription is Summary => subscription.wants.is === 'summary';

/** Tells the summaries whose time has come. Answers how many there were. */
export async function tellSummaries(world: World): Promise<number> {
  const { store, clock, settings } = world;
  const now = clock.now();
  const due = (await store.claimSummaries(now, mostAtOnce, now + settings.lease)).filter(isSummary);
  if (due.length === 0) return 0;
  const operations = await lately(world, now - lookBack);
  for (const summary of due) await tell(world, summary, operations, now);
  world.nudge();
  return due.length;
}

/** What was asked for since then, newest first. */
async function lately(world: World, since: number): Promise<readonly Operation[]> {
  const found: Operation[] = [];
  for (let pages = 0; pages < mostPages; pages += 1) {
    const next = await world.store.operationsOf({}, page, found.at(-1));
    found.push(...next.filter(({ askedAt }) => askedAt >= since));
    if (next.length < page || (next.at(-1)?.askedAt ?? 0) < since) break;
  }
  return found;
}

/** False: taken away. Undefined: it cannot be looked up now; then it is tried again when the lease is over. */
async function mayHear(world: World, summary: Summary): Promise<boolean | undefined> {
  try {
    return (await stillMay(world, [summary])).length > 0;
  } catch (fault) {
    if (!(fault instanceof NotNow)) throw fault;
    return undefined;
  }
}

/** Queued once for each time, whoever died in between; then the next one is set. */
async function tell(world: World, summary: Summary, operations: readonly Operation[], now: number): Promise<void> {
  const { id, place, wants } = summary;
  const { minutes, timeZone, nextAt } = wants;
  if ((await mayHear(world, summary)) !== true) return;
  if (!isMuted(summary, now)) {
    const what = { is: 'said', content: presentSummary(world, operations) } as const;
    await world.store.tell({ to: { is: 'place', place }, what }, now, `summary:${id}:${nextAt}`);
  }
  const entry: JournalEntry = {
    at: now,
    event: 'summaryTold',
    tenantId: place.tenantId,
    personId: '',
    note: `${place.id}: ${operations.length} actions`,
  };
  const next = nextTimeOfDay(minutes, timeZone, now);
  // Whoever stopped, muted or set it to another time meanwhile has the last word.
  const change = (latest: Subscription): Subscription =>
    isSummary(latest) && latest.wants.nextAt === nextAt
      ? { ...latest, wants: { ...latest.wants, nextAt: next } }
      : latest;
  await world.store.amendSubscription(id, change, entry);
}
