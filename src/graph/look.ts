import type { Lookup } from '../model/action.ts';
import { GraphFault, type Looked } from '../ports.ts';
import { isOk, type Answer } from './answer.ts';
import { inBatches } from './batch.ts';
import { faultOf } from './fault.ts';
import { instantOf } from './instants.ts';
import { record } from './json.ts';
import type { Ask } from './line.ts';
import { askFor, resultsFor } from './lookups.ts';
import type { Patience } from './patience.ts';
import type { Reads } from './reads.ts';

/** There is a next look anyway, so only short waits are worth sitting out. */
const patience: Patience = { attempts: 3, budgetMs: 10_000, longestWaitMs: 2_000 };

/**
 * Reads for many lookups with as few calls as Graph allows: one ask per address, 20 asks to a `$batch`. One answer per
 * lookup, in order. Does not throw.
 */
export async function look(reads: Reads, lookups: readonly Lookup[]): Promise<readonly Looked[]> {
  const asks = new Map<string, Ask>();
  const paths = lookups.map((lookup) => remember(asks, lookup));
  const answers = await answersTo(reads, [...asks.values()]);
  return lookups.map((lookup, index) => {
    const answer = answers.get(paths[index] ?? '');
    if (answer === undefined) return { is: 'notNow', message: 'a lookup that addresses nothing' };
    return typeof answer === 'string' ? { is: 'notNow', message: answer } : lookedAt(lookup, answer);
  });
}

/** Remembers what to ask for a lookup; undefined where its id cannot be asked for. */
function remember(asks: Map<string, Ask>, lookup: Lookup): string | undefined {
  try {
    const ask = askFor(lookup);
    asks.set(ask.path, ask);
    return ask.path;
  } catch {
    return undefined;
  }
}

/** By path: an answer, or why there is none. Each batch stands alone: one that fails takes no other with it. */
async function answersTo(reads: Reads, asks: readonly Ask[]): Promise<ReadonlyMap<string, Answer | string>> {
  const answers = new Map<string, Answer | string>();
  const tell = async (part: readonly Ask[]): Promise<void> => {
    try {
      const got = await reads.many(part, patience);
      part.forEach((ask, index) => answers.set(ask.path, got[index] as Answer));
    } catch (error) {
      const message = error instanceof GraphFault ? error.message : 'an unexpected failure';
      for (const ask of part) answers.set(ask.path, message);
    }
  };
  await Promise.all(inBatches(asks).map(tell));
  return answers;
}

/** A Cloud PC's results are 404 while it is too new to have any; that it is gone, only its device can tell. */
const tooNew: Looked = { is: 'seen', results: [] };

function lookedAt(lookup: Lookup, answer: Answer): Looked {
  if (answer.status === 404) return lookup.source === 'managedDevice' ? { is: 'gone' } : tooNew;
  if (!isOk(answer) || !answer.whole) {
    const { message } = faultOf(askFor(lookup), answer);
    const { retryAfterMs } = answer;
    return { is: 'notNow', message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const lastSync = lookup.source === 'managedDevice' ? instantOf(record(answer.body).lastSyncDateTime) : undefined;
  return { is: 'seen', results: resultsFor(lookup, answer.body), ...(lastSync === undefined ? {} : { lastSync }) };
}
