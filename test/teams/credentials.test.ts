import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TeamsAdapter } from '../../src/teams/adapter.ts';
import { factoryOf, settingsOf, type Proof } from '../../src/teams/credentials.ts';
import { appId, tenantId } from './framework.ts';

const credentials = (proof: Proof) => ({ clientId: appId, tenantId, proof });
const app = { MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each<[Proof, object]>([
  [
    { is: 'secret', secret: 's' },
    { ...app, MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: 's' },
  ],
  [{ is: 'managedIdentity' }, { ...app, MicrosoftAppType: 'UserAssignedMSI' }],
  [{ is: 'federated', identityClientId: 'mi' }, app],
])('%p becomes settings that botbuilder takes', (proof, settings) => {
  expect(settingsOf(credentials(proof))).toEqual(settings);
  expect(() => new TeamsAdapter({ credentials: credentials(proof), connectorTimeoutMs: 1 })).not.toThrow();
  expect(factoryOf(credentials(proof)) !== undefined).toBe(proof.is === 'federated');
});

test('authentication stays on for every proof', async () => {
  const factory = factoryOf(credentials({ is: 'federated', identityClientId: 'mi' }));
  expect(Boolean(await factory?.isAuthenticationDisabled())).toBe(false);
  expect(await factory?.isValidAppId('')).toBe(false);
  expect(await factory?.isValidAppId(appId)).toBe(true);
});

test('a certificate is read from a PEM file, its thumbprint computed', () => {
  const path = join(folder, 'bot.pem');
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bot', '-days', '1', '-keyout', path];
  execFileSync('openssl', [...made, '-out', `${path}.crt`], { stdio: 'ignore' });
  writeFileSync(path, readFileSync(path, 'utf8') + readFileSync(`${path}.crt`, 'utf8'));
  const settings = settingsOf(credentials({ is: 'certificate', path }));
  expect(settings).toMatchObject({ ...app, MicrosoftAppType: 'SingleTenant' });
  expect(settings).toHaveProperty('CertificateThumbprint', expect.stringMatching(/^[0-9A-F]{40}$/));
  expect(
    () => new TeamsAdapter({ credentials: credentials({ is: 'certificate', path }), connectorTimeoutMs: 1 }),
  ).not.toThrow();
});

test('a file without both parts is refused, and its content is not told', () => {
  const path = join(folder, 'half.pem');
  writeFileSync(path, '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n');
  expect(() => settingsOf(credentials({ is: 'certificate', path }))).toThrow(/^.*half\.pem must hold the certificate/);
});

test('the US government has its own channel', () => {
  const make = (channelService: string) => () =>
    new TeamsAdapter({
      credentials: credentials({ is: 'secret', secret: 's' }),
      channelService,
      connectorTimeoutMs: 1,
    });
  expect(make('https://botframework.azure.us')).not.toThrow();
  expect(make('https://botframework.example')).toThrow('ChannelService');
});
