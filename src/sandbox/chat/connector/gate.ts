import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeAnswer, takeDelay } from '../faults.ts';
import type { ScriptedAnswer } from '../faults.ts';
import type { RateLimits } from '../limits.ts';
import type { World } from '../world.ts';
import { ConnectorError, scripted } from './errors.ts';

/** One call that the bot made. */
export interface ConnectorCall {
  method: string;
  /** Below the service URL, decoded, without the query: `/v3/conversations/19:…/activities`. */
  path: string;
  query: Record<string, unknown>;
  body: unknown;
  authorization?: string;
  status: number;
  /** When it was answered, in ms. */
  at: number;
}

interface CallParams {
  conversationId?: string;
  teamId?: string;
}

const channelOf = (id: string): string => id.split(';')[0] ?? id;

/** 429 comes with `Retry-After` only some of the time; here every second time, so that both can be met. */
function limiter(limits: RateLimits): (request: FastifyRequest) => void {
  let refused = 0;
  return (request) => {
    const { conversationId, teamId } = request.params as CallParams;
    const kind = request.method === 'GET' ? 'get' : 'send';
    if (limits.admit(kind, channelOf(conversationId ?? teamId ?? 'new'))) return;
    refused += 1;
    throw new ConnectorError(429, 'TooManyRequests', 'API calls quota exceeded.', refused % 2 === 0 ? 1 : undefined);
  };
}

function answerError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof ConnectorError) {
    if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter));
    return reply.code(error.status).send(error.body);
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const code = status === 413 ? 'MessageSizeTooBig' : status === 400 ? 'BadSyntax' : 'ServiceError';
  return reply.code(status).send({ error: { code, message: String(error) } });
}

/** Stands before all routes of the connector: bearer token, switched-on faults, rate limits; and writes every call down. */
export function guard(
  app: FastifyInstance,
  world: World,
  limits: RateLimits,
  signed: boolean,
  calls: ConnectorCall[],
): void {
  const limit = limiter(limits);
  const lost = new WeakMap<FastifyRequest, ScriptedAnswer>();

  app.addHook('onRequest', async (_request, reply) => void reply.raw.once('close', world.changes.begin()));

  app.addHook('preHandler', async (request) => {
    if (signed && !/^Bearer \S+/.test(request.headers.authorization ?? '')) {
      throw new ConnectorError(401, 'BotNotRegistered', 'Authorization has been denied for this request.');
    }
    const delay = takeDelay(world.faults);
    const answer = takeAnswer(world.faults);
    if (delay > 0 || answer) world.changes.tell({ is: 'state' });
    if (delay > 0) await wait(delay, undefined, { signal: world.stopped });
    if (answer && !answer.done) throw scripted(answer.status, answer.retryAfter);
    if (answer) lost.set(request, answer);
    if (world.faults.rateLimits) limit(request);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const answer = lost.get(request);
    if (answer) void reply.code(answer.status).type('application/json');
    calls.push(callOf(request, reply, world.now()));
    return answer ? JSON.stringify(scripted(answer.status).body) : payload;
  });

  app.setErrorHandler((error, _request, reply) => answerError(error, reply));
  app.setNotFoundHandler((_request, reply) =>
    answerError(new ConnectorError(404, 'NotFound', 'No such operation.'), reply),
  );
}

function callOf(request: FastifyRequest, reply: FastifyReply, at: number): ConnectorCall {
  const { authorization } = request.headers;
  const path = decodeURIComponent(request.url.split('?')[0] ?? '');
  return {
    method: request.method,
    path: path.slice(path.indexOf('/v3')),
    query: request.query as Record<string, unknown>,
    body: request.body,
    ...(authorization !== undefined && { authorization }),
    status: reply.statusCode,
    at,
  };
}
