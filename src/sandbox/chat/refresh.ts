import { isJson } from './protocol.ts';
import type { Json } from './protocol.ts';
import { invoke } from './invoke.ts';
import type { InvokeAnswer } from './invoke.ts';
import type { StoredMessage } from './messages.ts';
import { personKeys, placeFor } from './rooms.ts';
import type { PersonKey, RoomKey } from './rooms.ts';
import { cardFor } from './view.ts';
import { scopeOf } from './world.ts';
import type { World } from './world.ts';

/** A client asks again only when its last answer is older than about a minute (Teams docs, Up-To-Date-Views). */
const restMs = 60_000;

/** Without `userIds`, everybody is refreshed in conversations of up to 60 people; an empty list means nobody. */
function isMeant(world: World, who: PersonKey, refresh: Json): boolean {
  const { userIds } = refresh;
  return Array.isArray(userIds) ? userIds.includes(world.directory.mri(who)) : personKeys.length <= 60;
}

function dueAction(world: World, who: PersonKey, message: StoredMessage): Json | undefined {
  const refresh = cardFor(message, who, world.faults)?.['refresh'];
  const last = message.viewers.get(who)?.refreshedAt ?? -Infinity;
  const old = world.now() - last >= restMs;
  const open = !message.deleted && world.installed.has(scopeOf(message.place)) && !world.faults.oldClient;
  return open && old && isJson(refresh) && isJson(refresh['action']) && isMeant(world, who, refresh)
    ? refresh['action']
    : undefined;
}

/** A card comes into a person's sight: its client asks for a fresh one if that is due. */
export async function look(world: World, who: PersonKey, message: StoredMessage): Promise<InvokeAnswer | undefined> {
  const action = dueAction(world, who, message);
  if (!action) return undefined;
  world.messages.changeFor(message, who, { refreshedAt: world.now() });
  const { id, verb, data = {} } = action;
  const named = { ...(id !== undefined && { id }), ...(verb !== undefined && { verb }) };
  return invoke(world, who, message, { ...named, data }, 'automatic');
}

/** A person looks at all of a room. */
export async function lookAround(world: World, who: PersonKey, room: RoomKey): Promise<InvokeAnswer[]> {
  const { owner } = placeFor(room, who);
  const looks = await Promise.all(world.messages.in(room, owner).map((message) => look(world, who, message)));
  return looks.filter((answer) => answer !== undefined);
}
