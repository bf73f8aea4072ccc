import type { ActionResult, ActionState, ResultDetail } from '../model/result.ts';
import { assignmentsDetail } from './results-assignments.ts';
import { cloudPcDetail } from './results-cloud-pc.ts';
import { instantOf } from './instants.ts';
import { integer, list, record, text, type Json } from './json.ts';

const states: readonly ActionState[] = ['none', 'pending', 'canceled', 'active', 'done', 'failed', 'notSupported'];

const types: Readonly<Record<string, ResultDetail['is']>> = {
  remotelockactionresult: 'remoteLock',
  configurationmanageractionresult: 'configurationManager',
  changeassignmentsactionresult: 'assignments',
  syncpayloadsactionresult: 'assignments',
  cloudpcremoteactionresult: 'cloudPc',
};

/** A property that only one type has, for entries that come without their type. */
const marks: readonly (readonly [string, ResultDetail['is']])[] = [
  ['unlockPin', 'remoteLock'],
  ['actionDeliveryStatus', 'configurationManager'],
  ['deviceAssignmentItems', 'assignments'],
  ['deviceActionPayloads', 'assignments'],
  ['cloudPcId', 'cloudPc'],
];

/** Reads `deviceActionResults`, or the `value` of a Cloud PC's results. Null entries are left out. */
export const resultsFrom = (value: unknown): readonly ActionResult[] =>
  list(value)
    .filter((entry) => typeof entry === 'object' && entry !== null)
    .map(resultFrom);

/**
 * Reads one entry, in either spelling, into ours. An `unlockPin` is told as a boolean; its value stays behind.
 * A missing state is `none`: Graph's own word for "not a valid action state".
 */
export function resultFrom(value: unknown): ActionResult {
  const raw = record(value);
  const startedAt = instantOf(raw.startDateTime);
  const updatedAt = instantOf(raw.lastUpdatedDateTime);
  return {
    actionName: text(raw.actionName),
    state: stateFrom(text(raw.actionState)),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    detail: detailFrom(raw),
  };
}

/** The docs of Cloud PC results write `None` with a capital where the JSON enum has `none`. */
const stateFrom = (said: string): ActionResult['state'] =>
  said === '' ? 'none' : (states.find((state) => state.toLowerCase() === said.toLowerCase()) ?? said);

/** By type, with `#` (real answers) or without (the docs' samples); failing that by shape, failing that by name. */
export function kindOf(raw: Json): ResultDetail['is'] {
  const type = text(raw['@odata.type'])
    .replace(/^#?microsoft\.graph\./i, '')
    .toLowerCase();
  const known = types[type] ?? marks.find(([property]) => property in raw)?.[1];
  if (known) return known;
  return text(raw.actionName).toLowerCase() === 'remotelock' ? 'remoteLock' : 'plain';
}

function detailFrom(raw: Json): ResultDetail {
  const is = kindOf(raw);
  switch (is) {
    case 'remoteLock':
      return { is, unlockPin: text(raw.unlockPin) !== '' };
    case 'configurationManager': {
      const errorCode = integer(raw.errorCode);
      return { is, delivery: text(raw.actionDeliveryStatus), ...(errorCode === undefined ? {} : { errorCode }) };
    }
    case 'assignments':
      return assignmentsDetail(raw);
    case 'cloudPc':
      return cloudPcDetail(raw);
    case 'plain':
      return { is };
  }
}
