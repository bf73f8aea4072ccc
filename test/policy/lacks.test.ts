import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/model/policy.ts';
import { openPolicy } from '../../src/policy/watch.ts';
import { silent } from '../world.ts';

const roles = 'roles: { lead: { groups: [5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a01], may: [{ actions: all }] } }\n';
const lacks = ({ asPerson }: Policy) => (asPerson.length === 0 ? [] : ['names people, and nobody can be signed in.']);

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'device-desk-'))));
afterEach(() => rm(folder, { recursive: true }));

let now = 0;
const open = (path: string) => openPolicy(path, ['remoteLock'], silent, lacks, { now: () => (now += 1_000) });

test('a policy that asks for what this process lacks is not in force at the start', async () => {
  const path = join(folder, 'policy.yaml');
  await writeFile(path, `${roles}asPerson: [remoteLock]\n`);
  expect(await open(path)).toEqual({
    is: 'faults',
    faults: ['policy.yaml names people, and nobody can be signed in.'],
  });
});

test('nor later: the version before it stays', async () => {
  const path = join(folder, 'policy.yaml');
  await writeFile(path, roles);
  const opened = await open(path);
  if (opened.is === 'faults') throw new Error(opened.faults.join());
  const { watched } = opened;
  await writeFile(path, `${roles}asPerson: all\n`);
  await watched.look();
  await watched.look();
  expect(watched.policy().asPerson).toEqual([]);
  expect(watched.fault()).toContain('nobody can be signed in');
  await writeFile(path, `${roles}asPerson: []\n`);
  await watched.look();
  await watched.look();
  expect(watched.fault()).toBeUndefined();
});
