import type { AccessToken } from '@azure/identity';
import { createHttpClient } from '../httpClient.ts';
import { parsed, record, text } from './json.ts';

const http = createHttpClient('fresh');

/** Milliseconds for the exchange where the caller sets no limit of its own. */
const longestExchange = 10_000;

/**
 * The same exchange as `OnBehalfOfCredential` makes, on the wire form that Entra documents ("OAuth 2.0 On-Behalf-Of
 * flow"): the credential itself signs in over https only, and the sandbox speaks http. Throws an Error that names
 * Entra's codes, and no more.
 */
export async function exchangeInSandbox(
  { graphUrl, tenantId }: { readonly graphUrl: string; readonly tenantId: string },
  assertion: string,
  signal?: unknown,
): Promise<AccessToken> {
  const { status, body = '' } = await http({
    method: 'POST',
    url: `${new URL(graphUrl).origin}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(formOf(assertion)),
    signal: signal instanceof AbortSignal ? signal : AbortSignal.timeout(longestExchange),
  });
  const answer = record(parsed(body));
  const token = text(answer.access_token);
  if (status === 200 && token !== '')
    return { token, expiresOnTimestamp: Date.now() + Number(answer.expires_in) * 1_000 };
  const codes = text(answer.error_description).match(/AADSTS\d+/)?.[0] ?? `status ${String(status)}`;
  throw Object.assign(new Error(codes), { name: 'AuthenticationRequiredError' });
}

/** The sandbox knows no app registration, and its Graph has the audience of the real one. */
const formOf = (assertion: string): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    client_id: 'device-desk',
    client_secret: 'sandbox',
    scope: 'https://graph.microsoft.com/.default',
    assertion,
  });
