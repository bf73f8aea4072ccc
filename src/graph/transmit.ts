import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { HttpClient } from '../httpClient.ts';
import { CallFailed } from './call-failed.ts';
import { addressOf, headersOf } from './context.ts';

/**
 * The last of the chain: makes the request. The client's own HTTPMessageHandler does it by `fetch`, at thrice the CPU.
 * The response is the `HttpResponse` itself, which the client hands through unread (`ResponseType.RAW`).
 */
export class Transmit implements Middleware {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  execute = async (context: Context): Promise<void> => {
    const { method = 'GET', body, signal } = context.options ?? {};
    if (!signal) throw new CallFailed('neverLeft', 'no time limit');
    const request = { url: addressOf(context), method, headers: headersOf(context), signal };
    const response: unknown = await this.#http(typeof body === 'string' ? { ...request, body } : request);
    context.response = response as Response;
  };
}
