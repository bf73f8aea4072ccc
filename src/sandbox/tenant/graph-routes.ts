import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { answerBatch } from './batch.ts';
import { dispatch } from './batch-dispatch.ts';
import { bothVersions } from './call.ts';
import type { Answer, ApiVersion, Call, Route } from './call.ts';
import { changeAssignmentsRoutes } from './change-assignments.ts';
import { cloudPcRoutes } from './cloud-pc-routes.ts';
import { deviceActionRoutes } from './device-actions.ts';
import { deviceAppRoutes } from './device-apps.ts';
import { directoryRoutes } from './directory.ts';
import { addGateway, callFor, send } from './gateway.ts';
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
    handle: (call) => answerBatch(call, (version, item) => dispatch(world, version, item)),
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
