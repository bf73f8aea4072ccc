import type { Person } from '../model/person.ts';
import type { Standing } from '../ports.ts';
import { isOk, type Answer } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, record, text } from './json.ts';
import type { Ask } from './line.ts';
import { segment } from './odata.ts';
import type { Reads } from './reads.ts';

/**
 * Who a person is in this tenant, and in which of these groups (lower case; at most 20, as many as one call takes): by
 * object id alone, nested groups included (`checkMemberGroups`).
 * Throws `GraphFault` where Graph does not tell; whoever asks must take that for a no.
 */
export async function standing(reads: Reads, person: Person, groupIds: readonly string[]): Promise<Standing> {
  const user = `/users/${segment(person.id)}`;
  const asks: readonly [Ask, Ask] = [
    { method: 'GET', version: 'v1.0', path: `${user}?$select=id,userType,accountEnabled` },
    { method: 'POST', version: 'v1.0', path: `${user}/checkMemberGroups`, body: { groupIds } },
  ];
  const [account, membership] = (await reads.many(asks)) as readonly [Answer, Answer];
  if (account.status === 404) return { is: 'unknown' };
  const known = record(sure(asks[0], account));
  if (known.accountEnabled === false) return { is: 'unknown' };
  if (text(known.userType).toLowerCase() === 'guest') return { is: 'guest' };
  const groups = list(record(sure(asks[1], membership)).value).map((id) => text(id).toLowerCase());
  return { is: 'member', groups: groups.filter((id) => groupIds.includes(id)) };
}

function sure(ask: Ask, answer: Answer): unknown {
  if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
  return answer.body;
}
