import type { Operation } from '../../model/operation.ts';
import type { Person } from '../../model/person.ts';
import { isWhyNot } from '../../model/refusal.ts';
import type { Refusal } from '../../model/refusal.ts';
import type { Content } from '../../ports.ts';
import { findHistory, pastOf } from './findHistory.ts';
import type { HistoryFilter } from './findHistory.ts';
import type { HistoryPlace } from './historyPlace.ts';
import { pastWords } from './historyWords.ts';
import { namesIn } from './names.ts';
import type { Next } from '../next.ts';
import { inOwnChat } from '../ownChat.ts';
import { presentHistory } from './presentHistory.ts';
import { presentRefusal } from '../presentTalk.ts';
import type { Asked } from '../propose.ts';
import { notForRole, readershipOf } from '../may/readership.ts';
import type { World } from '../world.ts';

/** Display names of what a filter has by id, where they are known. */
export interface Named {
  readonly device?: string | undefined;
  readonly person?: string | undefined;
}

/** "Who locked MBP-042?", "History of MBP-042", "What Megan Bowen asked". */
function historyHeading(world: World, reader: Person, filter: HistoryFilter, named: Named): string {
  const past = filter.did && pastOf(world, filter.did);
  const device = named.device ?? 'this device';
  const of = filter.ticket === undefined ? '' : ` for #${filter.ticket}`;
  if (past && filter.did) return `Who ${pastWords(past, filter.did.slots)} ${device}?`;
  if (filter.deviceId !== undefined) return `History of ${device}${of}`;
  if (filter.personId === reader.id) return `What you asked${of}`;
  if (filter.personId !== undefined) return `What ${named.person ?? 'this person'} asked${of}`;
  return filter.ticket === undefined ? 'History' : `History of #${filter.ticket}`;
}

/** The answer to a message: the newest page, in the asker's own chat. Throws `GraphFault`. */
export async function showHistory(
  world: World,
  { asker, place }: Pick<Asked, 'asker' | 'place'>,
  filter: HistoryFilter,
  named: Named = {},
): Promise<Next> {
  const told = await tellHistory(world, asker, { filter, trail: [] }, named);
  if (isWhyNot(told)) return { draw: () => presentRefusal(world, told) };
  return inOwnChat(world, asker, place, historyHeading(world, asker, filter, named), told);
}

/** One page, as far as this reader may see it, or why they may not. Throws `GraphFault`. */
export async function tellHistory(
  world: World,
  reader: Person,
  place: HistoryPlace,
  named: Named = {},
): Promise<Content | Refusal> {
  const understood = historyHeading(world, reader, place.filter, named);
  const readership = await readershipOf(world, reader, understood);
  if (readership.is === 'refused') return readership.refusal;
  if (readership.is === 'none') return notForRole(understood, 'Your role does not include reading the history.');
  const { personId = reader.id } = place.filter;
  if (readership.is === 'own' && personId !== reader.id)
    return notForRole(understood, 'Your role includes reading about your own actions only.');
  const filter = readership.is === 'own' ? { ...place.filter, personId } : place.filter;
  return drawPage(world, reader, { ...place, filter }, named, readership.is === 'own');
}

async function drawPage(
  world: World,
  reader: Person,
  place: HistoryPlace,
  named: Named,
  isOwn: boolean,
): Promise<Content> {
  const page = await findHistory(world, place.filter, place.trail.at(-1));
  const [first] = page.operations;
  const known = { device: named.device ?? first?.device.name, person: named.person ?? first?.asker.name };
  const entries = page.operations.length > 0 ? await world.store.entriesOf(page.operations.map(({ id }) => id)) : [];
  return presentHistory(world, {
    ...page,
    heading: historyHeading(world, reader, place.filter, known),
    status: statusOf(place, page.operations, isOwn),
    place,
    entries,
    nameOf: await namesIn(world, page.operations, entries),
  });
}

const ownOnly = 'Only what you asked yourself: your role includes no more.';

function statusOf({ filter, trail }: HistoryPlace, operations: readonly Operation[], isOwn: boolean): string {
  const [first] = operations;
  const limits = isOwn ? [ownOnly] : [];
  if (filter.did && trail.length === 0)
    return [
      first
        ? `${first.asker.name} was the last to ask for it here; what became of it stands below.`
        : 'Nobody, as far as I know. What is done in Intune itself is not in my history.',
      ...limits,
    ].join(' ');
  const order = trail.length === 0 ? 'Newest first.' : 'Older ones, newest first.';
  return [first ? order : 'Nothing that I know of.', ...limits].join(' ');
}
