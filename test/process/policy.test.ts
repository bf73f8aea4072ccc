import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reading } from './reading.ts';
import { run } from './run.ts';
import type { Environment, Run } from './run.ts';

const builtIn = readFileSync(join(import.meta.dirname, '../../src/sandbox/policy.yaml'), 'utf8');
const id = '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001';

const runs: Run[] = [];
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'device-desk-policy-'));
  file = join(folder, 'policy.yaml');
});
afterEach(async () => {
  await Promise.all(runs.splice(0).map((one) => one.stop()));
  rmSync(folder, { recursive: true, force: true });
});

const start = (environment: Environment) => {
  const begun = run('src/main.ts', { PORT: '0', SANDBOX_CHAT: 'off', LOG_LEVEL: 'info', ...environment });
  runs.push(begun);
  return begun;
};

test('a broken policy, and all else that is wrong, is told at the start', async () => {
  writeFileSync(file, 'roles:\n  lead:\n    groups: [helpdesk]\n    can: all\n');
  const desk = start({ DESK_POLICY: file, TRACKING_INTERVALS: 'soon' });
  expect(await desk.ended).toBe(1);
  expect(desk.printed()).toMatch(/- TRACKING_INTERVALS must be a list/u);
  expect(desk.printed()).toMatch(/- policy\.yaml:3: roles\.lead\.groups\[0\] must be the object id of a group/u);
  expect(desk.printed()).toMatch(/- policy\.yaml:4: roles\.lead\.can is not known/u);
  expect(desk.printed()).not.toMatch(/SANDBOX MODE|^\s+at /mu);
});

test('a policy that is not there keeps it from starting, in a tenant and in the sandbox', async () => {
  const tenant = {
    CLIENT_ID: id,
    TENANT_ID: id,
    CLIENT_SECRET: 'x',
    DESK_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  };
  const inTenant = run('src/main.ts', { PORT: '0', DESK_POLICY: file, ...tenant });
  const inSandbox = start({ DESK_POLICY: file });
  for (const desk of [inTenant, inSandbox]) {
    expect(await desk.ended).toBe(1);
    expect(desk.printed()).toMatch(/- policy\.yaml is not there\. Set DESK_POLICY to the policy file/u);
  }
});

test('it is read anew while the bot runs; a broken version is told by /readyz, and keeps nobody from working', async () => {
  writeFileSync(file, builtIn);
  const desk = start({ DESK_POLICY: file });
  const [, bot = ''] = await desk.until(/(http:\S+)\/api\/messages/u);
  expect(await reading(`${bot}/readyz`)).toEqual({ status: 200, body: { ok: true, reasons: {} } });

  writeFileSync(file, builtIn.replace('  firstLine:', '  secondLine:'));
  await desk.until(/"added":\["secondLine"\],"removed":\["firstLine"\]/u);

  writeFileSync(file, `${builtIn}surplus: 1\n`);
  await desk.until(/surplus is not known/u);
  expect(await reading(`${bot}/readyz`)).toMatchObject({
    status: 200,
    body: {
      ok: true,
      reasons: { policy: expect.stringMatching(/stays in force: policy\.yaml:\d+: surplus is not known/u) },
    },
  });

  writeFileSync(file, builtIn);
  await desk.until(/"added":\["firstLine"\],"removed":\["secondLine"\]/u);
  expect(await reading(`${bot}/readyz`)).toEqual({ status: 200, body: { ok: true, reasons: {} } });
}, 30_000);

test('a group that Entra does not have is told by /readyz', async () => {
  writeFileSync(file, builtIn.replaceAll(/5b1f9f5e-6f0c-4d6e-9a59-0c6f1f2b7a03/gu, id));
  const desk = start({ DESK_POLICY: file });
  const [, bot = ''] = await desk.until(/(http:\S+)\/api\/messages/u);
  const { status, body } = await reading(`${bot}/readyz`);
  expect(status).toBe(503);
  expect(JSON.stringify(body)).toMatch(new RegExp(`Graph answers 404 \\w+ for group ${id} of the policy`, 'u'));
});
