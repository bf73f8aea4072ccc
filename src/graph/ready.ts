import type { Instant } from '../model/person.ts';
import type { Clock } from '../ports.ts';
import { isOk } from './answer.ts';
import { CallFailed } from './call-failed.ts';
import { errorOf } from './error-body.ts';
import type { Line } from './line.ts';
import { segment } from './odata.ts';

/** What is read at every turn, so that a missing permission or a mistyped group shows before the first command. */
const probes = (helpdeskGroupId: string) => [
  { what: 'devices', path: '/deviceManagement/managedDevices?$top=1&$select=id' },
  { what: 'the helpdesk group', path: `/groups/${segment(helpdeskGroupId)}?$select=id` },
];

/** How long an answer is kept: `/readyz` asks nobody who they are, and must be no way to hammer Graph. */
const keptMs = 10_000;

/** The port's `ready`, asking Graph at most every 10 seconds: those who come meanwhile share an answer, also one to come. */
export function openReady(line: Line, helpdeskGroupId: string, clock: Clock): () => Promise<string | undefined> {
  let probe: { readonly at: Instant; readonly reason: Promise<string | undefined> } | undefined;
  return () => {
    const now = clock.now();
    if (!probe || Math.abs(now - probe.at) >= keptMs) probe = { at: now, reason: ready(line, helpdeskGroupId) };
    return probe.reason;
  };
}

/** Undefined when Graph answers each probe within 3 seconds; otherwise the first reason, free of secrets. Does not throw. */
async function ready(line: Line, helpdeskGroupId: string): Promise<string | undefined> {
  for (const { what, path } of probes(helpdeskGroupId)) {
    const reason = await reasonOf(line, what, path);
    if (reason) return reason;
  }
  return undefined;
}

async function reasonOf(line: Line, what: string, path: string): Promise<string | undefined> {
  try {
    const answer = await line.read({ method: 'GET', version: 'v1.0', path }, 3_000);
    return isOk(answer)
      ? undefined
      : `Graph answers ${[answer.status, errorOf(answer.body).code].filter(Boolean).join(' ')} for ${what}`;
  } catch (error) {
    const why = error instanceof CallFailed ? `: ${error.message}` : '';
    return `Graph does not answer for ${what}${why}`;
  }
}
