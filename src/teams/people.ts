import type { Person } from '../model/person.ts';
import type { Place } from '../model/place.ts';
import type { Log, Messenger } from '../ports.ts';
import type { Acquaintance } from './acquaintance.ts';
import type { Connector } from './connectors.ts';
import { ConnectorFault } from './fault.ts';
import { objectIn, textIn } from './foreign.ts';
import { toldApart } from './outcome.ts';
import { retried, type Patience } from './retry.ts';

export interface PeopleParts {
  readonly connectorFor: (serviceUrl: string) => Promise<Connector>;
  readonly acquaintance: Acquaintance;
  readonly patience: Patience;
  readonly log: Log;
}

/** What the messenger knows about people. Asking twice does no harm, so questions are asked again where that may help. */
export function createPeople(parts: PeopleParts): Pick<Messenger, 'privately' | 'whoIs'> {
  const { acquaintance, patience, log } = parts;
  return {
    privately: (person, near) =>
      toldApart(patience.clock, true, async () => {
        const known = acquaintance.home(person);
        return known ?? (await quietly(log, [400, 403, 404], () => open(parts, person, near)));
      }),
    whoIs: (place, chatId) => quietly(log, 'all', () => member(parts, place, chatId)),
  };
}

/**
 * A personal chat that we do not know by heart is asked for, also when `near` is one: whose it is, a place does not
 * tell, and Teams answers with the chat that exists already.
 */
async function open(parts: PeopleParts, person: Person, near: Place): Promise<Place | undefined> {
  if (person.chatId === '') return undefined;
  const connector = await parts.connectorFor(near.serviceUrl);
  const asked = {
    isGroup: false,
    bot: { ...near.bot },
    members: [{ id: person.chatId }],
    tenantId: near.tenantId,
    channelData: { tenant: { id: near.tenantId } },
  };
  // The SDK's type asks for a topic and a first activity; Teams takes neither for a chat of two.
  const created = await retried(parts.patience, () =>
    connector.conversations.createConversation(
      asked as Parameters<typeof connector.conversations.createConversation>[0],
    ),
  );
  return { kind: 'personal', id: created.id, tenantId: near.tenantId, serviceUrl: near.serviceUrl, bot: near.bot };
}

async function member(parts: PeopleParts, place: Place, chatId: string) {
  const connector = await parts.connectorFor(place.serviceUrl);
  const roster = parts.acquaintance.rosterOf(place);
  const found: unknown = await retried(parts.patience, () =>
    connector.conversations.getConversationMember(roster, chatId),
  );
  const account = objectIn(found) ?? {};
  const id = (textIn(account['aadObjectId']) || textIn(account['objectId'])).toLowerCase();
  if (id === '') return undefined;
  return { id, userPrincipalName: textIn(account['userPrincipalName']), name: textIn(account['name']) };
}

async function quietly<T>(
  log: Log,
  statuses: readonly number[] | 'all',
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const status = error instanceof ConnectorFault ? error.status : undefined;
    if (statuses !== 'all' && (status === undefined || !statuses.includes(status))) throw error;
    log.warn({ fault: error instanceof Error ? error.message : 'unknown' }, 'the connector did not help');
    return undefined;
  }
}
