import { randomUUID } from 'node:crypto';
import type { TokenCredential } from '@azure/identity';
import { Client, ResponseType } from '@microsoft/microsoft-graph-client';
import { createHttpClient, withinTime, type HttpClient, type HttpResponse } from '../httpClient.ts';
import type { Clock, Log } from '../ports.ts';
import { answerFrom, type Answer } from './answer.ts';
import { Authorise } from './authorise.ts';
import { callFailed, CallFailed } from './call-failed.ts';
import { Transmit } from './transmit.ts';
import { Witness } from './witness.ts';

/** One request to Graph as data. */
export interface Ask {
  readonly method: 'GET' | 'POST';
  readonly version: 'v1.0' | 'beta';
  /** Below the version, query included, everything encoded. */
  readonly path: string;
  readonly body?: object;
}

/** The line to Graph. One call is exactly one HTTP request; whoever wants more must ask again. */
export interface Line {
  readonly origin: string;
  /** Any status is an answer. Throws `CallFailed` where there was none within `timeoutMs`. */
  read(ask: Ask, timeoutMs: number): Promise<Answer>;
  /**
   * The same on a connection of its own, so that no far side that hangs up on an idle one leaves us unsure. With
   * another's credential, it is made in their name.
   */
  write(ask: Ask, timeoutMs: number, requestId: string, as?: TokenCredential): Promise<Answer>;
}

/**
 * Without it, enum members after `unknownFutureValue` (changeAssignments is one) arrive as that word
 * (Graph docs, best practices: "Handling future members in evolvable enumerations").
 */
export const allEnumMembers = { Prefer: 'include-unknown-enum-members' };

export function openLine(origin: string, credential: TokenCredential, log: Log, clock: Clock): Line {
  const clientOver = (http: HttpClient, as: TokenCredential): Client => {
    const middleware = [new Witness(log, clock), new Authorise(origin, as), new Transmit(http)];
    return Client.initWithMiddleware({ baseUrl: origin, middleware });
  };
  const fresh = createHttpClient('fresh');
  const reader = clientOver(createHttpClient('kept'), credential);
  const writer = clientOver(fresh, credential);
  return {
    origin,
    read: (ask, timeoutMs) => call(reader, ask, timeoutMs, randomUUID(), clock),
    write: (ask, timeoutMs, requestId, as) =>
      call(as ? clientOver(fresh, as) : writer, ask, timeoutMs, requestId, clock),
  };
}

async function call(client: Client, ask: Ask, timeoutMs: number, requestId: string, clock: Clock): Promise<Answer> {
  // The client takes "https://" anywhere in a path for another host; encoded paths hold none.
  if (!ask.path.startsWith('/') || ask.path.includes('://')) throw new CallFailed('neverLeft', 'foreign address');
  const request = client
    .api(ask.path)
    .version(ask.version)
    .headers({ 'client-request-id': requestId, ...allEnumMembers })
    .responseType(ResponseType.RAW);
  try {
    const response: unknown = await withinTime(timeoutMs, (signal) => {
      request.option('signal', signal);
      return ask.method === 'GET' ? request.get() : request.post(ask.body);
    });
    return answerFrom(response as HttpResponse, requestId, clock.now());
  } catch (error) {
    throw callFailed(error);
  }
}
