import type { Policy, Role } from '../model/policy.ts';

/** What a person who reads the log wants to know of a new version: names of roles, and what else is different. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Other parts of the file that are different. */
  readonly also: readonly string[];
}

/** Where a rule stands in the file is not part of what it says. */
const said = ({ may, ...role }: Role): string =>
  JSON.stringify({ ...role, may: may.map((rule) => ({ ...rule, line: 0 })) });

export function changesBetween(before: Policy, after: Policy): Changes {
  const old = new Map(before.roles.map((role) => [role.name, said(role)]));
  const now = new Map(after.roles.map((role) => [role.name, said(role)]));
  const parts = ['protected', 'asPerson', 'ownersInNotices'] as const;
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now].filter(([name, text]) => old.has(name) && old.get(name) !== text).map(([name]) => name),
    also: parts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part])),
  };
}
