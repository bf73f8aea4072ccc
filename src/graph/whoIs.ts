import type { TokenCredential } from '@azure/identity';
import type { Clock, Log } from '../ports.ts';
import { isOk } from './answer.ts';
import { faultOf } from './fault.ts';
import { record, text } from './json.ts';
import { openLine } from './line.ts';
import type { Ask } from './line.ts';
import { segment } from './odata.ts';
import { reallyWait } from './patience.ts';
import { openReads } from './reads.ts';

export interface Known {
  /** Entra object id. */
  readonly id: string;
  readonly name: string;
  readonly userPrincipalName: string;
}

/** Who a user principal name or object id names; undefined: nobody. For commands: the bot itself goes by ids alone. */
export async function whoIs(
  idOrAddress: string,
  { baseUrl, credential }: { readonly baseUrl: string; readonly credential: TokenCredential },
  log: Log,
  clock: Clock,
): Promise<Known | undefined> {
  const line = openLine(new URL(baseUrl).origin, credential, log, clock);
  const reads = openReads(line, { attempts: 4, budgetMs: 10_000, longestWaitMs: 10_000 }, log, clock, reallyWait);
  const path = `/users/${segment(idOrAddress)}?$select=id,displayName,userPrincipalName`;
  const ask: Ask = { method: 'GET', version: 'v1.0', path };
  const answer = await reads.one(ask);
  if (answer.status === 404) return undefined;
  if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
  const { id, displayName, userPrincipalName } = record(answer.body);
  return { id: text(id), name: text(displayName), userPrincipalName: text(userPrincipalName) };
}
