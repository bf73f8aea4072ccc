import { randomUUID } from 'node:crypto';
import { tenantId } from '../company.ts';
import { channels, isChannel, team } from './rooms.ts';
import type { PersonKey, Place } from './rooms.ts';
import type { Activity, Json } from './protocol.ts';
import type { World } from './world.ts';

/** Ids of activities that are no messages. */
export const eventId = (): string => `f:${randomUUID()}`;

/**
 * What every activity from Teams carries, by who did it and where. Field by field as Microsoft's Agents Playground
 * sends it, save where Teams is known to differ.
 */
export function inbound(world: World, type: string, who: PersonKey, place: Place, fields: Json = {}): Activity {
  const timestamp = new Date(world.now()).toISOString();
  return {
    type,
    id: eventId(),
    channelId: 'msteams',
    timestamp,
    localTimestamp: timestamp.replace('Z', '+00:00'),
    localTimezone: 'UTC',
    serviceUrl: world.serviceUrl(),
    from: world.directory.account(who),
    conversation: world.directory.conversation(place),
    recipient: world.directory.bot,
    locale: 'en-US',
    entities: [clientInfo],
    channelData: channelDataOf(place),
    ...fields,
  };
}

export const clientInfo = { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: 'UTC' };

/** Only events of the team's life name the directory group (`aadGroupId`); messages do not. */
export function channelDataOf({ room }: Place, fields: Json = {}): Json {
  if (!isChannel(room)) return { tenant: { id: tenantId }, ...fields };
  const { id } = channels[room];
  return {
    teamsChannelId: id,
    teamsTeamId: team.id,
    channel: { id },
    team: { id: team.id },
    tenant: { id: tenantId },
    ...fields,
  };
}
