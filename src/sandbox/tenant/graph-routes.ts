import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { actionAuditRoutes } from './action-audits.ts';
import { answerBatch } from './batch.ts';
import { dispatch } from './batch-dispatch.ts';
import { bothVersions } from './call.ts';
import type { Answer, ApiVersion, Route } from './call.ts';
import { changeAssignmentsRoutes } from './change-assignments.ts';
import { cloudPcRoutes } from './cloud-pc-routes.ts';
import { deviceActionRoutes } from './device-actions.ts';
import { deviceAppRoutes } from './device-apps.ts';
import { directoryRoutes } from './directory.ts';
import { addGateway, callFor, send } from './gateway.ts';
import { methodNotAllowed, unknownSegment } from './graph-error.ts';
import { managedDeviceRoutes } from './managed-device-routes.ts';
import { witnessed, worldAt } from './moment.ts';
import type { Moment } from './moment.ts';
import { policiesReportRoutes } from './policies-report.ts';
import { withinRights } from './rights.ts';
import { withdrawnRoutes } from './withdrawn-routes.ts';
import type { World } from './world.ts';

const intuneRoutes: readonly Route[] = [
  ...managedDeviceRoutes,
  ...deviceActionRoutes,
  ...changeAssignmentsRoutes,
  ...deviceAppRoutes,
  ...policiesReportRoutes,
  ...cloudPcRoutes,
  ...actionAuditRoutes,
  ...withdrawnRoutes,
];

/** Every operation but $batch, which hands on what it holds. */
export const routes: readonly Route[] = [...intuneRoutes.map(withinRights), ...directoryRoutes];
const otherMethods: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** All of Graph that the tenant has, in both versions, behind one gateway. What changes the world is kept. */
export function addGraph(app: FastifyInstance, world: World, keep: (moment: Moment) => void): void {
  addGateway(app, world);
  const batch: Route = {
    method: 'POST',
    path: '/$batch',
    versions: bothVersions,
    handle: (call) => answerBatch(call, (version, item) => dispatch(world, version, item, call.as)),
  };
  for (const version of bothVersions) {
    for (const route of [...routes, batch]) {
      if (route.versions.includes(version)) addRoute(app, world, version, route, keep);
    }
  }
  app.setNotFoundHandler((request) => {
    throw unknownSegment(decodeURIComponent(request.originalUrl.split('?')[0] ?? ''));
  });
}

function addRoute(
  app: FastifyInstance,
  world: World,
  version: ApiVersion,
  route: Route,
  keep: (moment: Moment) => void,
): void {
  const url = `/${version}${route.path}`;
  const answer =
    (chosen: Route) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      const now = worldAt(world, { at: world.now(), seed: randomUUID(), cloudPcApi: world.cloudPcApi });
      return send(world, request, reply, await witnessed(chosen, keep, callFor(now, version, request)));
    };
  app.route({ method: route.method, url, handler: answer(route) });
  const refuse = (): Answer => {
    throw methodNotAllowed();
  };
  const others = otherMethods.filter((method) => method !== route.method);
  app.route({ method: others, url, handler: answer({ ...route, handle: refuse }) });
}
