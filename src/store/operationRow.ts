import { createHash } from 'node:crypto';
import { choreAt, confirmedAt, lookAt, offerOf } from '../model/operation.ts';
import type { Operation } from '../model/operation.ts';

/** What a SELECT must name for `operationOf`. */
export const operationColumns = 'id, version, data';

export interface OperationRow {
  readonly id: string;
  readonly version: number;
  readonly data: string;
}

/** The column is the truth about the version; what the JSON says of it is older. */
export const operationOf = ({ version, data }: OperationRow): Operation => ({
  ...(JSON.parse(data) as Operation),
  version,
});

/** An offer can be long, and is only ever compared. */
export function offerKeyOf(operation: Operation): string | undefined {
  const offer = offerOf(operation);
  return offer === undefined ? undefined : createHash('sha256').update(offer).digest('hex');
}

/** When it was over; undefined: it is not, or was never sent. */
export const endedAt = ({ state }: Operation): number | undefined => (state.is === 'finished' ? state.at : undefined);

export const newRowOf = (operation: Operation) => [
  operation.id,
  operation.version,
  operation.asker.tenantId,
  operation.device.id,
  operation.asker.id,
  operation.state.is,
  operation.askedAt,
  lookAt(operation),
  choreAt(operation),
  offerKeyOf(operation),
  operation.action,
  confirmedAt(operation),
  endedAt(operation),
  operation.ticket,
  JSON.stringify(operation),
];
