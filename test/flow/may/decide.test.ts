import { decide, rolesOf } from '../../../src/flow/may/decide.ts';
import type { Wanted } from '../../../src/flow/may/decide.ts';
import type { Confirmed } from '../../../src/storePort.ts';
import { hoursIn, isWithin } from '../../../src/flow/may/hours.ts';
import type { Device } from '../../../src/model/device.ts';
import type { Hours, Policy, Role, Rule } from '../../../src/model/policy.ts';
import { mac, noon } from '../../world.ts';

const hour = 60 * 60_000;
const everyDay = [0, 1, 2, 3, 4, 5, 6];

const rule = (name: string, further: Partial<Rule> = {}): Rule => ({
  name,
  line: 0,
  actions: ['remoteLock'],
  ...further,
});
const role = (name: string, ...may: readonly Rule[]): Role => ({
  name,
  groups: [name],
  may,
  history: 'own',
  subscriptions: false,
});
const policyOf = (roles: readonly Role[], guarded: Partial<Policy['protected']> = {}): Policy => ({
  roles,
  protected: { devices: [], people: [], ...guarded },
  asPerson: [],
  ownersInNotices: true,
});

/** `allowed r`, or `code (nearest rule)`. */
function decided(
  may: readonly Rule[],
  wanted: Partial<Wanted> = {},
  confirmed: readonly Confirmed[] = [],
  now = noon,
): string {
  const roles = [role('r', ...may)];
  const decision = decide(policyOf(roles), roles, { action: 'remoteLock', device: mac, ...wanted }, confirmed, now);
  return decision.is === 'allowed'
    ? `allowed ${decision.rule.name}`
    : `${decision.no.code} (${decision.rule?.name ?? 'none'})`;
}

const office: Hours = { from: 480, to: 1_080, days: [1, 2, 3, 4, 5], timeZone: 'Europe/Berlin' };
const of = (further: Partial<Device>): { device: Device } => ({ device: { ...mac, ...further } });
const ago = (...times: readonly number[]): readonly Confirmed[] =>
  times.map((milliseconds) => ({ action: 'remoteLock', at: noon - milliseconds }));

