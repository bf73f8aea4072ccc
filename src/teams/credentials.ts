import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { FederatedServiceClientCredentialsFactory } from 'botframework-connector';

type Parameters = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;

/** The bot's own identity: the app registration, and what proves that we are it. */
export interface Credentials {
  readonly clientId: string;
  readonly tenantId: string;
  readonly proof: Proof;
}

/**
 * `certificate`: a PEM file with the certificate and its unencrypted private key. `managedIdentity`: `clientId` is a
 * user-assigned managed identity itself. `federated`: the app registration trusts the user-assigned managed identity
 * `identityClientId` by a federated credential.
 */
export type Proof =
  | { readonly is: 'secret'; readonly secret: string }
  | { readonly is: 'certificate'; readonly path: string }
  | { readonly is: 'managedIdentity' }
  | { readonly is: 'federated'; readonly identityClientId: string };

/** Settings under botbuilder's own names. Never handed the environment: one stray name there switches checks off. */
export function settingsOf({ clientId, tenantId, proof }: Credentials): NonNullable<Parameters[0]> {
  const app = { MicrosoftAppId: clientId, MicrosoftAppTenantId: tenantId };
  switch (proof.is) {
    case 'secret':
      return { ...app, MicrosoftAppType: 'SingleTenant', MicrosoftAppPassword: proof.secret };
    case 'certificate':
      return { ...app, MicrosoftAppType: 'SingleTenant', ...certificateIn(proof.path) };
    case 'managedIdentity':
      return { ...app, MicrosoftAppType: 'UserAssignedMSI' };
    case 'federated':
      return app;
  }
}

/** The credentials factory where botbuilder's settings cannot name it. */
export function factoryOf({ clientId, tenantId, proof }: Credentials): Parameters[1] {
  if (proof.is !== 'federated') return undefined;
  return new FederatedServiceClientCredentialsFactory(clientId, proof.identityClientId, tenantId);
}

/** The thumbprint is computed here: given the certificate itself, the SDK runs the `openssl` command. */
function certificateIn(path: string): { CertificateThumbprint: string; CertificatePrivateKey: string } {
  const pem = readFileSync(path, 'utf8');
  const key = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/.exec(pem)?.[0];
  if (!key || !pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new Error(`${path} must hold the certificate and its unencrypted private key, both as PEM.`);
  }
  const { fingerprint } = new X509Certificate(pem);
  return { CertificateThumbprint: fingerprint.replaceAll(':', ''), CertificatePrivateKey: key };
}
