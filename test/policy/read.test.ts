import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { covers } from '../../src/model/policy.ts';
import { tellFaults } from '../../src/policy/file.ts';
import { readPolicy } from '../../src/policy/read.ts';

const actions = ['changeAssignments', 'remoteLock', 'reprovision', 'triggerConfigurationManagerAction'];
const group = '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01';

const faultsOf = (text: string): readonly string[] => {
  const read = readPolicy(text, actions);
  return read.is === 'faults' ? tellFaults('/etc/desk/policy.yaml', read.faults) : [];
};

function policyOf(text: string) {
  const read = readPolicy(text, actions);
  if (read.is === 'faults') throw new Error(tellFaults('policy.yaml', read.faults).join('\n'));
  return read.policy;
}

/** A file in which one rule has these lines. */
const ruled = (...lines: readonly string[]) =>
  ['roles:', '  lead:', `    groups: [${group}]`, '    may:', '      - actions: all', ...lines].join('\n');

test('everything that a file can say', () => {
  const text = `
roles:
  lead:
    groups: [${group.toUpperCase()}]
    may: [{ actions: all }]
    history: all
    subscriptions: true
  firstLine:
    groups:
      - ${group}
    may:
      - actions: [remoteLock, reprovision]
        platforms: [macOS, iOS]
        ownership: [corporate]
        perHour: 10
        perDay: 30
        hours: { from: 22:00, to: '06:00', days: [fri, sat], timeZone: Europe/Berlin }
      - actions: [changeAssignments]
        ownership: [personal, company]
protected:
  devices: [C02XK1ABJG5H, ' 1111-AAAA ']
  people: [7C0A3D52-8a2e-4a63-8a39-8f5f2f3c2005, 00000000-0000-0000-0000-0000000000020]
asPerson: [remoteLock]
notices: { owners: hidden }
`;
  expect(policyOf(text)).toEqual({
    roles: [
      {
        name: 'lead',
        groups: [group],
        may: [{ name: 'lead.may[0]', line: 5, actions: 'all' }],
        history: 'all',
        subscriptions: true,
      },
      {
        name: 'firstLine',
        groups: [group],
        may: [
          {
            name: 'firstLine.may[0]',
            line: 12,
            actions: ['remoteLock', 'reprovision'],
            platforms: ['macOS', 'iOS'],
            ownership: ['company'],
            perHour: 10,
            perDay: 30,
            hours: { from: 1_320, to: 360, days: [5, 6], timeZone: 'Europe/Berlin' },
          },
          { name: 'firstLine.may[1]', line: 18, actions: ['changeAssignments'], ownership: ['personal', 'company'] },
        ],
        history: 'own',
        subscriptions: false,
      },
    ],
    protected: {
      devices: ['c02xk1abjg5h', '1111-aaaa'],
      people: ['7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2005', '00000000-0000-0000-0000-0000000000020'],
    },
    asPerson: ['remoteLock'],
    ownersInNotices: false,
  });
});

test('what is left out grants nothing', () => {
  expect(policyOf(`roles: { reader: { groups: [${group}] } }`)).toEqual({
    roles: [{ name: 'reader', groups: [group], may: [], history: 'own', subscriptions: false }],
    protected: { devices: [], people: [] },
    asPerson: [],
    ownersInNotices: true,
  });
});

test('more groups than one call of Graph takes are no fault', () => {
  const many = Array.from({ length: 45 }, (_, index) => `5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7${String(100 + index)}`);
  expect(policyOf(`roles: { all: { groups: [${many.join(', ')}] } }`).roles[0]?.groups).toEqual(many);
});

test('anchors may be used; hours may end at midnight', () => {
  const text = `${ruled("        hours: &day { from: '08:00', to: '24:00', timeZone: UTC }")}\n      - { actions: [remoteLock], hours: *day }`;
  const [first, second] = policyOf(text).roles[0]?.may ?? [];
  expect(first?.hours).toEqual({ from: 480, to: 1_440, days: [0, 1, 2, 3, 4, 5, 6], timeZone: 'UTC' });
  expect(second?.hours).toEqual(first?.hours);
});

