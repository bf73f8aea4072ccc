import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { answerBatch } from './batch.ts';
import type { BatchItem, BatchItemAnswer } from './batch.ts';
import { bothVersions } from './call.ts';
import type { Answer, ApiVersion, Call, Route } from './call.ts';
import { changeAssignmentsRoutes } from './change-assignments.ts';
import { cloudPcRoutes } from './cloud-pc-routes.ts';
import { deviceActionRoutes } from './device-actions.ts';
import { deviceAppRoutes } from './device-apps.ts';
import { directoryRoutes } from './directory.ts';
import { addGateway, batchAddress, callFor, send } from './gateway.ts';
import { methodNotAllowed, unknownSegment } from './graph-error.ts';
import { managedDeviceRoutes } from './managed-device-routes.ts';
import { policiesReportRoutes } from './policies-report.ts';
import { withdrawnRoutes } from './withdrawn-routes.ts';
import type { World } from './world.ts';

const routes: readonly Route[] = [
  ...managedDeviceRoutes,
  ...deviceActionRoutes,
  ...changeAssignmentsRoutes,
  ...deviceAppRoutes,
  ...policiesReportRoutes,
  ...cloudPcRoutes,
  ...directoryRoutes,
  ...withdrawnRoutes,
];
const otherMethods: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** All of Graph that the tenant has, in both versions, behind one gateway. */
export function addGraph(app: FastifyInstance, world: World): void {
  addGateway(app, world);
  const batch: Route = {
    method: 'POST',
    path: '/$batch',
    versions: bothVersions,
    handle: (call) => answerBatch(call, (version, item) => dispatch(app, version, item)),
  };
  for (const version of bothVersions) {
    for (const route of [...routes, batch]) {
      if (route.versions.includes(version)) addRoute(app, world, version, route);
    }
  }
  app.setNotFoundHandler((request) => {
    throw unknownSegment(decodeURIComponent(request.originalUrl.split('?')[0] ?? ''));
  });
}

function addRoute(app: FastifyInstance, world: World, version: ApiVersion, route: Route): void {
  const url = `/${version}${route.path}`;
  const answer =
    (handle: (call: Call) => Answer | Promise<Answer>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<void> =>
      send(world, request, reply, await handle(callFor(world, version, request)));
  app.route({ method: route.method, url, handler: answer(route.handle) });
  const refuse = (): Answer => {
    throw methodNotAllowed();
  };
  const others = otherMethods.filter((method) => method !== route.method);
  app.route({ method: others, url, handler: answer(refuse) });
}

/** Runs one item of a batch through the whole gateway again, so that it is recorded and refused like any other. */
async function dispatch(app: FastifyInstance, version: ApiVersion, item: BatchItem): Promise<BatchItemAnswer> {
  const response = await app.inject({
    method: item.method as 'GET',
    url: `/${version}${item.url}`,
    headers: { ...item.headers, authorization: 'Bearer sandbox' },
    remoteAddress: batchAddress,
    ...(item.body !== undefined && { payload: JSON.stringify(item.body) }),
  });
  const type = String(response.headers['content-type'] ?? '');
  const retryAfter = response.headers['retry-after'];
  return {
    id: item.id,
    status: response.statusCode,
    headers: {
      'Cache-Control': 'no-cache',
      ...(type && { 'Content-Type': type }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
    // Graph puts anything but JSON into a batch as base64.
    ...(response.payload !== '' && {
      body: type.includes('json') ? response.json<unknown>() : response.rawPayload.toString('base64'),
    }),
  };
}
