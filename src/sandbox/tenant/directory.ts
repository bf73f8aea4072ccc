import { groups, tenantId } from '../company.ts';
import type { SandboxPerson } from '../company.ts';
import { parametersOf } from './body.ts';
import { bothVersions } from './call.ts';
import type { Answer, Call, Route } from './call.ts';
import { findPerson } from './employees.ts';
import { badRequest, directoryNotFound } from './graph-error.ts';
import { allowOptions, pick, selected } from './query-options.ts';

const mostGroupsAsked = 20;
const allGroups = Object.values(groups);

/** Entra: people, the groups they are in, and the company itself. */
export const directoryRoutes: readonly Route[] = [
  { method: 'GET', path: '/users/:userId', versions: bothVersions, handle: getUser },
  { method: 'POST', path: '/users/:userId/checkMemberGroups', versions: bothVersions, handle: checkMemberGroups },
  { method: 'GET', path: '/groups/:groupId', versions: bothVersions, handle: getGroup },
  { method: 'GET', path: '/organization', versions: bothVersions, handle: getOrganization },
];

/** What a user looks like when nothing is selected; userType and accountEnabled are not in it. */
const userDefaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

function userResource(person: SandboxPerson): Record<string, unknown> {
  const [givenName = '', ...rest] = person.displayName.split(' ');
  return {
    ...Object.fromEntries(userDefaults.map((name) => [name, null])),
    businessPhones: [],
    displayName: person.displayName,
    givenName,
    surname: rest.join(' '),
    mail: person.userType === 'Guest' ? null : person.userPrincipalName,
    userPrincipalName: person.userPrincipalName,
    id: person.id,
    userType: person.userType,
    accountEnabled: true,
  };
}

/** The person a path names by object id or user principal name, or Entra's 404. */
export function namedPerson(call: Call): SandboxPerson {
  const id = call.params['userId'] ?? '';
  const person = findPerson(id);
  if (!person) throw directoryNotFound(id);
  return person;
}

function getUser(call: Call): Answer {
  allowOptions(call, ['$select']);
  const user = userResource(namedPerson(call));
  const names = selected(call, Object.keys(user), 'user') ?? userDefaults;
  const context = `${call.world.url}/${call.version}/$metadata#users`;
  return { status: 200, body: { '@odata.context': `${context}/$entity`, ...pick(user, names) } };
}

function checkMemberGroups(call: Call): Answer {
  const { groupIds } = parametersOf(call.body, 'checkMemberGroups', ['groupIds']);
  if (!Array.isArray(groupIds) || !groupIds.every((id): id is string => typeof id === 'string')) {
    throw badRequest("The parameter 'groupIds' must be a collection of strings.");
  }
  if (groupIds.length > mostGroupsAsked) {
    throw badRequest(`The number of group ids must not exceed ${mostGroupsAsked}.`);
  }
  const memberships = withParents(namedPerson(call).groups);
  const value = groupIds.filter((id) => memberships.has(id.toLowerCase()));
  return {
    status: 200,
    body: { '@odata.context': `${call.world.url}/${call.version}/$metadata#Collection(Edm.String)`, value },
  };
}

/** Membership counts through nesting, however deep. */
function withParents(ids: readonly string[], known: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const fresh = ids.map((id) => id.toLowerCase()).filter((id) => !known.has(id));
  if (fresh.length === 0) return known;
  const parents = allGroups.filter(({ id }) => fresh.includes(id.toLowerCase())).flatMap(({ memberOf }) => memberOf);
  return withParents(parents, new Set([...known, ...fresh]));
}

function getGroup(call: Call): Answer {
  allowOptions(call, ['$select']);
  const id = call.params['groupId'] ?? '';
  const group = allGroups.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
  if (!group) throw directoryNotFound(id);
  const resource = {
    id: group.id,
    displayName: group.displayName,
    description: null,
    mail: null,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
  };
  const names = selected(call, Object.keys(resource), 'group') ?? Object.keys(resource);
  const context = `${call.world.url}/${call.version}/$metadata#groups/$entity`;
  return { status: 200, body: { '@odata.context': context, ...pick(resource, names) } };
}

function getOrganization(call: Call): Answer {
  allowOptions(call, ['$select']);
  const resource = {
    id: tenantId,
    displayName: 'Contoso',
    tenantType: 'AAD',
    verifiedDomains: [{ name: 'contoso.example', isDefault: true, isInitial: true, type: 'Managed' }],
  };
  const names = selected(call, Object.keys(resource), 'organization') ?? Object.keys(resource);
  const context = `${call.world.url}/${call.version}/$metadata#organization`;
  return { status: 200, body: { '@odata.context': context, value: [pick(resource, names)] } };
}
