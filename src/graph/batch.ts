import type { Instant } from '../model/person.ts';
import { answerOf, isOk, type Answer } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, parsed, record, text } from './json.ts';
import { allEnumMembers, type Ask } from './line.ts';

/** What Graph takes in one `$batch`. */
const batchSize = 20;

/** The asks in parts that fit into a `$batch` each, in order. */
export const inBatches = (asks: readonly Ask[]): readonly (readonly Ask[])[] =>
  Array.from({ length: Math.ceil(asks.length / batchSize) }, (_, part) =>
    asks.slice(part * batchSize, (part + 1) * batchSize),
  );

/**
 * Sends up to 20 reads as one `$batch` and answers one for each, in order. Graph answers in any order, and 200 even
 * where items failed (Graph docs, json-batching). Throws `GraphFault` where the batch as a whole was not answered.
 */
export async function sendBatch(
  asks: readonly Ask[],
  send: (ask: Ask) => Promise<Answer>,
  now: Instant,
): Promise<readonly Answer[]> {
  // A batch has one version, so its asks must agree on theirs.
  const version = asks[0]?.version ?? 'beta';
  const ask: Ask = { method: 'POST', version, path: '/$batch', body: { requests: asks.map(itemOf) } };
  const answer = await send(ask);
  if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
  const items = new Map(list(record(answer.body).responses).map((item) => [text(record(item).id), record(item)]));
  return asks.map((_, index) => {
    const item = items.get(String(index + 1));
    const headers = new Map(Object.entries(record(item?.headers)).map(([name, value]) => [name.toLowerCase(), value]));
    const header = (name: string): string | undefined => text(headers.get(name)) || undefined;
    const context = { requestId: answer.requestId, now, whole: item !== undefined };
    return answerOf(Number(item?.status ?? 0), header, unpacked(item?.body), context);
  });
}

const itemOf = (ask: Ask, index: number): object => ({
  id: String(index + 1),
  method: ask.method,
  url: ask.path,
  headers: { ...allEnumMembers, ...(ask.body ? { 'Content-Type': 'application/json' } : {}) },
  ...(ask.body ? { body: ask.body } : {}),
});

/** Bodies that Graph does not take for JSON come as base64. */
function unpacked(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  return parsed(body) ?? parsed(Buffer.from(body, 'base64').toString('utf8')) ?? body;
}