test.each<[string, string, string]>([
  ['nothing', '', 'policy.yaml is empty. Write at least one role into it.'],
  ['no roles', 'roles: {}', 'policy.yaml:1: roles must name at least one role, or nobody may do anything.'],
  ['roles left empty', 'roles:', 'policy.yaml:1: roles is empty. Fill it in, or remove the line.'],
  ['no roles at all', 'protected: {}', 'policy.yaml:1: roles is missing. Add it.'],
  ['a list', '- lead', 'policy.yaml:1: the file must be a map of lines like “key: value”.'],
  ['a key twice', `${ruled()}\nroles: {}`, 'policy.yaml:6: “roles: {}” stands there a second time. Keep one of them.'],
  ['a role twice', `${ruled()}\n  lead: {}`, 'policy.yaml:6: “lead: {}” stands there a second time. Keep one of them.'],
  [
    'two documents',
    `${ruled()}\n---\nroles: {}`,
    'policy.yaml:6: begins a second document there. Write everything into one.',
  ],
  [
    'an alias of nothing',
    'roles: *them',
    'policy.yaml:1: *them stands for nothing: no &them is before it. Correct or remove it.',
  ],
  [
    'a group by its name',
    'roles:\n  lead:\n    groups:\n      - Helpdesk',
    'policy.yaml:4: roles.lead.groups[0] must be the object id of a group in Entra, a GUID like 2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001.',
  ],
  [
    'a group with a digit too many, as only people have it',
    'roles:\n  lead:\n    groups: [00000000-0000-0000-0000-0000000000020]',
    'policy.yaml:3: roles.lead.groups[0] must be the object id of a group in Entra, a GUID like 2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001.',
  ],
  [
    'a person with a digit too many',
    `${ruled()}\nprotected: { people: [7c0a3d52-8a2e-4a63-8a39-8f5f2f3c20055] }`,
    'policy.yaml:6: protected.people[0] must be the object id of a person in Entra, a GUID like 2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001.',
  ],
  [
    'a role without groups',
    'roles:\n  lead:\n    groups: []',
    'policy.yaml:3: roles.lead.groups must name at least one group, or nobody has the role.',
  ],
  ['a role of which groups are missing', 'roles:\n  lead: {}', 'policy.yaml:2: roles.lead.groups is missing. Add it.'],
  [
    'a role without a name',
    `roles:\n  '': { groups: [${group}] }`,
    'policy.yaml:2: roles. is no name for a role. Begin with a letter, and go on with letters, digits or -.',
  ],
  [
    'a key that is nearly one',
    ruled('        platform: [macOS]'),
    'policy.yaml:6: roles.lead.may[0].platform is not known. Did you mean platforms?',
  ],
  [
    'a key that is none',
    ruled('        colour: blue'),
    'policy.yaml:6: roles.lead.may[0].colour is not known. Known there are: actions, platforms, ownership, perHour, perDay, hours.',
  ],
  ['a key at the top', `${ruled()}\nprotect: {}`, 'policy.yaml:6: protect is not known. Did you mean protected?'],
  [
    'an action in other letters',
    `${ruled()}\n      - actions: [reprovision, remotelock]`,
    'policy.yaml:6: roles.lead.may[1].actions[1] is "remotelock", which is no action. Did you mean remoteLock? Known are: changeAssignments, remoteLock, reprovision, triggerConfigurationManagerAction.',
  ],
  [
    'an action that we do not have',
    `${ruled()}\n      - actions:\n          - remoteLock\n          - vanish`,
    'policy.yaml:8: roles.lead.may[1].actions[1] is "vanish", which is no action. Known are: changeAssignments, remoteLock, reprovision, triggerConfigurationManagerAction.',
  ],
  [
    'all, misspelt',
    `${ruled()}\n      - actions: al`,
    'policy.yaml:6: roles.lead.may[1].actions must be all, or a list of these: changeAssignments, remoteLock, reprovision, triggerConfigurationManagerAction.',
  ],
  ['no actions', `${ruled()}\n      - actions: []`, 'policy.yaml:6: roles.lead.may[1].actions must not be empty.'],
  ['actions missing', `${ruled()}\n      - perHour: 1`, 'policy.yaml:6: roles.lead.may[1].actions is missing. Add it.'],
  [
    'a platform',
    ruled('        platforms: [mac]'),
    'policy.yaml:6: roles.lead.may[0].platforms[0] is "mac", which is no platform. Did you mean macOS? Known are: windows, macOS, iOS, android, linux, chromeOS.',
  ],
  [
    'ownership',
    ruled('        ownership: [corporat]'),
    'policy.yaml:6: roles.lead.may[0].ownership[0] is "corporat", which is no ownership. Did you mean corporate? Known are: corporate, personal, company.',
  ],
  [
    'a ceiling of nothing',
    ruled('        perHour: 0'),
    'policy.yaml:6: roles.lead.may[0].perHour must be at least 1. To allow none, leave the action out of the rule.',
  ],
  ['a ceiling in quotes', ruled("        perDay: '10'"), 'policy.yaml:6: roles.lead.may[0].perDay must be a number.'],
  ['half a ceiling', ruled('        perDay: 1.5'), 'policy.yaml:6: roles.lead.may[0].perDay must be a whole number.'],
  [
    'a time that is a number',
    ruled("        hours: { from: 8, to: '18:00', timeZone: UTC }"),
    'policy.yaml:6: roles.lead.may[0].hours.from must be text, not a number. Put it in quotes.',
  ],
  [
    'a time in other words',
    ruled("        hours: { from: '8 am', to: '18:00', timeZone: UTC }"),
    "policy.yaml:6: roles.lead.may[0].hours.from must be a time of day in quotes, like '08:00'.",
  ],
  [
    'a time that does not exist',
    ruled("        hours: { from: '24:00', to: '18:00', timeZone: UTC }"),
    "policy.yaml:6: roles.lead.may[0].hours.from must be a time of day in quotes, like '08:00'.",
  ],
  [
    'hours without length',
    ruled("        hours: { from: '08:00', to: '08:00', timeZone: UTC }"),
    'policy.yaml:6: roles.lead.may[0].hours has no length: from and to are the same. Leave hours out for the whole day.',
  ],
  [
    'a time zone',
    ruled("        hours:\n          from: '08:00'\n          to: '18:00'\n          timeZone: Mars/Phobos"),
    'policy.yaml:9: roles.lead.may[0].hours.timeZone must be a time zone by its IANA name, like Europe/Berlin.',
  ],
  [
    'no time zone',
    ruled("        hours: { from: '08:00', to: '18:00' }"),
    'policy.yaml:6: roles.lead.may[0].hours.timeZone is missing. Add it.',
  ],
  [
    'a day',
    ruled("        hours: { from: '08:00', to: '18:00', days: [monday], timeZone: UTC }"),
    'policy.yaml:6: roles.lead.may[0].hours.days[0] is "monday", which is no day. Did you mean mon? Known are: mon, tue, wed, thu, fri, sat, sun.',
  ],
  [
    'a serial number that YAML takes for a number',
    `${ruled()}\nprotected: { devices: [22331522501234] }`,
    'policy.yaml:6: protected.devices[0] must be text, not a number. Put it in quotes.',
  ],
  [
    'whom Graph is called for',
    `${ruled()}\nasPerson: [remotelock]`,
    'policy.yaml:6: asPerson[0] is "remotelock", which is no action. Did you mean remoteLock? Known are: changeAssignments, remoteLock, reprovision, triggerConfigurationManagerAction.',
  ],
  [
    'notices',
    `${ruled()}\nnotices: { owners: hide }`,
    'policy.yaml:6: notices.owners is "hide", which is no choice. Did you mean hidden? Known are: named, hidden.',
  ],
  ['yes', `${ruled()}\n    subscriptions: yes`, 'policy.yaml:6: roles.lead.subscriptions must be true or false.'],
])('one fault, with its line and mend: %s', (_what, text, fault) => {
  expect(faultsOf(text)).toEqual([fault]);
});

