import type { TenantConfig } from './config.ts';
import type { Cloud } from './graph/clouds.ts';
import { onBehalfOf } from './graph/onBehalfOf.ts';
import type { OnBehalfOf, OnBehalfOfSettings } from './graph/onBehalfOf.ts';
import type { SignIn } from './teams/signIn.ts';

/** Both ends of doing something in a person's own name: Teams signs them in, Graph is called with what that gave. */
export interface AsPerson {
  readonly signIn: SignIn;
  readonly onBehalfOf: OnBehalfOf;
}

/** Where a managed identity's token is taken for an app's proof ("Configure an application to trust a managed identity"). */
const exchangeAudiences: Readonly<Record<Cloud['name'], string>> = {
  global: 'api://AzureADTokenExchange',
  usgov: 'api://AzureADTokenExchangeUSGov',
  usdod: 'api://AzureADTokenExchangeUSGov',
  china: 'api://AzureADTokenExchangeChina',
};

/** As configured; undefined where nobody is to be signed in. */
export function asPersonIn(config: TenantConfig): AsPerson | undefined {
  const { signIn } = config;
  if (!signIn) return undefined;
  const { resource, connection, clientId } = signIn;
  return {
    signIn: { resource, connection, audiences: [resource, clientId] },
    onBehalfOf: onBehalfOf(settingsOf(config, clientId)),
  };
}

function settingsOf({ credential: proof, tenantId, cloud, clientId: own }: TenantConfig, clientId: string) {
  const app = { tenantId, clientId, loginHost: cloud.login };
  const settings: OnBehalfOfSettings =
    proof.is === 'managedIdentity'
      ? { ...app, ...proof, identityClientId: own, exchangeAudience: exchangeAudiences[cloud.name] }
      : { ...app, ...proof };
  return settings;
}

/** The sandbox signs in whoever clicks. `resource`: what the sandbox takes the bot for. */
export const asPersonInSandbox = (sandbox: {
  readonly graphUrl: string;
  readonly tenantId: string;
  readonly signInResource: string;
}): AsPerson => ({
  signIn: { resource: sandbox.signInResource, connection: '', audiences: [sandbox.signInResource] },
  onBehalfOf: onBehalfOf({ is: 'sandbox', graphUrl: sandbox.graphUrl, tenantId: sandbox.tenantId }),
});
