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
  return {
    type,
    id: eventId(),
    channelId: 'msteams',
    timestamp: new Date(world.now()).toISOString(),
    localTimestamp: localTime(world.now(), world.zone),
    localTimezone: world.zone,
    serviceUrl: world.serviceUrl(),
    from: world.directory.account(who),
    conversation: world.directory.conversation(place),
    recipient: world.directory.bot,
    locale: 'en-US',
    entities: [clientInfo(world.zone)],
    channelData: channelDataOf(place),
    ...fields,
  };
}

export const clientInfo = (timezone: string): Json => ({
  type: 'clientInfo',
  locale: 'en-US',
  country: 'US',
  platform: 'Web',
  timezone,
});

/** The moment (ms since epoch) by the clock on the wall there: `2026-07-01T11:00:00.123+02:00`. */
function localTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00';
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const ahead = (hours * 60 + minutes) * (offset.startsWith('-') ? -60_000 : 60_000);
  return new Date(at + ahead).toISOString().replace('Z', offset);
}

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
