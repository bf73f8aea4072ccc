import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from '../../src/catalogue.ts';
import { decide } from '../../src/flow/may/decide.ts';
import type { Policy } from '../../src/model/policy.ts';
import { readPolicy } from '../../src/policy/read.ts';
import { undercutIn } from '../../src/policy/undercut.ts';
import { mac } from '../world.ts';

let known: readonly string[];
beforeAll(async () => {
  known = (await loadCatalogue()).actions.map(({ name }) => name);
});

function policyOf(text: string): Policy {
  const read = readPolicy(text, known);
  if (read.is === 'faults') throw new Error(read.faults.map(({ what }) => what).join());
  return read.policy;
}

const group = '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01';
const between = (from: string, to: string, timeZone = 'Europe/Berlin') =>
  `hours: { from: '${from}', to: '${to}', timeZone: ${timeZone} }`;
const office = between('08:00', '18:00').replace(' }', ', days: [mon, tue, wed, thu, fri] }');
const day = between('06:00', '20:00');
const night = between('20:00', '06:00');
const lock = 'actions: [remoteLock]';
const each = 'actions: [remoteLock, changeAssignments, reprovision, triggerConfigurationManagerAction]';

/** The first rule stands in line 5, the second in line 6. */
const found = (...rules: readonly string[]) => {
  const lines = rules.map((rule) => `      - { ${rule} }\n`).join('');
  return undercutIn(policyOf(`roles:\n  a:\n    groups: [${group}]\n    may:\n${lines}`), known);
};

test.each<[first: string, second: string, told: readonly string[]]>([
  [`${lock}, perHour: 10`, lock, ['5 perHour']],
  [lock, `${lock}, perDay: 10`, ['6 perDay']],
  [`${lock}, perHour: 10, perDay: 40`, `${lock}, perHour: 20`, ['5 perHour', '5 perDay']],
  [`${lock}, platforms: [iOS], perHour: 10`, `actions: all, perHour: 20, ${office}`, ['5 perHour']],
  [`${lock}, ownership: [corporate], ${office}`, lock, ['5 hours']],
  [`${lock}, ${office}`, `${lock}, ${day}`, ['5 hours']],
  [`${lock}, perHour: 10`, `${lock}, ${office}`, ['5 perHour']],
  ['actions: all, perHour: 1', each, ['5 perHour']],
])('%s beside %s: %j', (first, second, told) => {
  expect(found(first, second).map(({ line, what }) => `${line} ${/\]\.(\w+)/u.exec(what)?.[1]}`)).toEqual(told);
});

test.each<[what: string, first: string, second: string]>([
  ['the same', `${lock}, perHour: 10`, `${lock}, perHour: 10`],
  ['an exception', `${lock}, perHour: 10`, `${lock}, platforms: [iOS]`],
  ['an exception', 'actions: all, perHour: 1', `${lock}, perHour: 10`],
  ['other devices', `${lock}, platforms: [iOS, android], perHour: 10`, `${lock}, platforms: [macOS]`],
  ['other devices', `${lock}, ownership: [personal], perHour: 10`, `${lock}, ownership: [corporate]`],
  ['tighter by the day', `${lock}, perHour: 10`, `${lock}, perDay: 5`],
  ['tighter by the hour', `${lock}, perDay: 40`, `${lock}, perHour: 1`],
  ['tighter by its hours', `${lock}, perDay: 15`, `${lock}, perHour: 1, ${day}`],
  ['at other times', `${lock}, perHour: 10, ${day}`, `${lock}, perHour: 90, ${night}`],
  ['shorter', `${lock}, ${day}`, `${lock}, ${office}`],
  ['a trade', `${lock}, ${office}`, `${lock}, perHour: 10`],
  ['in other zones', `${lock}, ${office}`, `${lock}, ${between('06:00', '20:00', 'Asia/Tokyo')}`],
])('%s: what narrows %s holds beside %s', (_what, first, second) => {
  expect(found(first, second).filter(({ line }) => line === 5)).toEqual([]);
});

test('other roles are other roles', () => {
  const role = (name: string, rule: string) => `  ${name}: { groups: [${group}], may: [{ ${rule} }] }\n`;
  expect(undercutIn(policyOf(`roles:\n${role('a', `${lock}, perHour: 1`)}${role('b', lock)}`), known)).toEqual([]);
});

test('both lines are named, and what to do', () => {
  expect(found(`${lock}, perHour: 10`, `${lock}, perHour: 20, ${office}`)).toEqual([
    {
      line: 5,
      what: 'a.may[0].perHour does not hold: a.may[1] in line 6 allows the same with perHour 20, in its hours. A role may do what any of its rules allows. Narrow line 6, or leave perHour out here.',
    },
  ]);
});

const textOf = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

test.each(['policy.example.yaml', 'src/sandbox/policy.yaml'])('%s has no limit that another rule undoes', (file) => {
  expect(undercutIn(policyOf(textOf(file)), known)).toEqual([]);
});

test.each([
  ['iOS', 9, 'allowed'],
  ['iOS', 10, 'ceiling'],
  ['android', 10, 'ceiling'],
  ['macOS', 4, 'allowed'],
  ['macOS', 5, 'ceiling'],
] as const)('by the example, %s after %d locks within the hour, at noon: %s', (platform, count, expected) => {
  const policy = policyOf(textOf('policy.example.yaml'));
  const now = Date.parse('2026-11-25T11:00:00Z');
  const roles = policy.roles.filter(({ name }) => name === 'firstLine');
  const confirmed = Array.from({ length: count }, (_, before) => ({ action: 'remoteLock', at: now - before }));
  const decision = decide(policy, roles, { action: 'remoteLock', device: { ...mac, platform } }, confirmed, now);
  expect(decision.is === 'allowed' ? 'allowed' : decision.no.code).toBe(expected);
});
