import { readFile } from 'node:fs/promises';
import type { OnBehalfOfCredentialOptions, TokenCredential } from '@azure/identity';
import { signedAssertion } from './clientAssertion.ts';
import { exchangeInSandbox } from './onBehalfOfInSandbox.ts';

/** Makes the credential of the person whom an assertion (a token of theirs that is meant for us) speaks for. */
export type OnBehalfOf = (assertion: string) => TokenCredential;

/** How the app shows who it is when it asks for a person's token; as in `CredentialSettings`. */
export type OnBehalfOfSettings =
  | { readonly is: 'sandbox'; readonly graphUrl: string; readonly tenantId: string }
  | (App & { readonly is: 'clientSecret'; readonly clientSecret: string })
  | (App & { readonly is: 'certificate'; readonly certificatePath: string; readonly certificatePassword?: string })
  /**
   * A managed identity has no people to sign in, so `clientId` is an app registration that trusts it: its federated
   * credential names `identityClientId` as the subject.
   */
  | (App & { readonly is: 'managedIdentity'; readonly identityClientId: string; readonly exchangeAudience: string })
  /** `clientId` trusts what stands in the file: its federated credential names the workload. */
  | (App & { readonly is: 'federated'; readonly tokenFilePath: string });

interface App {
  readonly tenantId: string;
  readonly clientId: string;
  /** Where this cloud's people sign in, see `clouds.ts`. */
  readonly loginHost: string;
}

type Registered = Exclude<OnBehalfOfSettings, { is: 'sandbox' }>;

/** Settings of the HTTP client below `@azure/identity`; for tests that are Entra themselves. */
export type EntraOverrides = Pick<
  OnBehalfOfCredentialOptions,
  'disableInstanceDiscovery' | 'tlsOptions' | 'retryOptions'
>;

/**
 * Entra's on-behalf-of flow: Graph then applies the person's own Intune role and names them in its audit. Each credential
 * is for one assertion, and forgets both tokens when it is let go. Nothing is asked of anybody before `getToken`.
 */
export const onBehalfOf =
  (settings: OnBehalfOfSettings, overrides: EntraOverrides = {}): OnBehalfOf =>
  (assertion) =>
    settings.is === 'sandbox'
      ? { getToken: (_scopes, options) => exchangeInSandbox(settings, assertion, options?.abortSignal) }
      : {
          getToken: async (scopes, options) =>
            (await credentialFor(settings, assertion, overrides)).getToken(scopes, options),
        };

/** Loaded only where it is needed, as in `credential.ts`. */
async function credentialFor(
  settings: Registered,
  userAssertionToken: string,
  overrides: EntraOverrides,
): Promise<TokenCredential> {
  const { OnBehalfOfCredential, ManagedIdentityCredential } = await import('@azure/identity');
  const { tenantId, clientId, loginHost: authorityHost } = settings;
  const common = { ...overrides, tenantId, clientId, authorityHost, userAssertionToken };
  switch (settings.is) {
    case 'clientSecret':
      return new OnBehalfOfCredential({ ...common, clientSecret: settings.clientSecret });
    case 'certificate': {
      const { certificatePath, certificatePassword: password } = settings;
      if (password === undefined) return new OnBehalfOfCredential({ ...common, certificatePath });
      // The credential takes no password, so the proof that it would make is made here.
      const getAssertion = async () => signedAssertion(settings, await readFile(certificatePath, 'utf8'), password);
      return new OnBehalfOfCredential({ ...common, getAssertion });
    }
    case 'managedIdentity': {
      const identity = new ManagedIdentityCredential({ clientId: settings.identityClientId });
      const getAssertion = async () => (await identity.getToken(`${settings.exchangeAudience}/.default`)).token;
      return new OnBehalfOfCredential({ ...common, getAssertion });
    }
    case 'federated':
      return new OnBehalfOfCredential({
        ...common,
        getAssertion: async () => (await readFile(settings.tokenFilePath, 'utf8')).trim(),
      });
  }
}
