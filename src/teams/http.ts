import { finished } from 'node:stream/promises';
import type { Server } from 'node:http';
import restify from 'restify';
import type { Log } from '../ports.ts';
import { isLoopback } from './loopback.ts';
import { factsOf } from './mishap.ts';
import type { Receive } from './receive.ts';
import type { Work } from './work.ts';

/** Far above any activity that Teams sends, far below what hurts. */
const largestBody = 256 * 1024;

/** Times the largest body, what waiting requests can hold of our memory; Teams needs a handful. */
const mostConnections = 1_000;

export interface HttpOptions {
  readonly receive: Receive;
  /** False while the process stops: activities are turned away, `/readyz` says so. */
  readonly isOpen: () => boolean;
  readonly ready: () => Promise<{ ok: boolean; reasons: Record<string, string> }>;
  /** Serve this machine only, and no browser page that pretends to be on it. */
  readonly loopbackOnly: boolean;
  readonly work: Work;
  readonly log: Log;
  /** Milliseconds after which a silent connection is closed, longer than any answer takes. Default 30 s. */
  readonly longestSilence?: number;
}

/** The routes and their protections. Answers never carry an error's message or stack. */
export function createHttp(options: HttpOptions): Server {
  const server = restify.createServer({ name: 'device-desk' });
  // node looks at these two every 30 s only; a connection on which nothing comes is closed sooner.
  server.server.requestTimeout = 30_000;
  server.server.headersTimeout = 10_000;
  server.server.timeout = options.longestSilence ?? 30_000;
  server.server.maxConnections = mostConnections;
  server.pre((request, response, next) => {
    const refusal = refusalOf(request, options);
    if (refusal === undefined) return next();
    send(response, refusal.status, { code: refusal.code });
    return next(false);
  });
  server.use(restify.plugins.bodyReader({ maxBodySize: largestBody }));
  server.use(...restify.plugins.jsonBodyParser({ bodyReader: true }));
  server.on('restifyError', neutral(options.log));
  // restify repeats errors of its server (a port that is taken), and an error event that nobody hears ends the process.
  server.on('error', (error: Error) => {
    // A port that is taken is told by whoever wanted to listen.
    if (server.server.listening) options.log.error(factsOf(error), 'the server failed');
  });
  server.get('/healthz', (_request, response, next) => {
    send(response, 200, { alive: true });
    next();
  });
  server.get('/readyz', async (_request, response) => {
    const { ok, reasons } = await readiness(options);
    send(response, ok ? 200 : 503, { ok, reasons });
  });
  server.post('/api/messages', async (request, response) => {
    await options.work.track(answer(options, request, response));
  });
  // restify's own class only wraps node's server.
  return server.server as Server;
}

function refusalOf(request: restify.Request, { isOpen, loopbackOnly }: HttpOptions): Refusal | undefined {
  if (request.method === 'POST' && !isOpen()) return { status: 503, code: 'ServiceUnavailable' };
  // The body parser counts bytes before it inflates them, so a small body could be a huge one.
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') return unsupported;
  if (request.method === 'POST' && request.contentType() !== 'application/json') return unsupported;
  if (!loopbackOnly) return undefined;
  const host = hostIn(request.headers.host ?? '');
  return isLoopback(request.socket.remoteAddress ?? '') && isLoopback(host)
    ? undefined
    : { status: 403, code: 'Forbidden' };
}

interface Refusal {
  readonly status: number;
  readonly code: string;
}

const unsupported: Refusal = { status: 415, code: 'UnsupportedMediaType' };

function hostIn(header: string): string {
  return URL.canParse(`http://${header}`) ? new URL(`http://${header}`).hostname : '';
}

/** Always JSON, whatever the request would rather have. */
function send(response: restify.Response, status: number, body?: object): void {
  response.contentType = 'application/json';
  response.send(status, body);
}

/** Sends the answer; work that it leaves behind starts when the answer is out, or when nobody waits for it any more. */
async function answer(
  { receive, work, log }: HttpOptions,
  request: restify.Request,
  response: restify.Response,
): Promise<void> {
  const { status, body, afterwards } = await receive(request.body, request.headers.authorization ?? '');
  const sent = finished(response).catch(() => undefined);
  send(response, status, body);
  if (!afterwards) return;
  const later = sent.then(afterwards).catch((error: unknown) => {
    log.error(factsOf(error), 'work after an answer failed');
  });
  void work.track(later);
}

async function readiness({
  isOpen,
  ready,
  log,
}: HttpOptions): Promise<{ ok: boolean; reasons: Record<string, string> }> {
  if (!isOpen()) return { ok: false, reasons: { process: 'stopping' } };
  try {
    return await ready();
  } catch (error) {
    log.error(factsOf(error), 'the check of readiness failed');
    return { ok: false, reasons: { check: 'failed' } };
  }
}

type ErrorHandler = (
  request: restify.Request,
  response: restify.Response,
  error: RestifyError,
  done: () => void,
) => void;
type RestifyError = Error & { statusCode?: number; body?: { code?: string }; toJSON?: () => object };

/** restify would send the error's message, also that of an error which we did not expect. */
function neutral(log: Log): ErrorHandler {
  return (_request, _response, error, done) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error(factsOf(error), 'a request failed');
    const code = status >= 500 ? 'InternalError' : (error.body?.code ?? 'BadRequest');
    error.toJSON = () => ({ code });
    done();
  };
}
