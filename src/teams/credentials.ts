import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';

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
          const got = await tokens.getToken(`${audience ?? 'https://api.botframework.com'}/.default`);
          if (!got) throw new Error('No token for the Bot Framework: the credential gave none.');
          request.headers.set('authorization', `Bearer ${got.token}`);
          return request;
        },
      }),
  };
}
