import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { faultOfCredential } from './fault.ts';

type Factory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

/** The bot's own identity: a single-tenant application or a user-assigned managed identity. */
export interface Credentials {
  readonly clientId: string;
  readonly tokens: TokenSource;
}

/**
 * Where our own tokens come from; `TokenCredential` of `@azure/identity` is one, whatever proves us there: a secret, a
 * certificate, a managed identity, a federated token. It is expected to keep tokens as long as they last.
 */
export interface TokenSource {
  getToken(scope: string): Promise<{ readonly token: string } | null>;
}

/**
 * Instead of botbuilder's own factories: with an empty or a misspelt setting those switch authentication off, and for
 * a certificate they run the `openssl` command.
 */
export function credentialsFactory({ clientId, tokens }: Credentials): Factory {
  return {
    isValidAppId: (appId) => Promise.resolve(appId === clientId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: (_appId, audience) =>
      Promise.resolve({
        async signRequest(request) {
          const token = await tokenFrom(tokens, `${audience ?? 'https://api.botframework.com'}/.default`);
          request.headers.set('authorization', `Bearer ${token}`);
          return request;
        },
      }),
  };
}

async function tokenFrom(tokens: TokenSource, scope: string): Promise<string> {
  try {
    const got = await tokens.getToken(scope);
    if (got) return got.token;
  } catch (error) {
    throw faultOfCredential(error);
  }
  throw faultOfCredential(new Error('the credential gave none'));
}
