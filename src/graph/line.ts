import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import { Client, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client';
import type { Clock, Log } from '../ports.ts';
import { answerFrom, type Answer } from './answer.ts';
import { Authorise } from './authorise.ts';
import { callFailed, CallFailed } from './call-failed.ts';
import { Witness } from './witness.ts';

/** One request to Graph as data. */
export interface Ask {
  readonly method: 'GET' | 'POST';
  readonly version: 'v1.0' | 'beta';
  /** Below the version, query included, everything encoded. */
  readonly path: string;
  readonly body?: object;
}

/**
 * The line to Graph. One call is exactly one HTTP request; whoever wants more must ask again. (`fetch` itself repeats a
 * request that was answered 421, on another connection: by RFC 9110 such a request was not processed.)
 */
export interface Line {
  readonly origin: string;
  /** Any status is an answer. Throws `CallFailed` where there was none within `timeoutMs`. */
  call(ask: Ask, timeoutMs: number, requestId?: string): Promise<Answer>;
}

/**
 * Without it, enum members after `unknownFutureValue` (changeAssignments is one) arrive as that word
 * (Graph docs, best practices: "Handling future members in evolvable enumerations").
 */
export const allEnumMembers = { Prefer: 'include-unknown-enum-members' };

export function openLine(origin: string, credential: TokenCredential, log: Log, clock: Clock): Line {
  const middleware = [new Witness(log, clock), new Authorise(origin, credential), new HTTPMessageHandler()];
  // A redirect is an answer, not an order: followed, it would be a second request, perhaps elsewhere.
  const client = Client.initWithMiddleware({ baseUrl: origin, middleware, fetchOptions: { redirect: 'manual' } });
  return {
    origin,
    async call(ask, timeoutMs, requestId = randomUUID()) {
      // The client takes "https://" anywhere in a path for another host; encoded paths hold none.
      if (!ask.path.startsWith('/') || ask.path.includes('://')) throw new CallFailed('neverLeft', 'foreign address');
      const request = client
        .api(ask.path)
        .version(ask.version)
        .headers({ 'client-request-id': requestId, ...allEnumMembers })
        .option('signal', AbortSignal.timeout(timeoutMs))
        .responseType(ResponseType.RAW);
      try {
        const response: unknown = await (ask.method === 'GET' ? request.get() : request.post(ask.body));
        return await answerFrom(response as Response, requestId, clock.now());
      } catch (error) {
        throw callFailed(error);
      }
    },
  };
}
