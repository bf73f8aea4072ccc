/** What Graph's actionState can be; `none` is documented as "not a valid action state" and occurs all the same. */
export type ActionState = 'none' | 'pending' | 'canceled' | 'active' | 'done' | 'failed' | 'notSupported';

/** How far a Configuration Manager action has come on its way to the server on premises. */
export type DeliveryStatus =
  | 'unknown'
  | 'pendingDelivery'
  | 'deliveredToConnectorService'
  | 'failedToDeliverToConnectorService'
  | 'deliveredToOnPremisesServer';

/** A Cloud PC's own account of how an action went. */
export interface StatusDetail {
  readonly code: string;
  readonly message: string;
  readonly additionalInformation: readonly { readonly name: string; readonly value: string }[];
}

/** A stretch of an action's life, from `afterMs` (at speed 1, counted from acceptance) until the next one begins. */
export interface Phase {
  readonly afterMs: number;
  readonly state: ActionState;
  readonly delivery?: DeliveryStatus;
  /** Int32 as the Configuration Manager client gave it. */
  readonly errorCode?: number;
  readonly detail?: StatusDetail;
}

export type ItemStatus = 'initiated' | 'inProgress' | 'removed' | 'error' | 'succeeded';

/** The same for one app or policy of changeAssignments. */
export interface ItemPhase {
  readonly afterMs: number;
  readonly status: ItemStatus;
  readonly errorCode?: number;
  readonly message?: string;
}

/** When something was accepted, and the clock and speed it lives by. */
export interface Course {
  /** ms since epoch. */
  readonly acceptedAt: number;
  readonly now: number;
  /** Factor on all delays; 1 = as scripted. */
  readonly speed: number;
}

/** The phase that holds now and since when (ms since epoch); undefined before the first phase or without any. */
export function phaseAt<T extends { readonly afterMs: number }>(
  phases: readonly T[],
  course: Course,
): { readonly phase: T; readonly since: number } | undefined {
  const elapsed = (course.now - course.acceptedAt) * course.speed;
  const phase = phases.findLast((candidate) => candidate.afterMs <= elapsed);
  return phase && { phase, since: course.acceptedAt + phase.afterMs / course.speed };
}
