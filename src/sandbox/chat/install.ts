import { tenantId } from '../company.ts';
import { inbound } from './inbound.ts';
import type { BotAnswer, Json } from './protocol.ts';
import { channels, isChannel, placeFor, team } from './rooms.ts';
import type { PersonKey, Place, RoomKey } from './rooms.ts';
import { scopeOf } from './world.ts';
import type { World } from './world.ts';

/** An app is added to a team as a whole; the events come from General. */
const eventPlace = (place: Place): Place => (isChannel(place.room) ? { room: 'channel:general' } : place);

function eventData(place: Place, fields: Json = {}): Json {
  if (!isChannel(place.room)) return { tenant: { id: tenantId }, ...fields };
  const { id, name, aadGroupId } = team;
  return { tenant: { id: tenantId }, team: { id, name, aadGroupId }, ...fields };
}

async function announce(world: World, who: PersonKey, place: Place, action: 'add' | 'remove'): Promise<BotAnswer[]> {
  const { bot } = world.directory;
  const at = eventPlace(place);
  const members = [{ id: bot.id }, ...(at.room === 'personal' ? [{ id: world.directory.mri(who) }] : [])];
  const eventType = action === 'add' ? 'teamMemberAdded' : 'teamMemberRemoved';
  const update = inbound(world, 'conversationUpdate', who, at, {
    ...(action === 'add' ? { membersAdded: members } : { membersRemoved: [{ id: bot.id }] }),
    channelData: eventData(at, isChannel(at.room) ? { eventType } : {}),
  });
  const selectedChannel = {
    id: isChannel(at.room) ? channels['channel:general'].id : world.directory.conversationId(at),
  };
  const installation = inbound(world, 'installationUpdate', who, at, {
    action,
    channelData: eventData(at, { settings: { selectedChannel }, source: { name: 'message' } }),
  });
  const answers = [await world.bot.post(update)];
  return [...answers, await world.bot.post(installation)];
}

/** Adds the app where this room belongs, or says so again: events repeat, and the bot must bear it. */
export async function addApp(world: World, room: RoomKey, who: PersonKey): Promise<BotAnswer[]> {
  const place = placeFor(room, who);
  world.installed.add(scopeOf(place));
  world.announced.add(scopeOf(place));
  world.changes.tell({ is: 'state' });
  return announce(world, who, place, 'add');
}

/** Removes the app; from then on the connector answers 403 there. */
export async function removeApp(world: World, room: RoomKey, who: PersonKey): Promise<BotAnswer[]> {
  const place = placeFor(room, who);
  world.installed.delete(scopeOf(place));
  world.changes.tell({ is: 'state' });
  return announce(world, who, place, 'remove');
}

/** A person opens a room: a personal chat gets the app by it, and the bot is told of each installation once. */
export async function openRoom(world: World, who: PersonKey, room: RoomKey): Promise<BotAnswer[]> {
  const scope = scopeOf(placeFor(room, who));
  const toBeInstalled = room === 'personal' && !world.installed.has(scope) && !world.announced.has(scope);
  const toBeTold = world.installed.has(scope) && !world.announced.has(scope);
  return toBeInstalled || toBeTold ? addApp(world, room, who) : [];
}
