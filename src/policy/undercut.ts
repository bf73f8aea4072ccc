import { covers } from '../model/policy.ts';
import type { Hours, Policy, Rule } from '../model/policy.ts';
import type { Fault } from './yamlText.ts';

type Limit = 'perHour' | 'perDay' | 'hours';

const isWithin = <T>(part: readonly T[] | undefined, whole: readonly T[] | undefined): boolean =>
  whole === undefined || part?.every((one) => whole.includes(one)) === true;

/** Whether `other` is about all that `rule` is about, limits aside. */
const isAboutAllOf = (other: Rule, rule: Rule, known: readonly string[]): boolean =>
  known.every((action) => !covers(rule.actions, action) || covers(other.actions, action)) &&
  isWithin(rule.platforms, other.platforms) &&
  isWithin(rule.ownership, other.ownership);

const dayLong = 24 * 60;

/** Minutes of one day of these. */
const lengthOf = ({ from, to }: Hours): number => (to - from + dayLong) % dayLong;

/** Minutes of the week in which it may be done. */
const minutesOf = (hours: Hours): ReadonlySet<number> =>
  new Set(
    hours.days.flatMap((day) =>
      Array.from({ length: lengthOf(hours) }, (_, minute) => (day * dayLong + hours.from + minute) % (7 * dayLong)),
    ),
  );

/** Whether `some` is true of the minutes of both; of different time zones nothing is said. */
const compare = (
  one: Hours,
  other: Hours,
  some: (one: ReadonlySet<number>, other: ReadonlySet<number>) => boolean,
): boolean => one.timeZone === other.timeZone && some(minutesOf(one), minutesOf(other));

const meet = (rule: Rule, other: Rule): boolean =>
  !rule.hours ||
  !other.hours ||
  compare(rule.hours, other.hours, (some, others) => [...some].some((minute) => others.has(minute)));

const isLonger = (other: Hours | undefined, hours: Hours): boolean =>
  !other ||
  compare(other, hours, (some, others) => some.size > others.size && [...others].every((minute) => some.has(minute)));

/** The most that a rule lets one person do, whichever of its limits it is by. */
function mostOf({
  perHour = Infinity,
  perDay = Infinity,
  hours,
}: Rule): Readonly<Record<'perHour' | 'perDay', number>> {
  const hoursADay = hours ? Math.ceil(lengthOf(hours) / 60) : 24;
  return { perHour: Math.min(perHour, perDay), perDay: Math.min(perDay, perHour * hoursADay) };
}

/** The limits of `rule` that do not hold, because `other`, of the same role, allows the same with looser ones. */
function undercutBy(rule: Rule, other: Rule): readonly Limit[] {
  const [mine, theirs] = [mostOf(rule), mostOf(other)];
  const ceilings = (['perHour', 'perDay'] as const).filter(
    (limit) => rule[limit] !== undefined && theirs[limit] > rule[limit] && meet(rule, other),
  );
  const isTight = theirs.perHour < mine.perHour || theirs.perDay < mine.perDay;
  return [...ceilings, ...(rule.hours && !isTight && isLonger(other.hours, rule.hours) ? (['hours'] as const) : [])];
}

function told(rule: Rule, other: Rule, limit: Limit): Fault {
  const theirs = limit === 'hours' ? undefined : other[limit];
  const loose =
    limit === 'hours' && other.hours ? 'with longer hours' : `with ${theirs ? `${limit} ${theirs}` : `no ${limit}`}`;
  const only = limit !== 'hours' && other.hours ? ', in its hours' : '';
  return {
    line: rule.line,
    what: `${rule.name}.${limit} does not hold: ${other.name} in line ${other.line} allows the same ${loose}${only}. A role may do what any of its rules allows. Narrow line ${other.line}, or leave ${limit} out here.`,
  };
}

/**
 * Ceilings and hours that bind nobody, in the order of the file: not wrong, and hardly meant. Only where another rule is
 * about the same actions and devices as a whole; exceptions to a rule are meant. `known`: the names of all actions. Pure.
 */
export const undercutIn = ({ roles }: Policy, known: readonly string[]): readonly Fault[] =>
  roles.flatMap(({ may }) =>
    may.flatMap((rule) =>
      may
        .filter((other) => other !== rule && isAboutAllOf(other, rule, known))
        .flatMap((other) => undercutBy(rule, other).map((limit) => told(rule, other, limit))),
    ),
  );