test('all faults at once, in the order of the file', () => {
  const text = `${ruled('        perHour: none', '        plattforms: [macOS]')}\n  second: 1\nasPerson: everything`;
  expect(faultsOf(text).map((fault) => fault.split(' ').slice(0, 2).join(' '))).toEqual([
    'policy.yaml:6: roles.lead.may[0].perHour',
    'policy.yaml:7: roles.lead.may[0].plattforms',
    'policy.yaml:8: roles.second',
    'policy.yaml:9: asPerson',
  ]);
});

const layers = (many: number) =>
  Array.from(
    { length: many },
    (_, at) =>
      `a${at}: &a${at} [${Array(9)
        .fill(at ? `*a${at - 1}` : 'x')
        .join(', ')}]`,
  );

test.each<[string, string, RegExp]>([
  ['tabs', 'roles:\n\tlead: 1', /^policy\.yaml:2: is not YAML there: .*[Tt]abs/u],
  ['an open bracket', 'roles: [', /^policy\.yaml:1: is not YAML there/u],
  ['a tag', 'roles: !exec 1', /^policy\.yaml:1: is not YAML there: Unresolved tag/u],
  ['a billion laughs', layers(9).join('\n'), /repeats anchors \(&\) by aliases \(\*\) too often/u],
  ['a well of brackets', '['.repeat(50_000), /^policy\.yaml/u],
  ['a picture', '\u0000\u0001PNG', /^policy\.yaml/u],
  ['a book', `roles: ${'x'.repeat(300_000)}`, /longer than 200000 characters/u],
])('what is no policy, told in a few words: %s', (_what, text, fault) => {
  const faults = faultsOf(text);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.length).toBeLessThan(5);
  expect(faults[0]).toMatch(fault);
});

test.each(['policy.example.yaml', 'src/sandbox/policy.yaml'])('%s is whole, and names the schema', (file) => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  expect(text).toMatch(/^# yaml-language-server: \$schema=(?:\.\.?\/)+policy\.schema\.json\n/u);
  expect(policyOf(text).roles.some(({ may }) => may.some((rule) => covers(rule.actions, 'remoteLock')))).toBe(true);
});
