import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { manifestIn } from '../../tools/teams-package/check.ts';
import { unpack } from '../../tools/teams-package/zip.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const clientId = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'device-desk-package-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** As `npm run package` does it, with a schema validator that jest cannot load. */
const make = (environment: Record<string, string>) =>
  run(process.execPath, ['tools/package.ts', folder], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...environment },
  });

test('with a client id: a package for that app, valid by Microsoft’s schema, the same bytes each time', async () => {
  const { stdout } = await make({ CLIENT_ID: clientId, PUBLIC_HOST: 'bot.contoso.com' });
  expect(stdout).toContain(`for app ${clientId}`);
  expect(stdout).toContain('until you set WEBSITE_URL, PRIVACY_URL, TERMS_URL');
  const zip = await readFile(join(folder, 'device-desk.zip'));
  expect(Object.keys(unpack(zip)).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  expect(unpack(zip)['color.png']).toEqual(new Uint8Array(await readFile(join(root, 'manifest', 'color.png'))));
  expect(manifestIn(zip)).toMatchObject({
    id: clientId,
    bots: [{ botId: clientId }],
    validDomains: ['bot.contoso.com'],
  });
  await make({ CLIENT_ID: clientId, PUBLIC_HOST: 'bot.contoso.com', TZ: 'Pacific/Auckland' });
  expect(await readFile(join(folder, 'device-desk.zip'))).toEqual(zip);
});

test('without one it succeeds too, and nobody can take the result for a package of a tenant', async () => {
  const { stdout } = await make({ APP_NAME: 'Device Desk' });
  expect(stdout).toContain('a TRIAL that no tenant can use, because CLIENT_ID is not set');
  expect(await readdir(folder)).toEqual(['device-desk-TRIAL.zip']);
  const manifest = manifestIn(await readFile(join(folder, 'device-desk-TRIAL.zip')));
  expect(manifest).toMatchObject({ name: { short: 'TRIAL, not for a tenant' }, validDomains: [] });
  expect(manifest.id).toMatch(/^[0-]+$/u);
});

test('with a resource to sign in for, Teams is told of it, and not without', async () => {
  const resource = `api://botid-${clientId}`;
  await make({ CLIENT_ID: clientId });
  const plain = manifestIn(await readFile(join(folder, 'device-desk.zip')));
  expect(plain).not.toHaveProperty('webApplicationInfo');
  await make({ CLIENT_ID: clientId, SSO_RESOURCE: resource, PUBLIC_HOST: 'bot.contoso.com' });
  expect(manifestIn(await readFile(join(folder, 'device-desk.zip')))).toMatchObject({
    webApplicationInfo: { id: clientId, resource },
    validDomains: ['bot.contoso.com', 'token.botframework.com'],
  });
  await make({ CLIENT_ID: clientId, SSO_RESOURCE: resource, SSO_CLIENT_ID: '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001' });
  expect(manifestIn(await readFile(join(folder, 'device-desk.zip')))).toMatchObject({
    webApplicationInfo: { id: '2f1f7a3e-3f0a-4a55-9a3e-6b0c9a2d1001', resource },
  });
});

test('bad values are refused, all together, each with its mend, and nothing is written', async () => {
  const bad = {
    CLIENT_ID: 'my-bot',
    PRIVACY_URL: 'http://contoso.com',
    PUBLIC_HOST: 'https://bot.contoso.com/',
    SSO_RESOURCE: 'botid',
  };
  const failed = (await make(bad).catch((error: unknown) => error)) as { code: number; stderr: string };
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain('CLIENT_ID is “my-bot”: give the GUID');
  expect(failed.stderr).toContain(
    'PRIVACY_URL is “http://contoso.com”: give a whole address that begins with https://',
  );
  expect(failed.stderr).toContain('PUBLIC_HOST is “https://bot.contoso.com/”: give the bare host name');
  expect(failed.stderr).toContain('SSO_RESOURCE is “botid”: give the Application ID URI');
  expect(await readdir(folder)).toEqual([]);
});

test('what only the schema knows is refused by it, offline', async () => {
  const long = 'https://contoso.com/'.padEnd(3_000, 'x');
  const failed = (await make({ WEBSITE_URL: long }).catch((error: unknown) => error)) as { stderr: string };
  expect(failed.stderr).toContain('Microsoft’s schema 1.25: /developer/websiteUrl');
  expect(await readdir(folder)).toEqual([]);
});
