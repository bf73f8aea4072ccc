import type { Decision } from '../flow/may/decide.ts';
import type { Known } from '../graph/whoIs.ts';
import type { Device } from '../model/device.ts';
import type { Instant } from '../model/person.ts';
import type { Role, Rule } from '../model/policy.ts';

/** What a decision was made from. */
export interface Facts {
  readonly person: Known;
  readonly roles: readonly Role[];
  readonly action: string;
  readonly device: Device;
  readonly at: Instant;
  /** The policy file's name. */
  readonly file: string;
  /** Why nothing could be counted for the ceilings; undefined: it was. */
  readonly uncounted: string | undefined;
}

/** The part of a rule that said no, by the code of the no. */
const conditions: Readonly<Record<string, string>> = {
  notYourPlatform: 'platforms',
  notYourOwnership: 'ownership',
  notNow: 'hours',
  ceiling: 'perHour or perDay',
};

const zoned = (at: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at);

const placeOf = ({ name, line }: Rule, file: string): string => `${name}, ${line > 0 ? `${file}:${line}` : file}`;

const ofDevice = ({ name, serialNumber, platform, ownership, owner }: Device): string =>
  [name, serialNumber, platform, ownership === 'company' ? 'corporate' : ownership, `of ${owner.name || 'nobody'}`]
    .filter(Boolean)
    .join(', ');

const lines = (pairs: readonly (readonly [string, string | undefined])[]): readonly string[] =>
  pairs.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(14)}${value}`]));

/** Several lines, the answer first. */
export function explanation(decision: Decision, facts: Facts): string {
  const { person, roles, action, device, at, file, uncounted } = facts;
  const { rule } = decision;
  const isCounted = (rule?.perHour ?? rule?.perDay) !== undefined;
  const isDenied = decision.is === 'denied';
  const place = rule && placeOf(rule, file);
  const zone = rule?.hours?.timeZone;
  return [
    `${isDenied ? 'Denied' : 'Allowed'}: ${action} on ${device.name} by ${person.name || person.userPrincipalName}`,
    ...lines([
      ['person', `${person.userPrincipalName}, ${person.id}`],
      ['roles', roles.map(({ name }) => name).join(', ') || 'none'],
      ['device', ofDevice(device)],
      ['at', `${new Date(at).toISOString()}${zone ? `, in ${zone} ${zoned(at, zone)}` : ''}`],
      ...(isDenied
        ? ([
            ['nearest rule', place ?? `none in ${file}`],
            ['failed', conditions[decision.no.code]],
            ['because', `${decision.no.why} (${decision.no.code})`],
          ] as const)
        : ([['rule', place]] as const)),
      ['beware', isCounted && !isDenied && uncounted ? `The ceiling is not counted: ${uncounted}` : undefined],
    ]),
  ].join('\n');
}
