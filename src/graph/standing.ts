import type { Person } from '../model/person.ts';
import { GraphFault } from '../ports.ts';
import type { Standing } from '../ports.ts';
import { isOk, type Answer } from './answer.ts';
import { faultOf } from './fault.ts';
import { list, record, text } from './json.ts';
import type { Json } from './json.ts';
import type { Ask } from './line.ts';
import { segment } from './odata.ts';
import type { Reads } from './reads.ts';

/** As many groups as one call takes: https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups */
const mostGroups = 20;

/**
 * Who a person is in this tenant, and in which of these groups (lower case): by object id alone, nested groups included
 * (`checkMemberGroups`). Throws `GraphFault` where Graph does not tell all of it; whoever asks must take that for a no.
 */
export async function standing(reads: Reads, person: Person, groupIds: readonly string[]): Promise<Standing> {
  const user = `/users/${segment(person.id)}`;
  const aboutPerson: Ask = { method: 'GET', version: 'v1.0', path: `${user}?$select=id,userType,accountEnabled` };
  const aboutGroups = partsOf(groupIds).map((part): Ask => ({
    method: 'POST',
    version: 'v1.0',
    path: `${user}/checkMemberGroups`,
    body: { groupIds: part },
  }));
  const [account, ...memberships] = (await reads.many([aboutPerson, ...aboutGroups])) as readonly [Answer, ...Answer[]];
  if (account.status === 404) return { is: 'unknown' };
  const known = record(sure(aboutPerson, account));
  const kind = kindOf(known);
  if (kind !== 'member') return { is: kind };
  const groups = memberships.flatMap((answer, index) => {
    const ask = aboutGroups[index] ?? aboutPerson;
    return list(record(sure(ask, answer)).value).map((id) => text(id).toLowerCase());
  });
  return { is: 'member', groups: groups.filter((id) => groupIds.includes(id)) };
}

/**
 * What is left out of the answer is no fact, and nobody is let in without the facts. A `userType` of null is one:
 * some old accounts have no other.
 */
function kindOf({ accountEnabled, userType }: Json): Standing['is'] {
  if (accountEnabled === false) return 'unknown';
  if (accountEnabled !== true) throw new GraphFault('unexpected', 'an account without accountEnabled');
  const type = userType === null ? 'member' : text(userType).toLowerCase();
  if (type !== 'member' && type !== 'guest') throw new GraphFault('unexpected', 'an account of unknown userType');
  return type;
}

const partsOf = (groupIds: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(groupIds.length / mostGroups) }, (_, part) =>
    groupIds.slice(part * mostGroups, (part + 1) * mostGroups),
  );

function sure(ask: Ask, answer: Answer): unknown {
  if (!isOk(answer) || !answer.whole) throw faultOf(ask, answer);
  return answer.body;
}
