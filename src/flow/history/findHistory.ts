import type { Past } from '../../model/action.ts';
import { confirmedAt } from '../../model/operation.ts';
import type { Operation } from '../../model/operation.ts';
import type { Did } from '../../model/question.ts';
import type { Before, OperationFilter } from '../../storePort.ts';
import type { World } from '../world.ts';

/** What a history is about; what is left out does not narrow it. */
export interface HistoryFilter extends Pick<OperationFilter, 'deviceId' | 'personId' | 'ticket'> {
  readonly did?: Did | undefined;
}

export interface HistoryPage {
  /** Newest first. */
  readonly operations: readonly Operation[];
  /** Where the next page begins; undefined: there is none. */
  readonly older?: Before | undefined;
}

/** More would not fit into a message with everything that is told of each. */
const pageSize = 8;
const portion = 50;
/** What one click may cost; the next page goes on from there. */
const mostScanned = 500;

/** The words of an action's past that are meant; undefined where the catalogue has no such words any more. */
export const pastOf = ({ catalogue }: World, { action, past }: Did): Past<unknown> | undefined =>
  catalogue.actions.find(({ name }) => name === action)?.past[past];

/** What was offered and never confirmed, nobody did. */
function isMeant(world: World, { action, options, ...operation }: Operation, did: Did): boolean {
  const past = pastOf(world, did);
  if (!past || action !== did.action || confirmedAt({ ...operation, action, options }) === undefined) return false;
  return past.is?.(options, did.slots) ?? true;
}

const placeOf = ({ askedAt, id }: Operation): Before => ({ askedAt, id });

/** One page of the history, from there on. */
export async function findHistory(world: World, filter: HistoryFilter, from?: Before): Promise<HistoryPage> {
  const { did, ...sought } = filter;
  const limit = did ? portion : pageSize + 1;
  const found: Operation[] = [];
  let cursor = from;
  for (let scanned = 0; scanned < mostScanned && found.length <= pageSize; scanned += limit) {
    const some = await world.store.operationsOf(sought, limit, cursor);
    found.push(...some.filter((operation) => !did || isMeant(world, operation, did)));
    const last = some.at(-1);
    cursor = last && some.length === limit ? placeOf(last) : undefined;
    if (!cursor) break;
  }
  const operations = found.slice(0, pageSize);
  const last = operations.at(-1);
  return { operations, older: found.length > pageSize && last ? placeOf(last) : cursor };
}
