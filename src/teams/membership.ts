import type { Person } from '../model/person.ts';
import type { Incoming } from './activity.ts';
import type { Admission } from './admission.ts';
import { first } from './memory.ts';
import type { Memory } from './memory.ts';
import type { Reply } from './reply.ts';
import type { TurnParts } from './turn-parts.ts';
import { within } from './wait.ts';

const nothing: Reply = { status: 200 };

/** Milliseconds; Teams sends again what was not acknowledged within 15 s. */
const longestWork = 10_000;

const isInstallation = ({ type }: Incoming): boolean => type === 'installationUpdate';

/** The app was taken away there. */
export function isRemoval(incoming: Incoming): boolean {
  const { type, action, removed, place } = incoming;
  if (isInstallation(incoming)) return action.startsWith('remove');
  return type === 'conversationUpdate' && removed.includes(place.bot.id);
}

/** Whoever is not of the directory has no object id. */
export const personOf = ({ from, place }: Incoming, admission: Admission): Person =>
  admission.is === 'admitted'
    ? admission.person
    : { id: '', tenantId: place.tenantId, name: from.name, chatId: from.id };

/**
 * Acknowledged when it is written down that nobody there hears anything any more: otherwise Teams is to send it again, for
 * nothing else would ever tell us.
 */
export async function onRemoval(
  parts: TurnParts,
  { id, place }: Incoming,
  person: Person,
  arrived: Memory<true>,
): Promise<Reply> {
  arrived.forget(place.id);
  parts.acquaintance.forget(person);
  const work = parts.desk.onDeparture(place, person).then(
    () => true,
    (error: unknown) => {
      parts.log.error({ activity: id, error: String(error) }, 'a departure was not written down');
      return false;
    },
  );
  return (await within(parts.wait, longestWork, work, false)) ? nothing : { status: 503 };
}

/** Both activities tell of an installation, in either order and sometimes again: one arrival per stay. */
export function onArrival(parts: TurnParts, incoming: Incoming, person: Person, arrived: Memory<true>): Reply {
  const { place, action, added } = incoming;
  const isArrival = isInstallation(incoming) ? action.startsWith('add') : added.includes(place.bot.id);
  if (!isArrival || !first(arrived, place.id)) return nothing;
  return { status: 200, afterwards: () => parts.desk.onArrival(place, person) };
}
