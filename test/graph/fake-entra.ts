import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { EntraOverrides } from '../../src/graph/onBehalfOf.ts';
import { selfSigned } from './certificate.ts';

export interface Entra {
  readonly url: string;
  /** Bodies of the token requests, as they came. */
  readonly forms: Record<string, string>[];
  /** So that `@azure/identity` takes it for Entra. */
  readonly overrides: EntraOverrides;
  stop(): Promise<void>;
}

export const tenantId = '7a6a3f77-6d9e-4d5e-8a8b-0d6f5f3c2001';

/** Entra's sign-in host over https, for one tenant. `answer`: what the token endpoint says; a code says no with it. */
export async function fakeEntra(answer: string | { readonly code: number; readonly error?: string }): Promise<Entra> {
  const { certificate, key } = selfSigned();
  const forms: Record<string, string>[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const say = (status: number, body: object) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      };
      if (request.method === 'GET') return say(200, metadata(entra.url));
      forms.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())));
      if (typeof answer === 'string')
        return say(200, { token_type: 'Bearer', expires_in: 3_600, ext_expires_in: 3_600, access_token: answer });
      const { code, error = 'invalid_grant' } = answer;
      const error_description = `AADSTS${String(code)}: as hunter2 was told. Trace ID: t Correlation ID: c`;
      return say(400, {
        error,
        error_description,
        error_codes: [code],
        timestamp: '',
        trace_id: 't',
        correlation_id: 'c',
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const entra: Entra = {
    url: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    forms,
    overrides: { disableInstanceDiscovery: true, tlsOptions: { ca: certificate }, retryOptions: { maxRetries: 0 } },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return entra;
}

const metadata = (url: string) => ({
  issuer: `${url}/${tenantId}/v2.0`,
  authorization_endpoint: `${url}/${tenantId}/oauth2/v2.0/authorize`,
  token_endpoint: `${url}/${tenantId}/oauth2/v2.0/token`,
  jwks_uri: `${url}/${tenantId}/discovery/v2.0/keys`,
});
