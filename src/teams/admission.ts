import type { Person } from '../model/person.ts';
import type { Incoming } from './activity.ts';

/**
 * Whether an activity may reach the desk. `foreign`: another tenant. `bot`: another bot, or our own echo.
 * `anonymous`: nobody of the directory, as in meetings that outsiders join.
 */
export type Admission =
  | { readonly is: 'admitted'; readonly person: Person }
  | { readonly is: 'foreign' }
  | { readonly is: 'bot' }
  | { readonly is: 'anonymous' };

/**
 * The bot's own check of who speaks: the token only proves that the activity came through the Bot Framework, for any
 * tenant that could install the app (Microsoft, "Agent tenancy": a single-tenant bot must check the tenant itself).
 * `tenantIds` in lower case.
 */
export function admit(incoming: Incoming, tenantIds: readonly string[]): Admission {
  const { conversation, channelData } = incoming.tenants;
  if (!tenantIds.includes(conversation) || !tenantIds.includes(channelData)) return { is: 'foreign' };
  const { id, aadObjectId, name, role } = incoming.from;
  if (id === incoming.place.bot.id || role === 'bot' || role === 'skill') return { is: 'bot' };
  if (aadObjectId === '') return { is: 'anonymous' };
  return { is: 'admitted', person: { id: aadObjectId, tenantId: channelData, name, chatId: id } };
}