test.each<[string, readonly Rule[], Partial<Wanted>, string]>([
  ['the action is named', [rule('a')], {}, 'allowed a'],
  ['all actions are allowed', [rule('a', { actions: 'all' })], {}, 'allowed a'],
  ['nothing is allowed', [], {}, 'notYourAction (none)'],
  ['another action is named', [rule('a', { actions: ['reprovision'] })], {}, 'notYourAction (none)'],
  ['a name that is only like it', [rule('a', { actions: ['RemoteLock'] })], {}, 'notYourAction (none)'],
  ['the platform fits', [rule('a', { platforms: ['iOS', 'macOS'] })], {}, 'allowed a'],
  ['another platform', [rule('a', { platforms: ['windows'] })], {}, 'notYourPlatform (a)'],
  [
    'a platform that nobody knows',
    [rule('a', { platforms: ['macOS'] })],
    of({ platform: 'unknown' }),
    'notYourPlatform (a)',
  ],
  ['any platform, even one that nobody knows', [rule('a')], of({ platform: 'unknown' }), 'allowed a'],
  ['the ownership fits', [rule('a', { ownership: ['company'] })], {}, 'allowed a'],
  ['somebody’s own', [rule('a', { ownership: ['company'] })], of({ ownership: 'personal' }), 'notYourOwnership (a)'],
  ['the company’s', [rule('a', { ownership: ['personal'] })], {}, 'notYourOwnership (a)'],
  [
    'ownership that Intune does not know',
    [rule('a', { ownership: ['company', 'personal'] })],
    of({ ownership: 'unknown' }),
    'notYourOwnership (a)',
  ],
  [
    'ownership that Intune does not tell',
    [rule('a', { ownership: ['company', 'personal'] })],
    of({ ownership: '' }),
    'notYourOwnership (a)',
  ],
  [
    'both, where one does not',
    [rule('a', { platforms: ['macOS'], ownership: ['personal'] })],
    {},
    'notYourOwnership (a)',
  ],
  [
    'no device yet: what is said of devices waits',
    [rule('a', { platforms: ['windows'], ownership: ['personal'] })],
    { device: undefined },
    'allowed a',
  ],
  ['no device yet: hours can wait', [rule('a', { hours: office })], { device: undefined }, 'allowed a'],
  ['outside its hours, on a Saturday', [rule('a', { hours: office })], {}, 'notNow (a)'],
  ['outside its hours, confirmed before', [rule('a', { hours: office })], { isConfirmed: true }, 'allowed a'],
  ['another rule allows it', [rule('a', { hours: office }), rule('b', { platforms: ['macOS'] })], {}, 'allowed b'],
  ['the first that allows it is the one', [rule('a'), rule('b')], {}, 'allowed a'],
  [
    'the nearest rule is told, first',
    [rule('a', { hours: office }), rule('b', { platforms: ['iOS'] })],
    {},
    'notNow (a)',
  ],
  [
    'the nearest rule is told, last',
    [rule('a', { platforms: ['iOS'] }), rule('b', { ownership: ['personal'] })],
    {},
    'notYourOwnership (b)',
  ],
  [
    'of two that are as near, the first',
    [rule('a', { platforms: ['iOS'] }), rule('b', { platforms: ['windows'] })],
    {},
    'notYourPlatform (a)',
  ],
  [
    'a rule about another action is not near',
    [rule('a', { actions: ['reprovision'] }), rule('b', { platforms: ['iOS'] })],
    {},
    'notYourPlatform (b)',
  ],
])('%s', (_what, may, wanted, expected) => {
  expect(decided(may, wanted)).toBe(expected);
});

test.each<[string, Partial<Rule>, readonly Confirmed[], string]>([
  ['below the ceiling of an hour', { perHour: 2 }, ago(10), 'allowed a'],
  ['at the ceiling of an hour', { perHour: 2 }, ago(10, 20), 'ceiling (a)'],
  ['an hour ago, to the millisecond', { perHour: 1 }, ago(hour), 'ceiling (a)'],
  ['longer than an hour ago', { perHour: 1 }, ago(hour + 1), 'allowed a'],
  ['at the ceiling of a day', { perHour: 5, perDay: 2 }, ago(2 * hour, 23 * hour), 'ceiling (a)'],
  ['longer than a day ago', { perDay: 1 }, ago(24 * hour + 1), 'allowed a'],
  ['other actions do not count', { perHour: 1 }, [{ action: 'reprovision', at: noon - 1 }], 'allowed a'],
  [
    'all that the rule allows counts',
    { perHour: 1, actions: 'all' },
    [{ action: 'reprovision', at: noon - 1 }],
    'ceiling (a)',
  ],
])('ceilings: %s', (_what, further, confirmed, expected) => {
  expect(decided([rule('a', further)], {}, confirmed)).toBe(expected);
});

test('more may have been confirmed than this rule alone allows', () => {
  const roles = [role('r', rule('a', { perHour: 1 }))];
  const wanted = { action: 'remoteLock', device: mac };
  const decision = decide(policyOf(roles), roles, wanted, ago(1, 2, 3), noon);
  expect(decision.is === 'denied' && decision.no.why).toContain(
    'allows 1 of these in any hour, and you have confirmed 3',
  );
});

test('what was confirmed is not held against itself', () => {
  expect(decided([rule('a', { perHour: 1 })], { isConfirmed: true }, ago(1))).toBe('allowed a');
});

