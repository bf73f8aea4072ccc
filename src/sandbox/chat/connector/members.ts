import type { FastifyInstance } from 'fastify';
import { people, tenantId } from '../../company.ts';
import type { SandboxPerson } from '../../company.ts';
import type { Json } from '../protocol.ts';
import { channels, personKeys, team } from '../rooms.ts';
import type { PersonKey } from '../rooms.ts';
import type { World } from '../world.ts';
import { openPlace } from './activities.ts';
import { ConnectorError, conversationNotFound } from './errors.ts';

/** A `TeamsChannelAccount`. Guests keep their role here, whatever groups they were put into. */
function memberOf(world: World, who: PersonKey): Json {
  const person: SandboxPerson = people[who];
  const [givenName, surname] = person.displayName.split(' ');
  return {
    ...world.directory.account(who),
    objectId: person.id,
    givenName,
    surname,
    email: person.userPrincipalName,
    userPrincipalName: person.userPrincipalName,
    tenantId,
    userRole: person.userType === 'Guest' ? 'guest' : 'user',
  };
}

const rosterOf = (world: World, conversationId: string): PersonKey[] => {
  const { owner } = openPlace(world, conversationId, 'read');
  return owner ? [owner] : personKeys;
};

function page(world: World, everybody: PersonKey[], query: Json): Json {
  const size = Number(query['pageSize'] ?? 200) || 200;
  const from = Number(query['continuationToken'] ?? 0) || 0;
  const members = everybody.slice(from, from + size).map((who) => memberOf(world, who));
  const next = from + size;
  return { members, ...(next < everybody.length && { continuationToken: String(next) }) };
}

const openTeam = (world: World, teamId: string): void => {
  if (teamId !== team.id) throw conversationNotFound();
  openPlace(world, teamId, 'read');
};

/** Who is there, and what the team consists of. */
export function memberRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Params: { conversationId: string } }>('/v3/conversations/:conversationId/members', ({ params }) =>
    rosterOf(world, params.conversationId).map((who) => memberOf(world, who)),
  );
  app.get<{ Params: { conversationId: string }; Querystring: Json }>(
    '/v3/conversations/:conversationId/pagedmembers',
    ({ params, query }) => page(world, rosterOf(world, params.conversationId), query),
  );
  app.get<{ Params: { conversationId: string; memberId: string } }>(
    '/v3/conversations/:conversationId/members/:memberId',
    ({ params }) => {
      const who = world.directory.find(params.memberId);
      if (who && rosterOf(world, params.conversationId).includes(who)) return memberOf(world, who);
      throw new ConnectorError(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    },
  );
  app.get<{ Params: { teamId: string } }>('/v3/teams/:teamId', ({ params }) => {
    openTeam(world, params.teamId);
    const counts = { channelCount: Object.keys(channels).length, memberCount: personKeys.length };
    return { ...team, tenantId, type: 'standard', ...counts };
  });
  app.get<{ Params: { teamId: string } }>('/v3/teams/:teamId/conversations', ({ params }) => {
    openTeam(world, params.teamId);
    // Teams leaves General's name out, because each client shows it in its own language.
    const list = Object.values(channels).map(({ id, name }) => (id === team.id ? { id } : { id, name }));
    return { conversations: list.map((channel) => ({ ...channel, type: 'standard' })) };
  });
}
