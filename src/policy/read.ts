import type { Hours, Ownership, Policy, Role, Rule } from '../model/policy.ts';
import { faultsOf } from './faults.ts';
import { formOf, schemaOf } from './form.ts';
import type { PolicyFile } from './form.ts';
import type { Path } from './lines.ts';
import { readYaml } from './yamlText.ts';
import type { Fault } from './yamlText.ts';

export type ReadPolicy =
  | { readonly is: 'policy'; readonly policy: Policy }
  /** What is wrong, all of it, in the order of the file. */
  | { readonly is: 'faults'; readonly faults: readonly Fault[] };

/** Reads the text of a policy file. `actions`: the names that the catalogue knows. Does not throw. */
export function readPolicy(text: string, actions: readonly string[]): ReadPolicy {
  const read = readYaml(text);
  if (read.is === 'faults') return read;
  const { value, lineAt } = read;
  if (value === null) return { is: 'faults', faults: [{ what: 'is empty. Write at least one role into it.' }] };
  const { data, error } = formOf(actions).safeParse(value);
  return data
    ? { is: 'policy', policy: policyOf(data, lineAt) }
    : { is: 'faults', faults: faultsOf(error, schemaOf(actions), value, lineAt) };
}

function policyOf(
  { roles, protected: guarded, asPerson, notices }: PolicyFile,
  lineAt: (path: Path) => number,
): Policy {
  return {
    roles: Object.entries(roles).map(([name, role]) => roleOf(name, role, (at) => lineAt(['roles', name, 'may', at]))),
    protected: { devices: guarded?.devices ?? [], people: guarded?.people ?? [] },
    asPerson: asPerson ?? [],
    ownersInNotices: notices?.owners !== 'hidden',
  };
}

type FileRole = PolicyFile['roles'][string];
type FileRule = NonNullable<FileRole['may']>[number];

const roleOf = (name: string, role: FileRole, lineAt: (index: number) => number): Role => ({
  name,
  groups: role.groups,
  may: (role.may ?? []).map((rule, index) => ruleOf(rule, `${name}.may[${index}]`, lineAt(index))),
  history: role.history ?? 'own',
  subscriptions: role.subscriptions ?? false,
});

const ruleOf = ({ hours, ownership, ...rule }: FileRule, name: string, line: number): Rule => ({
  ...rule,
  name,
  line,
  ...(ownership ? { ownership: ownership.map((one): Ownership => (one === 'personal' ? one : 'company')) } : {}),
  ...(hours ? { hours: hoursOf(hours) } : {}),
});

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const hoursOf = ({ from, to, days, timeZone }: NonNullable<FileRule['hours']>): Hours => ({
  from: minutes(from),
  to: minutes(to),
  days: (days ?? weekdays).map((day) => weekdays.indexOf(day)),
  timeZone,
});
