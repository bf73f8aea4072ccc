import { loadCatalogue } from '../../../src/catalogue.ts';
import type { Catalogue } from '../../../src/catalogue.ts';
import { spanIn, timeOfDayIn } from '../../../src/flow/clockWords.ts';
import { filterInWords, widerThanSaid } from '../../../src/flow/hearing/filterInWords.ts';
import { nounsOf } from '../../../src/flow/hearing/deedNouns.ts';
import { filterIn } from '../../../src/flow/hearing/filterWords.ts';
import { nearestFilter } from '../../../src/flow/hearing/nearestFilter.ts';
import { timeInWords } from '../../../src/flow/hearing/zoneWords.ts';
import { nextTimeOfDay, zoneOr } from '../../../src/flow/localTime.ts';
import { offers } from '../../../src/flow/hearing/presentSubscriptions.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

const megan = { text: '@Megan Bowen', chatId: '29:megan', name: 'Megan Bowen' };
const diego = { text: '@Diego', chatId: '29:diego', name: 'Diego' };

const failed = { outcomes: ['failed', 'notSupported'] };
const configurationManager = [
  'triggerConfigurationManagerAction',
  'quickScan',
  'fullScan',
  'windowsDefenderUpdateSignatures',
];

test.each([
  ['anything', {}],
  ['everything', {}],
  ['all actions', {}],
  ['failed actions', failed],
  ['failures', failed],
  ['failed and unproven actions', { outcomes: ['failed', 'notSupported', 'unproven'] }],
  ['done', { outcomes: ['done'] }],
  ['done actions', { outcomes: ['done'] }],
  ['actions that succeeded', { outcomes: ['done'] }],
  ['actions that are done', { outcomes: ['done'] }],
  ['locks that are done', { actions: ['remoteLock'], outcomes: ['done'] }],
  ['failed or done actions', { outcomes: ['failed', 'notSupported', 'done'] }],
  ['what is done on Macs', { platforms: ['macOS'] }],
  ['anything that is done', {}],
  ['everything  done', {}],
  ['locks done on Macs', { actions: ['remoteLock'], platforms: ['macOS'] }],
  ['what is not done', { outcomes: ['refused'] }],
  ['lost mode', { actions: ['enableLostMode', 'disableLostMode'] }],
  ['mac locks', { actions: ['remoteLock'], platforms: ['macOS'] }],
  ['actions that are not done', { outcomes: ['refused'] }],
  ['locks', { actions: ['remoteLock'] }],
  ['removals', { actions: ['changeAssignments'] }],
  ['policy refreshes', { actions: configurationManager }],
  ['Scans', { actions: configurationManager }],
  ['reprovisions', { actions: ['reprovision'] }],
  ['wipes', { actions: ['factoryReset', 'factoryResetKeepEnrollmentData'] }],
  ['locks and removals', { actions: ['remoteLock', 'changeAssignments'] }],
  ['irreversible actions', { risks: ['irreversible'] }],
  ['disruptive or irreversible actions', { risks: ['disruptive', 'irreversible'] }],
  ['personal devices', { ownership: ['personal'] }],
  ['company devices', { ownership: ['company'] }],
  ['Macs, iPhones', { platforms: ['macOS', 'iOS'] }],
  ['failed locks on Macs', { actions: ['remoteLock'], ...failed, platforms: ['macOS'] }],
  [
    'all reprovisions of personal Windows devices',
    {
      actions: ['reprovision'],
      platforms: ['windows'],
      ownership: ['personal'],
    },
  ],
])('“%s” is understood', (text, filter) => {
  expect(filterIn(text, [], catalogue)).toEqual({ filter });
});

