import type { Device } from './device.ts';

/** Who may do what: read from the policy file, and asked at every door. Nothing that is not allowed here is. */
export interface Policy {
  readonly roles: readonly Role[];
  readonly protected: Protected;
  /** Actions for which Graph is called in the name of the person who clicked; for all others in the app's. */
  readonly asPerson: 'all' | readonly string[];
  /** Whether notices name the devices' owners. */
  readonly ownersInNotices: boolean;
}

/** What the members of some Entra groups may do. Who has several roles may do what any of them allows. */
export interface Role {
  readonly name: string;
  /** Entra object ids, in lower case; nested groups count. Never empty. */
  readonly groups: readonly string[];
  readonly may: readonly Rule[];
  /** Whose actions they may read about, in history and under way. */
  readonly history: 'none' | 'own' | 'all';
  /** Whether they may say what a place hears about. */
  readonly subscriptions: boolean;
}

/** One permission. What is left out does not narrow it. */
export interface Rule {
  /** Where it stands: `firstLine.may[0]`. */
  readonly name: string;
  /** Its line in the policy file; 0 where there is none. */
  readonly line: number;
  readonly actions: 'all' | readonly string[];
  readonly platforms?: readonly Device['platform'][] | undefined;
  readonly ownership?: readonly Ownership[] | undefined;
  /** The most of these actions that one person may confirm in any hour, and in any 24 hours. */
  readonly perHour?: number | undefined;
  readonly perDay?: number | undefined;
  readonly hours?: Hours | undefined;
}

export type Ownership = 'company' | 'personal';

/** When it may be done, by the clock of `timeZone` (IANA). `to` may lie after midnight: then `days` are those of `from`. */
export interface Hours {
  /** Minutes after midnight. */
  readonly from: number;
  readonly to: number;
  /** 0 is Sunday. */
  readonly days: readonly number[];
  readonly timeZone: string;
}

/** Whatever a role says. */
export interface Protected {
  /** Serial numbers or Intune device ids, in lower case. */
  readonly devices: readonly string[];
  /** Entra object ids, in lower case: of primary users whose devices nobody acts on from here. */
  readonly people: readonly string[];
}

/** Where no policy file is set: the members of one group may do everything. */
export const policyOfGroup = (groupId: string): Policy => ({
  roles: [
    {
      name: 'helpdesk',
      groups: [groupId.toLowerCase()],
      may: [{ name: 'helpdesk.may[0]', line: 0, actions: 'all' }],
      history: 'all',
      subscriptions: true,
    },
  ],
  protected: { devices: [], people: [] },
  asPerson: [],
  ownersInNotices: true,
});

export const covers = (actions: 'all' | readonly string[], action: string): boolean =>
  actions === 'all' || actions.includes(action);

/** Every group that a role speaks of. */
export const groupsOf = ({ roles }: Policy): readonly string[] => [...new Set(roles.flatMap(({ groups }) => groups))];