test.each<[Partial<Rule>, readonly Confirmed[], string]>([
  [{ perHour: 1 }, ago(hour - 30_000), 'You can do the next one in 1 minute.'],
  [{ perHour: 2 }, ago(10 * 60_000, 50 * 60_000), 'You can do the next one in 10 minutes.'],
  [{ perHour: 1 }, ago(10 * 60_000, 50 * 60_000), 'You can do the next one in 50 minutes.'],
  [{ perDay: 1 }, ago(hour), 'You can do the next one in 23 hours.'],
  [{ perHour: 1, perDay: 2 }, ago(hour / 2, 2 * hour), 'You can do the next one in 22 hours.'],
])('a ceiling that is reached tells when it is free again: %j', (further, confirmed, told) => {
  const roles = [role('r', rule('a', further))];
  const decision = decide(policyOf(roles), roles, { action: 'remoteLock', device: mac }, confirmed, noon);
  expect(decision.is === 'denied' && decision.no.instead).toContain(told);
});

test.each<[string, Partial<Policy['protected']>, Partial<Device>, boolean]>([
  ['its serial number', { devices: ['c02xk1aajg5j'] }, {}, true],
  ['its serial number, with spaces', { devices: ['c02xk1aajg5j'] }, { serialNumber: ' C02XK1AAJG5J ' }, true],
  ['its id', { devices: [mac.id] }, { id: mac.id.toUpperCase() }, true],
  ['its owner', { people: ['adele-id'] }, { owner: { ...mac.owner, id: 'ADELE-ID' } }, true],
  ['another serial number', { devices: ['c02xk1aajg5'] }, {}, false],
  ['no serial number', { devices: ['x'] }, { serialNumber: '' }, false],
  ['somebody else', { people: ['other-id'] }, {}, false],
])('protected by %s', (_what, guarded, further, isProtected) => {
  const roles = [role('lead', rule('a', { actions: 'all' }))];
  const decision = decide(policyOf(roles, guarded), roles, { action: 'remoteLock', ...of(further) }, [], noon);
  expect(decision.is === 'denied' && decision.no.code).toBe(isProtected && 'protected');
});

test('what one role allows, another does not take away', () => {
  const roles = [role('auditor'), role('phones', rule('p', { platforms: ['iOS'] })), role('macs', rule('m'))];
  const wanted: Wanted = { action: 'remoteLock', device: mac };
  expect(decide(policyOf(roles), roles, wanted, [], noon)).toMatchObject({ is: 'allowed', rule: { name: 'm' } });
  expect(decide(policyOf(roles), roles.slice(0, 2), wanted, [], noon)).toMatchObject({ is: 'denied' });
});

test('without a role nothing is allowed, and nothing told of what is protected', () => {
  const policy = policyOf([role('lead', rule('a'))], { devices: [mac.id] });
  const decision = decide(policy, [], { action: 'remoteLock', device: mac }, [], noon);
  expect(decision).toMatchObject({ is: 'denied', no: { code: 'noRole' } });
});

test('roles come from groups', () => {
  const policy = policyOf([role('a'), { ...role('b'), groups: ['x', 'y'] }, role('c')]);
  expect(rolesOf(policy, ['y', 'c', 'z']).map(({ name }) => name)).toEqual(['b', 'c']);
  expect(rolesOf(policy, [])).toEqual([]);
});

const night: Hours = { from: 1_320, to: 360, days: [5], timeZone: 'UTC' };