test.each([
  ['what @Megan Bowen does', {}, megan],
  ['actions of @Megan Bowen', {}, megan],
  ['@Megan Bowen’s locks', { actions: ['remoteLock'] }, megan],
  ['failed actions by @Megan Bowen', failed, megan],
  ['what I do', {}, undefined],
  ['my failed actions', failed, 'me'],
])('“%s” is about a person', (text, filter, person) => {
  const wanted = filterIn(text, [megan, diego], catalogue);
  expect(wanted).toEqual(person ? { filter, person } : { filter, person: 'me' });
});

test.each([
  '',
  'the',
  'and on',
  'weather',
  'failed weather',
  'lost devices',
  'lost',
  'locks on Tuesdays',
  'locks of Megan',
  '@Megan Bowen and @Diego',
  'please',
  'locks 12',
  'locks '.repeat(500) + 'x',
])('“%.30s” is not half understood', (text) => {
  expect(filterIn(text, [megan, diego], catalogue)).toBeUndefined();
});

test('what the card offers is understood', () => {
  for (const offer of offers) expect({ offer, wanted: filterIn(offer, [], catalogue) }).toMatchObject({ wanted: {} });
  expect(offers.map((offer) => filterIn(offer, [], catalogue)?.filter)).toContainEqual({ ownership: ['personal'] });
});

test.each([
  [{}, 'all actions'],
  [{ risks: ['irreversible'] }, 'irreversible actions'],
  [failed, 'all actions that have failed or are not supported by the device'],
  [
    { actions: ['remoteLock'], platforms: ['macOS'], ownership: ['company'], personId: 'p', personName: 'Megan Bowen' },
    'locks on company Macs by Megan Bowen',
  ],
  [{ personId: 'p', personName: 'Megan Bowen' }, 'what Megan Bowen does'],
  [{ personId: 'p', ownership: ['personal'] }, 'what one person does on personal devices'],
  [{ personId: 'p', ...failed }, `all actions by one person that have failed or are not supported by the device`],
  [
    { actions: ['reprovision'], risks: ['irreversible'], outcomes: ['done'] },
    'reprovisions that are irreversible and are done',
  ],
  [{ actions: ['factoryReset', 'factoryResetKeepEnrollmentData'] }, 'wipes'],
  [{ actions: ['factoryResetKeepEnrollmentData'] }, 'wipes, keeping the enrolment'],
  [{ actions: ['changeAssignments', 'recoverPasscode'] }, 'removals, restorations or passcode recoveries'],
  [{ actions: ['enableLostMode', 'rotateFileVaultKey'] }, 'lost mode on or FileVault key rotations'],
] as const)('%j is told in words', (filter, words) => {
  expect(filterInWords(filter as never, catalogue)).toBe(words);
});

test('every action is called by words that are understood as it', () => {
  const called = catalogue.actions.flatMap((action) => nounsOf(action).map((noun) => [noun, action.name] as const));
  expect(called.map(([noun]) => noun)).toEqual(expect.arrayContaining(['locks', 'removals', 'policy refreshes']));
  for (const [noun, name] of called)
    expect([noun, filterIn(noun, [], catalogue)?.filter.actions]).toEqual([noun, expect.arrayContaining([name])]);
});

test.each([
  ['anythin', 'anything'],
  ['loks on Mcas', undefined],
  ['loks on Macs', 'locks on Macs'],
  ['faild actions by @Megan Bowen', 'failed actions by @Megan Bowen'],
  ['polcy refreshes', 'policy refreshes'],
  ['the weather', undefined],
  ['locks', undefined],
  ['x '.repeat(500), undefined],
])('“%.30s” is nearest to “%s”', (text, near) => {
  expect(nearestFilter(text, [megan], catalogue)).toBe(near);
});

test.each([
  ['2026-11-21T16:00:00Z', 'Europe/Berlin', '17:00 by the clock of Europe/Berlin'],
  ['2026-11-22T16:00:00Z', 'Europe/Berlin', 'Sunday 22 November, 17:00 by the clock of Europe/Berlin'],
  ['2026-11-21T12:00:00Z', undefined, '12:00 UTC, because your client does not tell your time zone'],
  ['2026-11-21T12:00:00Z', 'W. Europe', '12:00 UTC, because I do not know the time zone that your client names'],
])('%s for somebody in %s is %s', (at, zone, words) => {
  expect(timeInWords(Date.parse(at), Date.parse('2026-11-21T10:00:00Z'), zone)).toBe(words);
});

