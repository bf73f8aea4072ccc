import type { Instant } from '../model/person.ts';
import { GraphFault } from '../ports.ts';
import type { Clock } from '../ports.ts';
import { isOk } from './answer.ts';
import type { Answer } from './answer.ts';
import { inBatches, sendBatch } from './batch.ts';
import { CallFailed } from './call-failed.ts';
import { errorOf } from './error-body.ts';
import type { Ask, Line } from './line.ts';
import { segment } from './odata.ts';

/** Read at every turn, so that a missing permission shows before the first command. */
const devices: Ask = { method: 'GET', version: 'v1.0', path: '/deviceManagement/managedDevices?$top=1&$select=id' };

/** So that a mistyped group shows before somebody misses a role. */
const groupAsk = (id: string): Ask => ({ method: 'GET', version: 'v1.0', path: `/groups/${segment(id)}?$select=id` });

/** How long an answer is kept: `/readyz` asks nobody who they are, and must be no way to hammer Graph. */
const keptMs = 10_000;
/** Of one probe. */
const patienceMs = 3_000;

/**
 * The port's `ready`, asking Graph at most every 10 seconds: those who come meanwhile share an answer, also one to come.
 * `groupIds`: of the policy as it stands then.
 */
export function openReady(
  line: Line,
  groupIds: () => readonly string[],
  clock: Clock,
): () => Promise<string | undefined> {
  let probe: { readonly at: Instant; readonly reason: Promise<string | undefined> } | undefined;
  return () => {
    const now = clock.now();
    if (!probe || Math.abs(now - probe.at) >= keptMs) probe = { at: now, reason: ready(line, groupIds(), clock) };
    return probe.reason;
  };
}

/** Undefined when Graph answers each probe within 3 seconds; otherwise the first reason, free of secrets. Does not throw. */
const ready = async (line: Line, groupIds: readonly string[], clock: Clock): Promise<string | undefined> =>
  (await told('devices', async () => reasonOf(await line.read(devices, patienceMs), 'devices'))) ??
  (await told('the groups of the policy', () => reasonOfGroups(line, groupIds, clock)));

async function reasonOfGroups(line: Line, groupIds: readonly string[], clock: Clock): Promise<string | undefined> {
  const read = (ask: Ask) => line.read(ask, patienceMs);
  for (const part of inBatches(groupIds.map(groupAsk))) {
    const [only, another] = part;
    const answers = only && !another ? [await read(only)] : await sendBatch(part, read, clock.now());
    const reasons = answers.map((answer, index) => reasonOf(answer, nameOf(part[index])));
    const first = reasons.find((reason) => reason !== undefined);
    if (first) return first;
  }
  return undefined;
}

const nameOf = (ask: Ask | undefined): string =>
  `group ${/[^/?]+(?=\?)/u.exec(ask?.path ?? '')?.[0] ?? ''} of the policy`;

const reasonOf = (answer: Answer, what: string): string | undefined =>
  isOk(answer)
    ? undefined
    : `Graph answers ${[answer.status, errorOf(answer.body).code].filter(Boolean).join(' ')} for ${what}`;

async function told(what: string, ask: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await ask();
  } catch (error) {
    const why = error instanceof CallFailed || error instanceof GraphFault ? `: ${error.message}` : '';
    return `Graph does not answer for ${what}${why}`;
  }
}
