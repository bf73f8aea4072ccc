import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest, gatewayError } from './graph-error.ts';

/** Graph reads JSON only, and only under its name; the text is kept so that an operation's GET may ignore it. */
export function readBodiesAsText(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** The body as JSON, undefined if there is none; throws Graph's 400 or 415 for anything else. */
export function jsonBody(request: FastifyRequest): unknown {
  const text = request.body;
  if (typeof text !== 'string' || text === '') return undefined;
  const type = request.headers['content-type'];
  if (type !== undefined && !/^application\/json\b/i.test(type)) {
    throw gatewayError(415, 'UnsupportedMediaType', `The content type '${type}' is not supported.`);
  }
  const unreadable =
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';
  if (type === undefined) throw badRequest(unreadable);
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(unreadable);
  }
}

/** Graph takes the system options with and without `$`, in any case. */
export function optionsOf(request: FastifyRequest): Record<string, string> {
  const system = ['filter', 'select', 'expand', 'top', 'skip', 'count', 'orderby', 'search', 'skiptoken'];
  const { searchParams } = new URL(request.originalUrl, 'http://graph');
  return Object.fromEntries(
    [...searchParams].map(([name, value]) => {
      const lower = name.toLowerCase();
      return [system.includes(lower) ? `$${lower}` : lower, value];
    }),
  );
}
