import type { Policy } from './model/policy.ts';

/** How people are signed in for what Graph is to do in their own name. */
export interface SignInConfig {
  /** Application ID URI of the app registration that people sign in for: `api://botid-<client id>`. */
  readonly resource: string;
  /** Name of the Azure Bot's OAuth connection; empty: none. */
  readonly connection: string;
  /** Client id of that registration. The bot's own, but for a managed identity, which people cannot sign in for. */
  readonly clientId: string;
}

/** The variables, as `configVariables.ts` has read them. */
export interface SignInVariables {
  readonly CLIENT_ID: string;
  readonly SSO_RESOURCE?: string | undefined;
  readonly SSO_CONNECTION?: string | undefined;
  readonly SSO_CLIENT_ID?: string | undefined;
}

export const signInOf = (set: SignInVariables): { readonly signIn?: SignInConfig } =>
  set.SSO_RESOURCE === undefined
    ? {}
    : {
        signIn: {
          resource: set.SSO_RESOURCE,
          connection: set.SSO_CONNECTION ?? '',
          clientId: set.SSO_CLIENT_ID ?? set.CLIENT_ID,
        },
      };

/** What is wrong with how they are set together. */
export function faultsOfSignIn(set: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { SSO_RESOURCE, SSO_CLIENT_ID, CLIENT_ID, MANAGED_IDENTITY, FEDERATED_TOKEN_FILE } = set;
  const strays = ['SSO_CONNECTION', 'SSO_CLIENT_ID'].filter((name) => set[name] !== undefined);
  if (SSO_RESOURCE === undefined)
    return strays.map((name) => `${name} is set without SSO_RESOURCE. Set that too, or unset ${name}.`);
  if (MANAGED_IDENTITY !== undefined)
    return SSO_CLIENT_ID === undefined || SSO_CLIENT_ID.toLowerCase() === CLIENT_ID?.toLowerCase()
      ? [
          'SSO_CLIENT_ID is not set, and people cannot sign in for a managed identity. Set it to the client id of an app registration that exposes SSO_RESOURCE and trusts the identity by a federated credential.',
        ]
      : [];
  return SSO_CLIENT_ID !== undefined && FEDERATED_TOKEN_FILE === undefined
    ? ['SSO_CLIENT_ID goes with MANAGED_IDENTITY or FEDERATED_TOKEN_FILE only. Unset it: CLIENT_ID is used.']
    : [];
}

/**
 * What a policy asks for and the configuration does not give; asked at the start, and again whenever the policy changes.
 * Each follows the name of the policy's file. The sandbox signs people in by itself.
 */
export function faultsFor(
  config: { readonly mode: 'sandbox' } | { readonly mode: 'tenant'; readonly signIn?: SignInConfig | undefined },
  { asPerson }: Pick<Policy, 'asPerson'>,
): readonly string[] {
  if (config.mode === 'sandbox' || config.signIn || asPerson.length === 0) return [];
  return [
    'names actions under asPerson, but SSO_RESOURCE is not set, so nobody can be signed in for them. Set SSO_RESOURCE to the Application ID URI of the app registration, or leave asPerson out.',
  ];
}
