import { credentialFrom, type CredentialSettings } from '../../src/graph/credential.ts';

const app = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  clientId: 'c',
  loginHost: 'https://login.microsoftonline.us',
};

test('the sandbox knows one token', async () => {
  const credential = await credentialFrom({ is: 'sandbox' });
  expect((await credential.getToken('any'))?.token).toBe('sandbox');
});

test.each<[CredentialSettings, string]>([
  [{ ...app, is: 'clientSecret', clientSecret: 's' }, 'ClientSecretCredential'],
  [{ ...app, is: 'certificate', certificatePath: '/nowhere.pem' }, 'ClientCertificateCredential'],
  [{ is: 'managedIdentity' }, 'ManagedIdentityCredential'],
  [{ is: 'managedIdentity', clientId: 'c' }, 'ManagedIdentityCredential'],
  [{ ...app, is: 'federated', tokenFilePath: '/nowhere' }, 'WorkloadIdentityCredential'],
])('%j', async (settings, name) => {
  expect((await credentialFrom(settings)).constructor.name).toBe(name);
});
