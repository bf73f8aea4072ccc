import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, ApiVersion, Call } from './call.ts';
import { batchCallerHeader, batchHeader } from './batch-dispatch.ts';
import { isObject } from './body.ts';
import { callerOf, theApp } from './caller.ts';
import { badRequest, gatewayError, GraphError } from './graph-error.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { jsonBody, optionsOf, readBodiesAsText } from './request-reading.ts';
import type { World } from './world.ts';

const records = new WeakMap<FastifyRequest, RecordedRequest>();

/** Everything Graph does with a request before and after the operation itself: record, identify, let in or refuse. */
export function addGateway(app: FastifyInstance, world: World): void {
  readBodiesAsText(app);
  app.addHook('onRequest', async (request, reply) => {
    const entry = record(world, request);
    identify(world, request, reply);
    entry.as = isFromBatch(world, request) ? String(request.headers[batchCallerHeader]) : callerOf(world, request);
  });
  app.addHook('preHandler', async (request) => {
    const entry = records.get(request);
    const body = jsonBody(request);
    if (entry && body !== undefined) entry.body = body;
  });
  app.addHook('onSend', async (request, reply) => {
    const entry = records.get(request);
    if (entry && !entry.lost) entry.status = reply.statusCode;
  });
  app.setErrorHandler((error, request, reply) => send(world, request, reply, answerFor(error)));
}

/** The request as the operations see it. */
export function callFor(world: World, version: ApiVersion, request: FastifyRequest): Call {
  return {
    world,
    version,
    method: request.method,
    params: request.params as Record<string, string>,
    query: optionsOf(request),
    body: request.method === 'GET' ? undefined : jsonBody(request),
    requestId: request.id,
    viaBatch: isFromBatch(world, request),
    as: records.get(request)?.as ?? theApp,
    takesNewMembers: /\binclude-unknown-enum-members\b/i.test(String(request.headers['prefer'] ?? '')),
  };
}

/** Sends what an operation answered, in the way it wants to arrive. */
export async function send(world: World, request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<void> {
  if (answer.delivery?.is === 'slow') await later(answer.delivery.delayMs);
  if (answer.delivery?.is === 'lost') return lose(request, reply, answer.status);
  reply.code(answer.status).headers(answer.headers ?? {});
  if (answer.body === undefined) return reply.send();
  const body = answer.status >= 400 ? withInnerError(world, request, answer.body) : answer.body;
  return reply.type(answer.contentType ?? 'application/json').send(JSON.stringify(body));
}

function lose(request: FastifyRequest, reply: FastifyReply, status: number): void {
  const entry = records.get(request);
  if (entry) Object.assign(entry, { status, lost: true });
  reply.hijack();
  request.raw.socket.destroy();
}

function later(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

function isFromBatch(world: World, request: FastifyRequest): boolean {
  return request.headers[batchHeader] === world.batchKey;
}

function record(world: World, request: FastifyRequest): RecordedRequest {
  const url = new URL(request.originalUrl, 'http://graph');
  const entry: RecordedRequest = {
    method: request.method,
    path: request.originalUrl.split('?')[0] ?? '',
    query: Object.fromEntries(url.searchParams),
    status: 0,
    at: world.now(),
    ...(isFromBatch(world, request) && { viaBatch: true }),
  };
  records.set(request, entry);
  world.requests.push(entry);
  return entry;
}

function identify(world: World, request: FastifyRequest, reply: FastifyReply): void {
  const server = { DataCenter: 'Sandbox', Slice: 'E', Ring: '5', ScaleUnit: '000', RoleInstance: 'SANDBOX00000001' };
  reply.headers({
    'request-id': request.id,
    'client-request-id': clientRequestId(request),
    'x-ms-ags-diagnostic': JSON.stringify({ ServerInfo: server }),
    Date: new Date(world.now()).toUTCString(),
  });
}

function clientRequestId(request: FastifyRequest): string {
  return String(request.headers['client-request-id'] ?? request.id);
}

function answerFor(error: unknown): Answer {
  if (error instanceof GraphError) return error.answer;
  const status = isObject(error) && typeof error['statusCode'] === 'number' ? error['statusCode'] : 500;
  if (status < 500) return badRequest(String(error)).answer;
  return gatewayError(500, 'InternalServerError', `The sandbox itself failed: ${String(error)}`).answer;
}

function withInnerError(world: World, request: FastifyRequest, body: unknown): unknown {
  if (!isObject(body) || !isObject(body['error'])) return body;
  const innerError = {
    date: new Date(world.now()).toISOString().slice(0, 19),
    'request-id': request.id,
    'client-request-id': clientRequestId(request),
  };
  return { ...body, error: { ...body['error'], innerError } };
}
