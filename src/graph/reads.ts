import type { Clock, Log } from '../ports.ts';
import { isBusy, type Answer } from './answer.ts';
import { inBatches, sendBatch } from './batch.ts';
import { callFailed, CallFailed } from './call-failed.ts';
import { faultFrom } from './fault.ts';
import type { Ask, Line } from './line.ts';
import { redacted } from './odata.ts';
import { takeTurn, type Patience, type Turn, type Wait } from './patience.ts';

/** Reads of Graph, tried again while that is worth it. Only for calls that change nothing. */
export interface Reads {
  readonly origin: string;
  /** The last answer, whatever its status. Throws `GraphFault` where there was none. */
  one(ask: Ask, patience?: Patience): Promise<Answer>;
  /** One answer per ask, in order, 20 to a `$batch`; items that Graph put off are asked again by themselves. */
  many(asks: readonly Ask[], patience?: Patience): Promise<readonly Answer[]>;
}

export function openReads(line: Line, settings: Patience, log: Log, clock: Clock, wait: Wait): Reads {
  const turnFor = (patience: Patience): Turn => takeTurn(patience, clock, wait);
  return {
    origin: line.origin,
    one: (ask, patience = settings) => persist(line, ask, turnFor(patience)),
    async many(asks, patience = settings) {
      const answers = await Promise.all(
        inBatches(asks).map((part) => persistMany(line, part, turnFor(patience), log, clock)),
      );
      return answers.flat();
    },
  };
}

async function persist(line: Line, ask: Ask, turn: Turn): Promise<Answer> {
  for (;;) {
    const answer = await attempt(line, ask, turn);
    if (!(answer instanceof CallFailed)) {
      const settled = answer.whole && !isBusy(answer.status);
      if (settled || !(await turn.again(answer.retryAfterMs))) return answer;
    } else if (answer.why === 'noToken' || !(await turn.again())) throw faultFrom(ask, answer);
  }
}

async function attempt(line: Line, ask: Ask, turn: Turn): Promise<Answer | CallFailed> {
  try {
    return await line.read(ask, turn.remainingMs());
  } catch (error) {
    return callFailed(error);
  }
}

/** One `$batch`, and smaller ones for what Graph put off, after the longest wait that it asked for. */
async function persistMany(line: Line, asks: readonly Ask[], turn: Turn, log: Log, clock: Clock): Promise<Answer[]> {
  const [only] = asks;
  if (only && asks.length === 1) return [await persist(line, only, turn)];
  const answers = new Map<number, Answer>();
  let open = asks.map((ask, at) => ({ ask, at }));
  for (;;) {
    const got = await sendBatch(
      open.map(({ ask }) => ask),
      (ask) => persist(line, ask, turn),
      clock.now(),
    );
    open.forEach(({ at }, index) => answers.set(at, got[index] as Answer));
    log.info({ items: open.map(({ ask, at }) => told(ask, answers.get(at))) }, 'Graph answered a batch');
    const putOff = open.filter(({ at }) => isBusy(answers.get(at)?.status ?? 0));
    if (putOff.length === 0) break;
    const waits = putOff.map(({ at }) => answers.get(at)?.retryAfterMs).filter((ms) => ms !== undefined);
    if (!(await turn.again(waits.length > 0 ? Math.max(...waits) : undefined))) break;
    open = putOff;
  }
  return asks.map((_, at) => answers.get(at) as Answer);
}

const told = (ask: Ask, answer: Answer | undefined): string =>
  `${ask.method} ${redacted(ask.path)} ${String(answer?.status ?? 0)}`;
