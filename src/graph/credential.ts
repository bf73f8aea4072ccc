import type { TokenCredential } from '@azure/identity';

/** How the bot shows who it is. Each variant carries what is true of it alone. */
export type CredentialSettings =
  | { readonly is: 'sandbox' }
  | (App & { readonly is: 'clientSecret'; readonly clientSecret: string })
  | (App & { readonly is: 'certificate'; readonly certificatePath: string; readonly certificatePassword?: string })
  /** `clientId`: of a user-assigned identity; without it, the system-assigned one. */
  | { readonly is: 'managedIdentity'; readonly clientId?: string }
  /** Workload identity: the platform writes a token file; without a path, `AZURE_FEDERATED_TOKEN_FILE` names it. */
  | (App & { readonly is: 'federated'; readonly tokenFilePath?: string });

interface App {
  readonly tenantId: string;
  readonly clientId: string;
  /** Where this cloud's people sign in, see `clouds.ts`. */
  readonly loginHost: string;
}

/**
 * A credential for Graph. Nothing is asked of anybody yet: a wrong secret shows at the first call.
 * `@azure/identity` is loaded only where it is needed: it takes longer to load than all the rest.
 */
export async function credentialFrom(settings: CredentialSettings): Promise<TokenCredential> {
  if (settings.is === 'sandbox') return sandboxCredential;
  const identity = await import('@azure/identity');
  switch (settings.is) {
    case 'clientSecret':
      return new identity.ClientSecretCredential(settings.tenantId, settings.clientId, settings.clientSecret, {
        authorityHost: settings.loginHost,
      });
    case 'certificate':
      return new identity.ClientCertificateCredential(settings.tenantId, settings.clientId, certificateOf(settings), {
        authorityHost: settings.loginHost,
      });
    case 'managedIdentity':
      return new identity.ManagedIdentityCredential(settings.clientId ? { clientId: settings.clientId } : {});
    case 'federated':
      return new identity.WorkloadIdentityCredential({
        tenantId: settings.tenantId,
        clientId: settings.clientId,
        authorityHost: settings.loginHost,
        ...(settings.tokenFilePath ? { tokenFilePath: settings.tokenFilePath } : {}),
      });
  }
}

const certificateOf = (settings: Extract<CredentialSettings, { is: 'certificate' }>) => ({
  certificatePath: settings.certificatePath,
  ...(settings.certificatePassword ? { certificatePassword: settings.certificatePassword } : {}),
});

/** The sandbox tenant knows one token, and it opens nothing else. */
const sandboxCredential: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'sandbox', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
};
