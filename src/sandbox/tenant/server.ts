import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { begin, newMorning } from './beginnings.ts';
import { addControlPlane } from './control-plane.ts';
import { addGraph, routes } from './graph-routes.ts';
import { openMemory } from './memory.ts';
import { replay } from './moment.ts';
import type { Moment } from './moment.ts';
import { doInPortal, portalRoute } from './portal.ts';
import type { PortalDeed } from './portal.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { addTokenEndpoint } from './token-endpoint.ts';
import type { World } from './world.ts';

export interface TenantOptions {
  /** 0 = any free one; default 0. */
  readonly port?: number;
  /** Factor on all delays: 1 = seconds, for people; 1000 = at once, for tests. Default 1. */
  readonly speed?: number;
  /** ms since epoch; default the clock on the wall. */
  readonly now?: () => number;
  /** `legacy` brings back the Cloud PC operations on managedDevice. Default `current`. */
  readonly cloudPcApi?: 'current' | 'legacy';
  /** Folder in which the tenant remembers what was done to it, also when it is killed. Without one it forgets. */
  readonly memory?: string | undefined;
}

export interface RunningTenant {
  /** For example `http://127.0.0.1:40123`; Graph is at `{url}/v1.0` and `{url}/beta`. */
  readonly url: string;
  /** Every request since the start, oldest first, those inside a $batch individually too. */
  requests(): RecordedRequest[];
  /** Every unlock PIN ever made, shown or not. For tests that look for leaks. */
  issuedSecrets(): string[];
  /** Somebody starts an action past the bot. Throws an Error that says what is wrong with the deed. */
  portal(deed: PortalDeed): void;
  /** Whether an administrator agrees that the bot acts in people's names; at the start, and after a reset, yes. */
  consent(given: boolean): void;
  stop(): Promise<void>;
}

/** Starts a company with Graph in front of it on 127.0.0.1. Rejects if the port is taken or `memory` cannot be written. */
export async function startTenant(options: TenantOptions = {}): Promise<RunningTenant> {
  const world = newWorld(options);
  const today = newMorning(world.now);
  const memory = options.memory === undefined ? undefined : openMemory(options.memory, today);
  begin(world, memory?.morning ?? today);
  for (const moment of memory?.moments ?? []) replay(world, [...routes, portalRoute], moment);
  const keep = (moment: Moment): void => memory?.keep(moment);
  const app = newServer();
  await app.register(async (graph) => addGraph(graph, world, keep));
  await app.register(async (entra) => addTokenEndpoint(entra, world));
  await app.register(async (control) => addControlPlane(control, world, memory));
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  world.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    url: world.url,
    requests: () => structuredClone(world.requests),
    issuedSecrets: () => [...world.secrets],
    portal: (deed) => doInPortal(world, keep, deed),
    consent: (given) => void (world.consent = given),
    stop: () => app.close(),
  };
}

function newWorld(options: TenantOptions): World {
  return {
    now: options.now ?? Date.now,
    speed: options.speed ?? 1,
    cloudPcApi: options.cloudPcApi ?? 'current',
    startedAt: 0,
    seed: '',
    changed: false,
    url: '',
    batchKey: randomUUID(),
    acceptances: [],
    attempts: new Map(),
    requests: [],
    consent: true,
    secrets: [],
  };
}

const undecodable = JSON.stringify({ error: { code: 'BadRequest', message: 'The request URI is not valid.' } });

function newServer(): FastifyInstance {
  return Fastify({
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { caseSensitive: false, maxParamLength: 500 },
    rewriteUrl: (request) => plainPath(request.url ?? '/'),
    frameworkErrors: (_error, _request, reply) => {
      // Only reached by a path that cannot be decoded, before any hook has run.
      // Two statements: restify, in the same process, makes writeHead return nothing.
      reply.raw.writeHead(400, { 'Content-Type': 'application/json' });
      reply.raw.end(undecodable);
    },
  });
}

/** OData's other spellings of a path: `devices('id')`, `microsoft.graph.remoteLock`, `getResults()`. */
function plainPath(url: string): string {
  const [path = '', ...query] = url.split('?');
  const plain = path
    .replace(/\((?:'|%27)([^/]*?)(?:'|%27)\)/gi, '/$1')
    .replace(/\(\)(?=$|\/)/g, '')
    .replace(/\/microsoft\.graph\./gi, '/');
  return [plain, ...query].join('?');
}
