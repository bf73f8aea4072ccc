import type { Subscription, Wants } from '../../model/subscription.ts';
import { NotNow } from '../../ports.ts';
import type { JournalEntry } from '../../model/journalEntry.ts';
import { nextTimeOfDay } from '../localTime.ts';
import { countDay } from './dayCount.ts';
import type { DayCount } from './dayCount.ts';
import { stillMay } from './stillMay.ts';
import { presentSummary } from './presentSummary.ts';
import { isMuted } from './subscribe.ts';
import type { World } from '../world.ts';

const mostAtOnce = 20;
/** Milliseconds for which a count is good for the summaries of other places, too: many are due at the same time of day. */
const goodFor = 60_000;

type Summary = Subscription & { readonly wants: Extract<Wants, { is: 'summary' }> };
const isSummary = (subscription: Subscription): subscription is Summary => subscription.wants.is === 'summary';

/** Tells the summaries whose time has come, some at a time. Answers how many there were. */
export function createSummaries(world: World): () => Promise<number> {
  const { store, clock, settings } = world;
  let count: DayCount | undefined;
  return async () => {
    const now = clock.now();
    if (count && now >= count.until + goodFor) count = undefined;
    const due = (await store.claimSummaries(now, mostAtOnce, now + settings.lease)).filter(isSummary);
    if (due.length === 0) return 0;
    count ??= await countDay(world, now);
    for (const summary of due) await tell(world, summary, count, now);
    world.nudge();
    return due.length;
  };
}

/** Undefined: that cannot be looked up now; then it is tried again when the lease is over. */
async function mayHear(world: World, summary: Summary): Promise<boolean | undefined> {
  try {
    return (await stillMay(world, [summary])).length > 0;
  } catch (fault) {
    if (!(fault instanceof NotNow)) throw fault;
    return undefined;
  }
}

/** Queued once for each time, whoever died in between; then the next one is set. */
async function tell(world: World, summary: Summary, count: DayCount, now: number): Promise<void> {
  const { id, place, wants } = summary;
  const { minutes, timeZone, nextAt } = wants;
  const may = await mayHear(world, summary);
  if (may === undefined) return;
  const isTold = may && !isMuted(summary, now);
  if (isTold) {
    const what = { is: 'said', content: presentSummary(world, count) } as const;
    await world.store.tell({ to: { is: 'place', place }, what }, now, `summary:${id}:${nextAt}`);
  }
  const entry: JournalEntry = {
    at: now,
    event: isTold ? 'summaryTold' : 'summaryNotTold',
    tenantId: place.tenantId,
    personId: '',
    note: `${place.id}: ${count.operations.length} actions`,
  };
  const next = nextTimeOfDay(minutes, timeZone, now);
  // Whoever stopped, muted or set it to another time meanwhile has the last word.
  const change = (latest: Subscription): Subscription =>
    isSummary(latest) && latest.wants.nextAt === nextAt
      ? { ...latest, wants: { ...latest.wants, nextAt: next } }
      : latest;
  await world.store.amendSubscription(id, change, entry);
}
