/** What kind of machine it is, as far as Intune's rules about actions differ. */
export interface Platform {
  /** In words, for people. */
  readonly label: string;
  /** remoteLock exists for it (Intune's page on the action; microsoft-graph-docs issue 12967 for the rest). */
  readonly locks: boolean;
  /** A lock hands out an unlock PIN. */
  readonly pin: boolean;
  /** changeAssignments exists for it: iOS/iPadOS and corporate Android. */
  readonly changesAssignments: boolean;
  /** Has a Configuration Manager client. */
  readonly configMgr: boolean;
  /** Properties that all such devices share, by Graph's names. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** For platforms to build on: none of the actions exists. */
export const noActions = { locks: false, pin: false, changesAssignments: false, configMgr: false };
