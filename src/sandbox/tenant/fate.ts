import type { ItemPhase, Phase, StatusDetail } from './phases.ts';

/** The actions this tenant understands, by Graph's names. */
export type ActionName = 'remoteLock' | 'triggerConfigurationManagerAction' | 'changeAssignments' | 'reprovision';

/** How Graph answers the POST of an action for a device, where it does not simply accept with 204. */
export type PostManner =
  | { readonly is: 'lost'; readonly executed: boolean }
  | { readonly is: 'serverError'; readonly status: 500 | 503 }
  /** Only the first POST; `retryAfter` in seconds at speed 1, null for none. */
  | { readonly is: 'throttledOnce'; readonly retryAfter: number | null }
  | { readonly is: 'forbidden'; readonly scope: string }
  | { readonly is: 'refused' }
  | { readonly is: 'slow'; readonly delayMs: number };

/** An action that stood on the device before this tenant was started. */
export interface Before {
  readonly action: ActionName;
  /** Before the start by the clock, whatever the speed. */
  readonly agoMs: number;
  readonly phases: readonly Phase[];
  /** The Mac shows an unlock PIN. */
  readonly withPin?: true;
  /** Display names of the apps that were removed. */
  readonly removed?: readonly string[];
}

/** The property in which a Cloud PC result tells its detail; the second is deprecated since 2024-08-31 and still met. */
export type StatusDetailHome = 'statusDetail' | 'statusDetails';

/** What a Cloud PC has of its own. */
export interface CloudPcFate {
  readonly phases: readonly Phase[];
  /** What getSupportedCloudPcRemoteActions says of reprovision. */
  readonly capability: 'enabled' | 'disabled';
  readonly detailIn: StatusDetailHome;
  /** Results carry the managed device's id; the documented sample has null. */
  readonly namesManagedDevice: boolean;
  readonly before?: { readonly actionName: string; readonly agoMs: number; readonly detail: StatusDetail | null };
}

/** All that is special about one device. What is left out goes well. */
export interface Fate {
  /** In plain words, for people who try things out. */
  readonly story: string;
  readonly post?: PostManner;
  readonly lock?: readonly Phase[];
  readonly configMgr?: readonly Phase[];
  /** What the result calls itself, where that is not the action's value: Microsoft documents no name for these. */
  readonly configMgrActionName?: string;
  /** By display name of the app or policy. */
  readonly items?: Readonly<Record<string, readonly ItemPhase[]>>;
  /** Has more apps than one call may name. */
  readonly manyApps?: true;
  /** changeAssignments is reported as the orphaned syncPayloadsActionResult. */
  readonly syncPayloadsSpelling?: true;
  /** Results as the documentation writes them: no `#` before the type, times eight hours west. */
  readonly documentationForm?: true;
  /** So many reads of the device after acceptance answer 429, by turns with and without Retry-After. */
  readonly throttledReads?: number;
  /** The record is gone so long after acceptance. */
  readonly vanishesAfterMs?: number;
  readonly before?: readonly Before[];
  /** Result entries sent exactly as they stand here, ahead of all others. */
  readonly rawResults?: readonly Readonly<Record<string, unknown>>[];
  /** null: Intune knows it as a Cloud PC, Windows 365 has no record of it. */
  readonly cloudPc?: CloudPcFate | null;
}
