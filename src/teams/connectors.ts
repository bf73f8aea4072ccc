import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { faultOfAnswer, faultOfSilence } from './fault.ts';
import { Memory } from './memory.ts';

type Authentication = ConfigurationBotFrameworkAuthentication;
type ClientOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
export type ConnectorFactory = ReturnType<Authentication['createConnectorFactory']>;
export type Connector = Awaited<ReturnType<ConnectorFactory['create']>>;

/** One connector client per service URL: making one costs more than the call that it makes. */
export function keepConnectors(factory: ConnectorFactory): ConnectorFactory {
  const kept = new Memory<Promise<Connector>>(100);
  return {
    create(serviceUrl, audience) {
      const made = kept.get(serviceUrl) ?? factory.create(serviceUrl, audience);
      kept.set(serviceUrl, made);
      made.catch(() => {
        kept.forget(serviceUrl);
      });
      return made;
    },
  };
}

/**
 * The HTTP below the SDK's connector client: `fetch` with a time limit, which the SDK lacks. Anything but 2xx is
 * thrown as ConnectorFault, so that the SDK's own retries stay out of it. Redirects are not followed: they would
 * carry our token to somebody else.
 */
export function connectorHttp(timeoutMs: number): NonNullable<ClientOptions['httpClient']> {
  return {
    async sendRequest(request) {
      const response = await exchange(request.url, {
        method: request.method,
        headers: request.headers.toJson(),
        body: typeof request.body === 'string' ? request.body : null,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok)
        throw faultOfAnswer(response.status, response.text, response.headers.get('retry-after') ?? undefined);
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      response.headers.forEach((value, name) => {
        headers.set(name, value);
      });
      return { request, status: response.status, headers, bodyAsText: response.text };
    },
  };
}

async function exchange(url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    return { ok: response.ok, status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw faultOfSilence(error);
  }
}