test.each([
  [
    'quick scans',
    /^I cannot tell apart policy refreshes, wake-ups, .* and Defender signature updates: all of it is told\.$/u,
  ],
  ['removals', /^I cannot tell apart/u],
  ['locks', /^$/u],
  ['anything', /^$/u],
])('%s: what is heard beside it is said', (text, words) => {
  const { filter = {} } = filterIn(text, [], catalogue) ?? {};
  expect(widerThanSaid(filter, catalogue)).toMatch(words);
});

test.each([
  ['2 hours', 120],
  ['2h', 120],
  ['30 minutes', 30],
  ['30 min', 30],
  ['an hour', 60],
  ['half an hour', 30],
  ['1 day', 1440],
  ['0 hours', undefined],
  ['long', undefined],
  ['2 moons', undefined],
])('“%s” is a span', (text, minutes) => {
  expect(spanIn(text)).toBe(minutes === undefined ? undefined : minutes * 60_000);
});

test.each([
  ['17:00', 1020],
  ['17.30', 1050],
  ['5 pm', 1020],
  ['5:30pm', 1050],
  ['12 am', 0],
  ['12 pm', 720],
  ['noon', 720],
  ['8', 480],
  ['24:00', undefined],
  ['13 pm', undefined],
  ['8:75', undefined],
  ['soon', undefined],
])('“%s” is a time of day', (text, minutes) => {
  expect(timeOfDayIn(text)).toBe(minutes);
});

describe('the next time that clocks show', () => {
  const at = (text: string) => Date.parse(text);
  test.each([
    ['later today', 1020, 'Europe/Berlin', '2026-11-21T10:00:00Z', '2026-11-21T16:00:00Z'],
    ['tomorrow', 540, 'Europe/Berlin', '2026-11-21T10:00:00Z', '2026-11-22T08:00:00Z'],
    ['not this very moment', 660, 'Europe/Berlin', '2026-11-21T10:00:00Z', '2026-11-22T10:00:00Z'],
    ['after summer time began', 1020, 'Europe/Berlin', '2026-03-28T17:00:00Z', '2026-03-29T15:00:00Z'],
    ['after summer time ended', 1020, 'Europe/Berlin', '2026-10-24T16:00:00Z', '2026-10-25T16:00:00Z'],
    ['in the hour that is left out', 150, 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00Z'],
    ['in the hour that comes twice', 150, 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
    ['far west, where it is yesterday', 1380, 'Pacific/Honolulu', '2026-11-21T02:00:00Z', '2026-11-21T09:00:00Z'],
    ['far east, where it is tomorrow', 60, 'Pacific/Kiritimati', '2026-11-21T10:30:00Z', '2026-11-21T11:00:00Z'],
  ])('%s', (_, minutes, zone, after, expected) => {
    expect(new Date(nextTimeOfDay(minutes, zone, at(after)))).toEqual(new Date(expected));
  });

  test('once a day and never twice, a whole year long', () => {
    let now = at('2026-01-01T00:00:00Z');
    const waits = Array.from({ length: 365 }, () => {
      const next = nextTimeOfDay(150, 'America/New_York', now);
      const wait = (next - now) / 3_600_000;
      now = next;
      return wait;
    });
    expect(new Set(waits.slice(1))).toEqual(new Set([23, 24, 25]));
    expect(now).toBe(at('2026-12-31T07:30:00Z'));
  });

  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['Mars/Olympus', 'UTC'],
    [undefined, 'UTC'],
  ])('%s is reckoned as %s', (zone, expected) => {
    expect(zoneOr(zone)).toBe(expected);
  });
});
