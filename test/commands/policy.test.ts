import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTenant } from '../../src/sandbox/tenant/server.ts';
import type { RunningTenant } from '../../src/sandbox/tenant/server.ts';
import { openStore } from '../../src/store/open.ts';
import { mac, noon, proposed, silent } from '../world.ts';
import { command } from './command.ts';

const firstLine = '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a03';
const serviceDesk = '5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a05';
const megan = '7c0a3d52-8a2e-4a63-8a39-8f5f2f3c2002';
const text = `roles:
  everybody:
    groups: [${serviceDesk}]
    may:
      - actions: [triggerConfigurationManagerAction]
  firstLine:
    groups: [${firstLine}]
    may:
      - actions: [remoteLock]
        platforms: [macOS]
        perHour: 2
        hours: { from: '08:00', to: '18:00', timeZone: Europe/Berlin }
      - actions: [reprovision]
protected: { devices: [0000-1180-4471-2094] }
`;

let tenant: RunningTenant;
let folder: string;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'device-desk-policy-'));
  writeFileSync(join(folder, 'policy.yaml'), text);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const environment = () => ({
  SANDBOX_GRAPH_URL: tenant.url,
  DATA_DIR: join(folder, 'data'),
  DESK_POLICY: join(folder, 'policy.yaml'),
});

async function explained(person: string, action: string, device: string, at = '2026-11-20T12:00') {
  const args = ['explain', '--person', person, '--action', action, '--device', device, '--at', at];
  const { code, stdout, stderr } = await command('policy', args, environment());
  const facts = Object.fromEntries(
    [...stdout.matchAll(/^ {2}(\w[\w ]*?) {2,}(.*)$/gmu)].map(([, name = '', value = '']) => [name, value]),
  );
  return { code, first: stdout.split('\n')[0], facts, stderr };
}

test('allowed, by which rule', async () => {
  const { code, first, facts, stderr } = await explained('Megan.Bowen@contoso.example', 'remoteLock', 'mbp-042');
  expect({ code, first, stderr }).toEqual({
    code: 0,
    first: 'Allowed: remoteLock on MBP-042 by Megan Bowen',
    stderr: '',
  });
  expect(facts).toEqual({
    person: `megan.bowen@contoso.example, ${megan}`,
    roles: 'everybody, firstLine',
    device: 'MBP-042, C02XK1ABJG5H, macOS, corporate, of Adele Vance',
    at: '2026-11-20T12:00:00.000Z, in Europe/Berlin Fri 13:00',
    rule: 'firstLine.may[0], policy.yaml:9',
  });
});

test.each<[string, string, string, string, object]>([
  ['lynne.robbins@contoso.example', 'remoteLock', 'MBP-042', '', { failed: undefined, because: /\(noRole\)$/u }],
  ['patti_fabrikam.example#EXT#@contoso.example', 'remoteLock', 'MBP-042', '', { because: /\(guest\)$/u }],
  ['debra.berger@contoso.example', 'remoteLock', 'MBP-042', '', { roles: 'everybody', because: /\(notYourAction\)$/u }],
  [megan, 'remoteLock', 'TAB-9', '', { failed: 'platforms', because: /\(notYourPlatform\)$/u }],
  [megan, 'remoteLock', 'MBP-042', '2026-11-20T17:00+00:00', { failed: 'hours', at: /Fri 18:00$/u }],
  [megan, 'reprovision', 'CPC-118', '', { roles: 'everybody, firstLine', because: /\(protected\)$/u }],
])('denied: %s, %s, %s', async (person, action, device, at, expected) => {
  const { code, first, facts } = await explained(person, action, device, at || undefined);
  expect({ code, denied: first?.startsWith(`Denied: ${action} on ${device} by `) }).toEqual({ code: 1, denied: true });
  for (const [name, value] of Object.entries(expected))
    if (value instanceof RegExp) expect(facts[name]).toMatch(value);
    else expect(facts[name]).toBe(value);
});

test('ceilings count what was confirmed', async () => {
  const at = Date.parse('2026-11-20T11:30:00Z');
  const store = await openStore({ is: 'sqlite', folder: join(folder, 'data') }, { now: () => noon }, silent);
  for (const number of [1, 2]) {
    const asker = { ...proposed.asker, id: megan };
    const steps = [...proposed.steps, { is: 'confirmed', at: at + number, by: 'Megan', note: '' } as const];
    const offered = {
      ...proposed,
      id: `o-${number}`,
      origin: `o-${number}`,
      asker,
      device: { ...mac, id: `d-${number}` },
    };
    await store.create(offered, {});
    const state = { is: 'claimed', by: asker, at: at + number, standing: [], overdueAt: at + 90_000 } as const;
    await store.claim(offered, { ...offered, steps, state }, () => false, {});
  }
  await store.close();
  const denied = await explained(megan, 'remoteLock', 'MBP-042');
  expect(denied).toMatchObject({ code: 1, facts: { 'nearest rule': 'firstLine.may[0], policy.yaml:9' } });
  expect(denied.facts['because']).toMatch(/confirmed 2\. \(ceiling\)$/u);
  expect(await explained(megan, 'remoteLock', 'MBP-042', '2026-11-20T12:45')).toMatchObject({ code: 0 });
});