test.each<[string, Hours, string, boolean]>([
  ['before it begins', office, '2026-11-23T06:59:59Z', false],
  ['as it begins, by the clocks of winter', office, '2026-11-23T07:00:00Z', true],
  ['as it begins, by the clocks of summer', office, '2026-07-06T06:00:00Z', true],
  ['an hour before, in summer', office, '2026-07-06T05:59:59Z', false],
  ['its last minute', office, '2026-11-23T16:59:59Z', true],
  ['its end', office, '2026-11-23T17:00:00Z', false],
  ['another day', office, '2026-11-22T10:00:00Z', false],
  ['already Monday there', { ...office, from: 0, timeZone: 'Pacific/Auckland' }, '2026-11-22T12:00:00Z', true],
  ['still Sunday there', { ...office, to: 1_440, timeZone: 'America/Los_Angeles' }, '2026-11-23T05:00:00Z', false],
  ['over midnight: the evening of its day', night, '2026-11-20T22:00:00Z', true],
  ['over midnight: the morning after', night, '2026-11-21T05:59:00Z', true],
  ['over midnight: too late in the morning after', night, '2026-11-21T06:00:00Z', false],
  ['over midnight: the evening after', night, '2026-11-21T22:00:00Z', false],
  ['over midnight: the morning of its day', night, '2026-11-20T05:00:00Z', false],
  ['over midnight: between', night, '2026-11-20T12:00:00Z', false],
  [
    'until midnight, written 24:00',
    { from: 1_200, to: 1_440, days: [5], timeZone: 'UTC' },
    '2026-11-20T23:59:59Z',
    true,
  ],
  [
    'until midnight, written 24:00, and no longer',
    { from: 1_200, to: 1_440, days: [5], timeZone: 'UTC' },
    '2026-11-21T00:00:00Z',
    false,
  ],
  ['until midnight, written 00:00', { from: 1_200, to: 0, days: [5], timeZone: 'UTC' }, '2026-11-20T23:59:59Z', true],
  [
    'until midnight, written 00:00, and no longer',
    { from: 1_200, to: 0, days: [5], timeZone: 'UTC' },
    '2026-11-21T00:00:00Z',
    false,
  ],
  ['midnight is 00:00', { from: 0, to: 60, days: everyDay, timeZone: 'UTC' }, '2026-11-21T00:30:00Z', true],
  // On 25 October 2026 the clocks of Berlin show 02:30 twice: at 00:30 and at 01:30 UTC.
  [
    'the hour that comes twice, first',
    { from: 120, to: 180, days: [0], timeZone: 'Europe/Berlin' },
    '2026-10-25T00:30:00Z',
    true,
  ],
  [
    'the hour that comes twice, again',
    { from: 120, to: 180, days: [0], timeZone: 'Europe/Berlin' },
    '2026-10-25T01:30:00Z',
    true,
  ],
  [
    'after the hour that comes twice',
    { from: 120, to: 180, days: [0], timeZone: 'Europe/Berlin' },
    '2026-10-25T02:00:00Z',
    false,
  ],
  // On 29 March 2026 they go from 02:00 to 03:00.
  [
    'the hour that does not come',
    { from: 120, to: 180, days: [0], timeZone: 'Europe/Berlin' },
    '2026-03-29T01:00:00Z',
    false,
  ],
])('hours: %s', (_what, hours, at, expected) => {
  expect(isWithin(hours, Date.parse(at))).toBe(expected);
});

test.each<[Partial<Hours>, string]>([
  [{}, 'from 08:00 to 18:00, Mon to Fri, by the clocks of Europe/Berlin'],
  [{ days: everyDay }, 'from 08:00 to 18:00, every day, by the clocks of Europe/Berlin'],
  [{ days: [6, 0] }, 'from 08:00 to 18:00, Sat, Sun, by the clocks of Europe/Berlin'],
  [{ days: [5, 6, 0] }, 'from 08:00 to 18:00, Fri to Sun, by the clocks of Europe/Berlin'],
  [{ days: [0, 1, 3] }, 'from 08:00 to 18:00, Mon, Wed, Sun, by the clocks of Europe/Berlin'],
  [{ from: 1_320, to: 360 }, 'from 22:00 to 06:00 on the next day, Mon to Fri, by the clocks of Europe/Berlin'],
  [{ to: 0 }, 'from 08:00 to 24:00, Mon to Fri, by the clocks of Europe/Berlin'],
])('hours in words: %j', (further, words) => {
  expect(hoursIn({ ...office, ...further })).toBe(words);
});
