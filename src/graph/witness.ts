import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import type { HttpResponse } from '../httpClient.ts';
import type { Clock, Log } from '../ports.ts';
import { callFailed } from './call-failed.ts';
import { addressOf, headersOf } from './context.ts';
import { text } from './json.ts';
import { redacted } from './odata.ts';

/** Writes one log line per HTTP request: never a body, never a header with a secret, no names. */
export class Witness implements Middleware {
  readonly #log: Log;
  readonly #clock: Clock;
  #next: Middleware | undefined;

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  setNext = (next: Middleware): void => {
    this.#next = next;
  };

  execute = async (context: Context): Promise<void> => {
    const began = this.#clock.now();
    const facts = factsOf(context);
    try {
      await this.#next?.execute(context);
      this.#answered({ ...facts, ms: this.#clock.now() - began }, context.response);
    } catch (error) {
      const failed = callFailed(error);
      const failure = `${failed.why}: ${failed.message}`;
      this.#log.warn({ ...facts, failure, ms: this.#clock.now() - began }, 'Graph did not answer');
      throw failed;
    }
  };

  #answered(facts: object, response: unknown): void {
    const { status, headers } = response as HttpResponse;
    const requestId = text(headers['request-id']);
    // Names the datacentre and its unit; Microsoft's support asks for it (Graph docs, best practices).
    const diagnostic = status >= 400 ? { diagnostic: text(headers['x-ms-ags-diagnostic']) } : {};
    const line = { ...facts, status, requestId, ...diagnostic };
    if (status >= 400) this.#log.warn(line, 'Graph answered');
    else this.#log.info(line, 'Graph answered');
  }
}

const factsOf = (context: Context): object => ({
  method: context.options?.method ?? 'GET',
  path: redacted(new URL(addressOf(context)).pathname),
  clientRequestId: headersOf(context)['client-request-id'] ?? '',
});
