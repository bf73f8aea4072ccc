import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createHttpClient, NoAnswer, withinTime, type HttpClient } from '../httpClient.ts';
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
 * The HTTP below the SDK's connector client, with the time limit that the SDK's own lacks. Anything but 2xx is thrown as
 * ConnectorFault, so that the SDK's own retries stay out of it. Redirects are not followed: they would carry our token
 * to somebody else.
 */
export function connectorHttp(timeoutMs: number): NonNullable<ClientOptions['httpClient']> {
  const http = createHttpClient('kept');
  return {
    async sendRequest(request) {
      const { status, headers, body } = await answerTo(http, request, timeoutMs);
      if (status < 200 || status > 299) throw faultOfAnswer(status, body, headers['retry-after']);
      const received = request.headers.clone();
      for (const name of received.headerNames()) received.remove(name);
      for (const [name, value = ''] of Object.entries(headers)) received.set(name, String(value));
      return { request, status, headers: received, bodyAsText: body };
    },
  };
}

type ConnectorRequest = Parameters<NonNullable<ClientOptions['httpClient']>['sendRequest']>[0];

async function answerTo(http: HttpClient, { url, method, headers, body }: ConnectorRequest, timeoutMs: number) {
  try {
    const text = typeof body === 'string' ? body : undefined;
    const response = await withinTime(timeoutMs, (signal) =>
      http({ url, method, headers: headers.toJson(), body: text, signal }),
    );
    if (response.body === undefined) throw new NoAnswer('broken off', true);
    return { ...response, body: response.body };
  } catch (error) {
    throw faultOfSilence(error);
  }
}