test('while the bot has the store, what it counts is said to be unknown', async () => {
  const where = { is: 'sqlite', folder: join(folder, 'data') } as const;
  const store = await openStore(where, { now: () => noon }, silent);
  const { code, facts } = await explained(megan, 'remoteLock', 'MBP-042');
  await store.close();
  expect(code).toBe(0);
  expect(facts['beware']).toMatch(/^The ceiling is not counted: .*in use/u);
});

test.each<[string, string, string, RegExp]>([
  ['nobody@contoso.example', 'remoteLock', 'MBP-042', /^Entra knows nobody by “nobody@contoso\.example”/u],
  [megan, 'remotelock', 'MBP-042', /^“remotelock” is no action\. Did you mean remoteLock\?/u],
  [megan, 'remoteLock', 'MBP-999', /^Intune has no device with the name or serial number “MBP-999”/u],
  [megan, 'remoteLock', 'LT-131', /^Several devices fit “LT-131”/u],
])('could not be told: %s, %s, %s', async (person, action, device, why) => {
  const { code, stderr } = await explained(person, action, device);
  expect(code).toBe(2);
  expect(stderr).toMatch(why);
});

test('a tenant of its own is started where none is named', async () => {
  const { SANDBOX_GRAPH_URL: _none, DESK_POLICY: _builtIn, ...rest } = environment();
  const args = ['explain', '--person', megan, '--action', 'remoteLock', '--device', 'PH-29'];
  const { code, stdout } = await command('policy', args, rest);
  expect(code).toBe(1);
  expect(stdout).toMatch(/failed {2,}ownership/u);
});

test('without its words, and with an environment in which the bot would not start, it says so', async () => {
  const bare = await command('policy', ['explain'], environment());
  expect(bare.code).toBe(2);
  expect(bare.stderr).toMatch(/--person is missing/u);
  const args = ['explain', '--person', megan, '--action', 'remoteLock', '--device', 'PH-29'];
  const nowhere = await command('policy', args, { ...environment(), DESK_POLICY: join(folder, 'none.yaml') });
  expect(nowhere.code).toBe(2);
  expect(nowhere.stderr).toContain('none.yaml is not there');
});

test('check: nothing wrong, something wrong, nothing there', async () => {
  const fine = await command('policy', ['check'], environment());
  expect([fine.code, fine.stdout.split('\n')[1]]).toEqual([0, '  roles   everybody and firstLine']);
  const broken = join(folder, 'broken.yaml');
  writeFileSync(broken, 'roles:\n  lead: {}\n  other: 1\n');
  const wrong = await command('policy', ['check', '--file', broken], {});
  expect([wrong.code, wrong.stderr.trim().split('\n')]).toEqual([
    1,
    [
      'broken.yaml:2: roles.lead.groups is missing. Add it.',
      'broken.yaml:3: roles.other must be a map of lines like “key: value”.',
    ],
  ]);
  expect(await command('policy', ['check', '--file', join(folder, 'none')], {})).toMatchObject({ code: 2 });
  expect(await command('policy', ['check'], {})).toMatchObject({ code: 2 });
});

const company = {
  CLIENT_ID: '7a6a3f77-6d9e-4d5e-8a8b-0d6f5f3c2001',
  TENANT_ID: '7a6a3f77-6d9e-4d5e-8a8b-0d6f5f3c2002',
  CLIENT_SECRET: 'not-a-secret',
  DESK_SECRET_KEY: Buffer.alloc(32, 'k').toString('base64'),
};

test('check: where the bot would refuse it because nobody can be signed in, so does the check', async () => {
  const path = join(folder, 'as-person.yaml');
  writeFileSync(path, `${text}asPerson: [remoteLock]\n`);
  const check = (environment: Record<string, string>) => command('policy', ['check', '--file', path], environment);
  const inTenant = { ...company, DESK_POLICY: path };
  const refused = await check(inTenant);
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toMatch(/^as-person\.yaml names actions under asPerson, but SSO_RESOURCE is not set/u);
  const fine = await check({ ...inTenant, SSO_RESOURCE: `api://botid-${company.CLIENT_ID}` });
  expect([fine.code, fine.stdout.includes('SSO_RESOURCE')]).toEqual([0, false]);
  const nowhere = await check({});
  expect(nowhere.code).toBe(0);
  expect(nowhere.stdout).toMatch(/^ {2}note {4}asPerson needs SSO_RESOURCE/mu);
  const plain = await command('policy', ['check'], environment());
  expect(plain.stdout).not.toContain('note');
});

test('check: a limit that another rule undoes is warned of, with both lines', async () => {
  const path = join(folder, 'loose.yaml');
  writeFileSync(path, text.replace('      - actions: [reprovision]', '      - actions: all\n        perHour: 20'));
  const { code, stdout } = await command('policy', ['check', '--file', path], {});
  expect(code).toBe(0);
  expect(stdout.split('\n').filter((line) => line.includes('beware'))).toEqual([
    expect.stringMatching(
      /^ {2}beware {2}loose\.yaml:9: firstLine\.may\[0\]\.perHour does not hold: .* line 13 .* perHour 20\./u,
    ),
    expect.stringMatching(
      /^ {2}beware {2}loose\.yaml:9: firstLine\.may\[0\]\.hours does not hold: .* line 13 .* no hours\./u,
    ),
  ]);
});
