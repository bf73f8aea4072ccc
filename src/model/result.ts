import type { Instant } from './person.ts';

/** Graph's `actionState`; a value that Graph adds later stays readable as text. */
export type ActionState = 'none' | 'pending' | 'canceled' | 'active' | 'done' | 'failed' | 'notSupported';

/**
 * What Graph reports of one action on one device, in one form whichever way Graph spelt it.
 * Secrets are not in it: only whether there is one.
 */
export interface ActionResult {
  readonly actionName: string;
  /** Known states narrowed; anything else as Graph wrote it. */
  readonly state: ActionState | (string & {});
  readonly startedAt?: Instant;
  readonly updatedAt?: Instant;
  readonly detail: ResultDetail;
}

export type ResultDetail =
  PlainDetail | RemoteLockDetail | ConfigurationManagerDetail | AssignmentsDetail | CloudPcDetail;

/** `deviceActionResult` without extras. */
export interface PlainDetail {
  readonly is: 'plain';
}

/** `remoteLockActionResult`. */
export interface RemoteLockDetail {
  readonly is: 'remoteLock';
  /** Graph has an `unlockPin`. Its value is fetched on request only, for one person. */
  readonly unlockPin: boolean;
}

/** `configurationManagerActionResult`: two axes, delivery here and `state` above. */
export interface ConfigurationManagerDetail {
  readonly is: 'configurationManager';
  /** `actionDeliveryStatus`, as Graph wrote it. */
  readonly delivery: string;
  /** Int32 "from client"; undefined where Graph gives none. */
  readonly errorCode?: number;
}

/** `changeAssignmentsActionResult`, and `syncPayloadsActionResult` which is its older spelling. At most 30 items. */
export interface AssignmentsDetail {
  readonly is: 'assignments';
  readonly items: readonly AssignmentItemResult[];
}

export interface AssignmentItemResult {
  /** `itemId` / `payloadId`. */
  readonly id: string;
  /** `itemType` / `payloadType`. */
  readonly type: string;
  readonly name: string;
  /** `itemSubTypeDisplayName`; empty in the older spelling. */
  readonly subType: string;
  /** remove or restore. */
  readonly intent: string;
  /** initiated, inProgress, removed, error, succeeded. */
  readonly status: string;
  /** `intentActionMessage` / `detail`. */
  readonly message: string;
  /** 0 or undefined: none. */
  readonly errorCode?: number;
  /** The later of `lastActionDateTime` and `lastModifiedDateTime`. */
  readonly changedAt?: Instant;
}

/** `cloudPcRemoteActionResult`. */
export interface CloudPcDetail {
  readonly is: 'cloudPc';
  readonly cloudPcId: string;
  readonly managedDeviceId: string;
  /** `statusDetail`, or the older `statusDetails`. */
  readonly status?: CloudPcStatus;
}

export interface CloudPcStatus {
  readonly code: string;
  readonly message: string;
  readonly information: readonly { readonly name: string; readonly value: string }[];
}
