import type { TokenCredential } from '@azure/identity';
import { longestSend } from '../model/limits.ts';
import type { Instant } from '../model/person.ts';
import type { Clock, Graph, Log } from '../ports.ts';
import { audits } from './audits.ts';
import { assignmentItems } from './assignment-items.ts';
import { cloudPcOf } from './cloud-pc.ts';
import { watchDenials } from './deniedSince.ts';
import { devicesOf, findDevices } from './find-devices.ts';
import { inspect } from './inspect.ts';
import { keepStandings } from './keptStandings.ts';
import { openLine } from './line.ts';
import { look } from './look.ts';
import { devicesWith, idsOf } from './named.ts';
import { nearDevices } from './near-devices.ts';
import type { OnBehalfOf } from './onBehalfOf.ts';
import { reallyWait, type Wait } from './patience.ts';
import { openReads } from './reads.ts';
import { openReady } from './ready.ts';
import { secret } from './secret.ts';
import { send, sendAs } from './send.ts';
import { standing } from './standing.ts';

export interface GraphOptions {
  /** Origin of Graph: `https://graph.microsoft.com`, `http://127.0.0.1:4000`. */
  readonly baseUrl: string;
  readonly credential: TokenCredential;
  /** For writes in a person's name; without it, all of those are refused. */
  readonly onBehalfOf?: OnBehalfOf | undefined;
  /** Entra object ids of the groups that the policy speaks of, as it stands now: whether they are there. */
  readonly groupIds: () => readonly string[];
  readonly log: Log;
  readonly clock: Clock;
  /** For a write, the token included; 30 s unless told. */
  readonly timeoutMs?: number;
  /** Attempts of one read; 4 unless told. */
  readonly readAttempts?: number;
  /** For all attempts of one read and the waiting between them; 10 s unless told. */
  readonly readBudgetMs?: number;
  /** How to wait between attempts. */
  readonly wait?: Wait;
}

/** Microsoft Graph behind the port. Reads are tried again; writes go over the bare line, once. */
export function createGraph(options: GraphOptions): Graph {
  const {
    credential,
    onBehalfOf,
    groupIds,
    log,
    clock,
    timeoutMs = longestSend,
    readAttempts = 4,
    wait = reallyWait,
  } = options;
  const budgetMs = options.readBudgetMs ?? 10_000;
  const line = openLine(new URL(options.baseUrl).origin, credential, log, clock);
  const reads = openReads(line, { attempts: readAttempts, budgetMs, longestWaitMs: budgetMs }, log, clock, wait);
  const auditsHere = watchDenials((since: Instant, limit: number) => audits(reads, since, limit), clock);
  return {
    findDevices: (...texts) => findDevices(reads, texts),
    devicesOf: (userId, userPrincipalName) => devicesOf(reads, userId, userPrincipalName),
    nearDevices: (text) => nearDevices(reads, text),
    cloudPcOf: (device) => cloudPcOf(reads, device),
    assignmentItems: (device) => assignmentItems(reads, device, clock.now()),
    inspect: (deviceId, lookup) => inspect(reads, deviceId, lookup),
    send: (request, assertion) =>
      assertion === undefined
        ? send(line, request, timeoutMs)
        : sendAs(line, request, timeoutMs, onBehalfOf?.(assertion)),
    look: (lookups) => look(reads, lookups),
    secret: (lookup, property, startedAt) => secret(reads, lookup, property, startedAt),
    standing: keepStandings((person, groups) => standing(reads, person, groups), clock),
    audits: auditsHere.read,
    auditsDeniedSince: auditsHere.deniedSince,
    devicesWith: (ids) => devicesWith(reads, ids),
    idsOf: (names) => idsOf(reads, names),
    ready: openReady(line, groupIds, clock),
  };
}
