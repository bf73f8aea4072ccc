import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPolicy } from '../../src/policy/watch.ts';
import type { Watched } from '../../src/policy/watch.ts';
import type { Log } from '../../src/ports.ts';

const group = '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01';
const roles = (...names: readonly string[]) =>
  `roles:\n${names.map((name) => `  ${name}: { groups: [${group}], may: [{ actions: [remoteLock] }] }`).join('\n')}\n`;

let folder: string;
let file: string;
let lines: object[];
/** Milliseconds. */
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'device-desk-policy-'));
  file = join(folder, 'policy.yaml');
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keep = (level: string) => (facts: object, message: string) => void lines.push({ level, ...facts, message });
const log: Log = { info: keep('info'), warn: keep('warn'), error: keep('error') };

async function opened(): Promise<Watched> {
  const open = await openPolicy(file, ['remoteLock', 'reprovision'], log, undefined, { now: () => now });
  if (open.is === 'faults') throw new Error(open.faults.join('\n'));
  return open.watched;
}

const namesOf = (watched: Watched) => watched.policy().roles.map(({ name }) => name);

/** Long enough for a change to have stood still. */
async function look(watched: Watched): Promise<void> {
  await watched.look();
  now += 1_000;
  await watched.look();
}

test.each<[string, () => void, RegExp]>([
  ['not there', () => undefined, /^policy\.yaml is not there\. Set DESK_POLICY/u],
  ['a folder', () => mkdirSync(file), /^policy\.yaml is a folder/u],
  ['broken', () => writeFileSync(file, 'roles:\n  lead: {}\n'), /^policy\.yaml:2: roles\.lead\.groups is missing/u],
])('a file that is %s is a fault at the start', async (_what, arrange, fault) => {
  arrange();
  const open = await openPolicy(file, ['remoteLock'], log);
  expect(open.is === 'faults' && open.faults[0]).toMatch(fault);
});

test('a byte order mark is no fault', async () => {
  writeFileSync(file, `\uFEFF${roles('lead')}`);
  expect(namesOf(await opened())).toEqual(['lead']);
});

const edits: Readonly<Record<string, (text: string) => void>> = {
  'written into': (text) => writeFileSync(file, text),
  'put in its place, as editors do': (text) => {
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  },
  'behind a link that is turned, as config maps are': (text) => {
    const version = mkdtempSync(join(folder, 'version-'));
    writeFileSync(join(version, 'policy.yaml'), text);
    symlinkSync(join(version, 'policy.yaml'), `${file}.new`);
    renameSync(`${file}.new`, file);
  },
};

test.each(Object.entries(edits))('a new version is in force, without a restart: %s', async (_how, edit) => {
  edit(roles('lead', 'firstLine'));
  const watched = await opened();
  edit(`${roles('lead', 'auditor').replace('[remoteLock]', 'all')}protected: { devices: [x] }\n`);
  await look(watched);
  expect(namesOf(watched)).toEqual(['lead', 'auditor']);
  expect(watched.fault()).toBeUndefined();
  expect(lines).toEqual([
    {
      level: 'warn',
      added: ['auditor'],
      removed: ['firstLine'],
      changed: ['lead'],
      also: ['protected'],
      message: 'the policy file was read anew and is in force',
    },
  ]);
  await look(watched);
  expect(lines).toHaveLength(1);
});

test('a version of the same length, written at once, is noticed, too', async () => {
  writeFileSync(file, roles('lead'));
  const watched = await opened();
  writeFileSync(file, roles('best'));
  await look(watched);
  expect(namesOf(watched)).toEqual(['best']);
});

test('a broken version changes nothing, is told with its lines, and once', async () => {
  writeFileSync(file, roles('lead'));
  const watched = await opened();
  writeFileSync(file, 'roles:\n  lead:\n    groups: [x]\n    can: 1\n');
  await look(watched);
  await look(watched);
  expect(namesOf(watched)).toEqual(['lead']);
  expect(watched.fault()).toMatch(/policy\.yaml:3: roles\.lead\.groups\[0\] .* \(and 1 more in the log\)$/u);
  expect(lines).toEqual([
    {
      level: 'error',
      faults: [
        expect.stringContaining('policy.yaml:3: '),
        'policy.yaml:4: roles.lead.can is not known. Known there are: groups, may, history, subscriptions.',
      ],
      message: 'the policy file is broken; the version before it stays in force',
    },
  ]);
  writeFileSync(file, roles('lead'));
  await look(watched);
  expect(watched.fault()).toBeUndefined();
  expect(lines).toHaveLength(2);
});

test('a file that is taken away leaves what was in force', async () => {
  writeFileSync(file, roles('lead'));
  const watched = await opened();
  unlinkSync(file);
  await look(watched);
  expect(namesOf(watched)).toEqual(['lead']);
  expect(watched.fault()).toMatch(/policy\.yaml is not there/u);
});

test('a file that is still being written is not taken for a policy without its end', async () => {
  const whole = `${roles('lead')}protected: { devices: [serial-1] }\n`;
  writeFileSync(file, whole);
  const watched = await opened();
  writeFileSync(file, roles('lead'));
  await watched.look();
  writeFileSync(file, whole);
  await look(watched);
  expect(watched.policy().protected.devices).toEqual(['serial-1']);
  expect(lines).toEqual([]);
});

test('looks that overlap are one look: a file that is being written is not in force because two of them saw it', async () => {
  const whole = `${roles('lead')}protected: { devices: [serial-1] }\n`;
  writeFileSync(file, whole);
  const watched = await opened();
  writeFileSync(file, roles('lead'));
  now += 10_000;
  await Promise.all([watched.look(), watched.look(), watched.look()]);
  await watched.look();
  now += 999;
  await watched.look();
  expect(watched.policy().protected.devices).toEqual(['serial-1']);
  now += 1;
  await watched.look();
  expect(watched.policy().protected.devices).toEqual([]);
  expect(lines).toHaveLength(1);
});

test('a file that changes again has to stand still again', async () => {
  writeFileSync(file, roles('lead'));
  const watched = await opened();
  for (const name of ['one', 'two', 'three']) {
    writeFileSync(file, roles(name));
    now += 600;
    await watched.look();
  }
  expect(namesOf(watched)).toEqual(['lead']);
  now += 1_000;
  await watched.look();
  expect(namesOf(watched)).toEqual(['three']);
});
